/**
 * Patterns for keys and long-lived tokens in files. They require enough of the secret after its prefix that a text about tokens does not
 * match. In nested text, such as JSON in a script, a line end is written with more than one backslash.
 */

export const PRIVATE_KEY =
  /-----BEGIN (?:RSA |EC |ENCRYPTED )?PRIVATE KEY-----(?:\\{1,4}[rn]|["'`,+\s]|&#(?:1[03]|x[ad]);|%0[ad]){0,20}[a-z\d+/]{40}/i;
export const PERSONAL_TOKEN = /(?:\b|\\[nrt])(?:pat|sat)_[A-Za-z0-9]{40}/;

/** A path for the terminal. Control characters, and marks that reverse text, are not printed. */
export function describePath(path: string): string {
  return /^[^\p{C}\p{Zl}\p{Zp}]{1,1000}$/u.test(path) && !PERSONAL_TOKEN.test(path) ? path : 'a file with an unusual name';
}
