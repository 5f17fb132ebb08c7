/** Keys and long-lived tokens as they stand in files, with enough of the secret after its name that a text which only speaks of one is not taken for it. */

export const PRIVATE_KEY = /-----BEGIN (?:RSA |EC |ENCRYPTED )?PRIVATE KEY-----(?:\\[rn]|["'+\s]){0,20}[A-Za-z0-9+/]{40}/;
export const PERSONAL_TOKEN = /\b(?:pat|sat)_[A-Za-z0-9]{40}/;

/** A path for the terminal: one that could command it is not repeated. */
export function describePath(path: string): string {
  return /^[\p{L}\p{N}\w./\\ @()[\]+,=~-]{1,200}$/u.test(path) ? path : 'a file with an unusual name';
}
