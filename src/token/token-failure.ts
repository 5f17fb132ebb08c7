/** The failure of a token request. Its kind decides what happens next. */
import { ErrorCode, type Fault } from '../core/errors.js';

export type FailureKind =
  /** Retried automatically: network, time-out, 408, 425, 429, 5xx. */
  | 'transient'
  /** The response was not a token: retried at growing intervals, and reported to the page's author under a code of its own. */
  | 'invalid'
  /** An automatic retry cannot help: signed out, forbidden, misconfigured. */
  | 'terminal';

export interface TokenFailure {
  readonly kind: FailureKind;
  readonly code: ErrorCode;
  /** For the page's author. Never holds a token or a response body. */
  readonly message: string;
  /** For the site's developer, if the failure itself is no error: a reason for which the site's set-up may sign its visitors out. */
  readonly advice?: string | undefined;
  readonly fault?: Fault | undefined;
  /** The endpoint's `Retry-After`, capped. */
  readonly retryAfterMs?: number | undefined;
}

export const unavailable = (message: string, retryAfterMs?: number): TokenFailure => ({
  kind: 'transient',
  code: ErrorCode.TokenEndpointUnavailable,
  message,
  retryAfterMs,
});

export const rateLimited = (message: string, retryAfterMs?: number): TokenFailure => ({
  kind: 'transient',
  code: ErrorCode.RateLimited,
  message,
  retryAfterMs,
});

export const invalidResponse = (message: string): TokenFailure => ({
  kind: 'invalid',
  code: ErrorCode.InvalidTokenResponse,
  message,
  fault: 'site',
});

export const signedOut = (message: string): TokenFailure => terminalFailure(ErrorCode.SignedOut, message);

export const misconfigured = (message: string): TokenFailure => terminalFailure(ErrorCode.TokenEndpointMisconfigured, message);

/** The endpoint sends a token that Coze has already rejected; its next response may have another one. */
export const staleTokenFailure: TokenFailure = {
  kind: 'transient',
  code: ErrorCode.TokenRejected,
  message: 'The token endpoint hands out a token that Coze has refused. Check that it does not keep tokens beyond their life.',
  fault: 'site',
};

/** Coze rejects every token of the endpoint. */
export const tokensRejectedFailure: TokenFailure = {
  ...terminalFailure(
    ErrorCode.TokenRejected,
    'Coze refuses fresh tokens too. Check that bot-id, api-base-url and the OAuth app belong together.',
  ),
  fault: 'site',
};

/**
 * Classifies a failure while the present token is still valid: a backend that is being deployed looks misconfigured for a while, which the
 * visitor need not notice. That a visitor is signed out or forbidden takes effect at once.
 */
export function softenWhileTokenValid(failure: TokenFailure): TokenFailure {
  const isSiteFault = failure.fault === 'site' || failure.code === ErrorCode.TokenEndpointMisconfigured;
  return isSiteFault && failure.code !== ErrorCode.TokenRejected ? { ...failure, kind: 'invalid' } : failure;
}

export function terminalFailure(code: ErrorCode, message: string): TokenFailure {
  return { kind: 'terminal', code, message };
}
