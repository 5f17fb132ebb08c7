/** Error codes of the Coze API, wherever they turn up: in events, in answers, on the errors the SDK and `@coze/api` throw. */

/** Codes with which Coze says that a token is expired or unknown (https://www.coze.cn/open/docs/developer_guides/coze_error_codes). */
const authCodes: ReadonlySet<unknown> = new Set([401, 4100, 4101, 700012006]);

/** The code in `value`, if it has one other than "fine". Workflows send it as text. */
export function getErrorCode(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('code' in value)) return undefined;
  return Number(value.code) || undefined;
}

export function isAuthError(value: unknown): boolean {
  return authCodes.has(getErrorCode(value));
}

/** No access token could be had. Carries a code for which the visitor reads that the connection was lost. */
export class NoTokenError extends Error {
  readonly code = 401;

  constructor() {
    super('No access token came in time.');
  }
}
