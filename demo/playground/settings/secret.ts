/** Recognises secrets, which must not get into a shared URL, whichever field they were typed into. */

/** Coze's personal access tokens and exchanged tokens, JWTs, keys in PEM, `Bearer …`. */
const SECRET = /\b(?:pat|cztei|czs|czu|sat)_\w{6}|\beyJ[\w-]{6,}\.|-----BEGIN|\bbearer\s+\S/i;

export function looksSecret(value: string): boolean {
  return [value, decode(value)].some((text) => SECRET.test(text) || hasCredentials(text));
}

/** Whether the text is a URL with a user name or a password. */
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
