/** Why no token came, in the three classes that decide what happens next. */
import { ErrorCode } from '../errors.js';

export type FailureKind =
  /** Worth trying again by itself: network, time-out, 408, 425, 429, 5xx. */
  | 'transient'
  /** The answer was not a token: tried again like a transient failure, but told apart for the page's author. */
  | 'invalid'
  /** Trying again by itself cannot help: signed out, forbidden, misconfigured. */
  | 'terminal';

export interface TokenFailure {
  readonly kind: FailureKind;
  readonly code: ErrorCode;
  /** For the page's author. Never holds a token or a response body. */
  readonly message: string;
  /** What the endpoint asked for in `Retry-After`, capped. */
  readonly retryAfterMs?: number;
}

const MISCONFIGURED_STATUSES = new Set([400, 404, 405, 409, 410, 413, 415, 422]);
const TRANSIENT_STATUSES = new Set([408, 425, 429]);
/** An endpoint may ask for patience, not for giving up. */
const LONGEST_RETRY_AFTER_MS = 15 * 60_000;

export const unavailable = (message: string, retryAfterMs?: number): TokenFailure => ({
  kind: 'transient',
  code: ErrorCode.TokenEndpointUnavailable,
  message,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

export const invalid = (message: string): TokenFailure => ({ kind: 'invalid', code: ErrorCode.InvalidTokenResponse, message });

export const signedOut = (message: string): TokenFailure => ({ kind: 'terminal', code: ErrorCode.SignedOut, message });

const terminal = (code: ErrorCode, message: string): TokenFailure => ({ kind: 'terminal', code, message });

/** Classifies a status that is not 200. `retryAfter` is the header as received, `nowMs` wall-clock time. */
export function failureOfStatus(status: number, retryAfter: string | null, nowMs: number): TokenFailure {
  if (status === 401) return signedOut('The token endpoint answered 401: the visitor is not signed in.');
  if (status === 403) return terminal(ErrorCode.Forbidden, 'The token endpoint answered 403: this visitor may not use the chat.');
  if (MISCONFIGURED_STATUSES.has(status)) {
    return terminal(
      ErrorCode.TokenEndpointMisconfigured,
      `The token endpoint answered ${status}. Check that token-endpoint points at it and that it accepts POST with a JSON body.`,
    );
  }
  if (TRANSIENT_STATUSES.has(status) || status >= 500) {
    return unavailable(`The token endpoint answered ${status}.`, parseRetryAfterMs(retryAfter, nowMs));
  }
  return invalid(`The token endpoint answered ${status}; a token comes with 200.`);
}

/** RFC 9110 section 10.2.3: seconds or an HTTP date. Anything else counts as absent. */
export function parseRetryAfterMs(header: string | null, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  if (text === '' || Number.isNaN(waitMs)) return undefined;
  return Math.min(Math.max(waitMs, 0), LONGEST_RETRY_AFTER_MS);
}
