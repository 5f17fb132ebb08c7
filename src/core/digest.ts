/** SHA-256 in part, as text for a key of what is kept: whoever reads it there cannot tell what it is of. `undefined` without a secure context. */
export async function digest(text: string): Promise<string | undefined> {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  if (subtle === undefined) return undefined;
  const bytes = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...bytes.slice(0, 18)));
}
