import { base64url } from 'jose';

/** base64url(SHA-256(JSON of the parts)). JSON separates the parts, so that `['a:b', 'c']` and `['a', 'b:c']` differ. */
export async function digest(parts: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(parts));
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
