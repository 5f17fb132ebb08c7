/** Interprets a status of the token endpoint other than 200. */
import { ErrorCode } from '../../core/errors.js';
import { parseRetryAfterMs } from '../../core/retry-after.js';
import { ownMembers } from '../../core/values/own-members.js';
import { TokenEndpointError } from '../protocol.js';
import {
  invalidResponse,
  misconfigured,
  rateLimited,
  signedOut,
  terminalFailure,
  type TokenFailure,
  unavailable,
} from '../token-failure.js';

/** Excludes 304, which is no redirect. A page in a browser gets an opaque redirect instead of these. */
const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);
/** A server of static files answers a POST with 501. */
const MISCONFIGURED_STATUSES = new Set([400, 404, 405, 409, 410, 413, 415, 422, 501]);
const TRANSIENT_STATUSES = new Set([408, 425]);

export interface StatusDetails {
  /** The `Retry-After` header as received. */
  readonly retryAfter: string | null;
  /** Wall-clock time of the response. */
  readonly nowMs: number;
  /** The parsed body, if {@link hasErrorBody} asks for it. */
  readonly body?: unknown;
}

/** Redirects are explained by `redirect.ts`. */
export function isRedirect({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || REDIRECT_STATUSES.has(status);
}

/** Whether the body may say more than the status. For 401 and 429 the status is enough, and nothing waits for the body. */
export function hasErrorBody(status: number): boolean {
  return status !== 401 && status !== 429;
}

/** Classifies a status that is neither 200 nor a redirect. */
export function toTokenFailure(status: number, { retryAfter, nowMs, body }: StatusDetails): TokenFailure {
  const { error, retryable } = ownMembers(Object(body)) as { readonly error?: unknown; readonly retryable?: unknown };

  if (status === 401) return signedOut('The token endpoint answered 401: the visitor is not signed in.');
  if (status === 403) {
    return error === TokenEndpointError.IdentityMismatch
      ? terminalFailure(ErrorCode.IdentityMismatch, 'The token endpoint answered 403: user-id names somebody else than who is signed in.')
      : terminalFailure(ErrorCode.Forbidden, 'The token endpoint answered 403: this visitor may not use the chat.');
  }
  if (status === 429) return rateLimited('The token endpoint answered 429: too many requests.', parseRetryAfterMs(retryAfter, nowMs));
  const isMisconfigured = MISCONFIGURED_STATUSES.has(status);
  if (TRANSIENT_STATUSES.has(status) || (status >= 500 && !isMisconfigured) || retryable === true) {
    // The server has responded, so the visitor's connection is not the reason.
    return { ...unavailable(`The token endpoint answered ${status}.`, parseRetryAfterMs(retryAfter, nowMs)), fault: 'service' };
  }
  if (isMisconfigured) {
    return misconfigured(
      `The token endpoint answered ${status}. Check that token-endpoint points at it and that it accepts POST with a JSON body.`,
    );
  }
  return invalidResponse(`The token endpoint answered ${status}; a token comes with 200.`);
}
