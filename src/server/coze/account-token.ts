const ACCOUNT_TOKEN = /^(pat|sat)_/i;

/** Whether it is a personal or service access token. These belong to an account, not to a visitor: everybody who gets one shares a history. */
export function isAccountToken(token: string): boolean {
  return ACCOUNT_TOKEN.test(token);
}
