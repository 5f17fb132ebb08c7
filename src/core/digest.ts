/** Resolves with the first 18 bytes of a SHA-256 in Base64, as a storage key that does not reveal its text; `undefined` without a secure context. */
export async function digest(text: string): Promise<string | undefined> {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  if (subtle === undefined) return undefined;
  const bytes = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...bytes.slice(0, 18)));
}
