/** Recognises secrets, which must not get into a shared URL, whichever field they were typed into. */

/** Coze's personal access tokens and exchanged tokens, JWTs, keys in PEM, `Bearer …`. */
const SECRET = /\b(?:pat|cztei|czs|czu|sat)_\w{6}|\beyJ[\w-]{6,}\.|-----BEGIN|\bbearer\s+\S/i;

/** Words in the name of a query parameter that holds a credential: a key of an API, or the signature of a signed URL. */
const CREDENTIAL_WORDS: ReadonlySet<string> = new Set(
  'apikey auth authorization credential credentials jwt key passwd password secret session sig sign signature token'.split(' '),
);

export function looksSecret(value: string): boolean {
  return [value, decode(value)].some((text) => SECRET.test(text) || hasCredentials(text) || hasCredentialInQuery(text));
}

/** Whether the text is a URL with a user name or a password. */
function hasCredentials(text: string): boolean {
  const match = /^\w+:\/\/([^/?#]*)/.exec(text.trim());
  return match?.[1]?.includes('@') ?? false;
}

/** Whether the text is a URL with a query parameter such as `api_key` or `accessToken`. */
function hasCredentialInQuery(text: string): boolean {
  const names = [...text.matchAll(/[?&#]([\w.-]+)=[^&#]/g)].map(([, name = '']) => name);
  return names.some((name) => toWords(name).some((word) => CREDENTIAL_WORDS.has(word)));
}

/** `accessToken` and `access_token` have the same words. */
function toWords(name: string): readonly string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
