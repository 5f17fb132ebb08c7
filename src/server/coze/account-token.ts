const ACCOUNT_TOKEN = /^(pat|sat)_/i;

/** Whether the token is a personal or service access token. It belongs to an account, not to a visitor: all who get it share a history. */
export function isAccountToken(token: string): boolean {
  return ACCOUNT_TOKEN.test(token);
}
