/** Finds error codes of the Coze API in events, in responses, and in the errors that the SDK and `@coze/api` throw. */

import { asNumber } from '../../../core/values/foreign-value.js';

/** Codes with which Coze says that a token is expired or unknown (https://www.coze.cn/open/docs/developer_guides/coze_error_codes). */
const authCodes: ReadonlySet<unknown> = new Set([401, 4100, 4101, 700012006]);

/** Returns the code in `value`; `undefined` if there is none, or 0, which means success. Workflows send the code as text. */
export function getErrorCode(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('code' in value)) return undefined;
  return asNumber(value.code) || undefined;
}

export function isAuthError(value: unknown): boolean {
  return authCodes.has(getErrorCode(value));
}

/** Thrown if no access token is available. Its code selects the string that the connection was lost. */
export class NoTokenError extends Error {
  readonly code = 401;

  constructor() {
    super('No access token came in time.');
  }
}
