/** What must not get into an address that people share, whichever field it was typed into. */

/** Personal access tokens and tokens of an exchange at Coze, JWTs, keys in PEM, `Bearer …`. */
const SECRET = /\b(?:pat|cztei|czs|czu|sat)_\w{6}|\beyJ[\w-]{6,}\.|-----BEGIN|\bbearer\s+\S/i;

export function looksSecret(value: string): boolean {
  return [value, decode(value)].some((text) => SECRET.test(text) || hasCredentials(text));
}

/** A name and a password, or a query, which may be a key, in a URL. */
function hasCredentials(text: string): boolean {
  const match = /^\w+:\/\/([^/?#]*)/.exec(text.trim());
  return match?.[1]?.includes('@') ?? false;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
