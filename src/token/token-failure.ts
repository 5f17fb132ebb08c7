/** Why no token came, in the three classes that decide what happens next. */
import { ErrorCode, type Fault } from '../core/errors.js';

export type FailureKind =
  /** Worth trying again by itself: network, time-out, 408, 425, 429, 5xx. */
  | 'transient'
  /** The answer was not a token: tried again ever more rarely, and told apart for the page's author. */
  | 'invalid'
  /** Trying again by itself cannot help: signed out, forbidden, misconfigured. */
  | 'terminal';

export interface TokenFailure {
  readonly kind: FailureKind;
  readonly code: ErrorCode;
  /** For the page's author. Never holds a token or a response body. */
  readonly message: string;
  /** What the site's developer should hear although all is as it may be: about a visitor who is signed out by the way the site is set up. */
  readonly advice?: string | undefined;
  readonly fault?: Fault | undefined;
  /** What the endpoint asked for in `Retry-After`, capped. */
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

/** The endpoint hands out what Coze has already refused; the next answer may be another one. */
export const staleTokenFailure: TokenFailure = {
  kind: 'transient',
  code: ErrorCode.TokenRejected,
  message: 'The token endpoint hands out a token that Coze has refused. Check that it does not keep tokens beyond their life.',
  fault: 'site',
};

/** Tokens are refused as fast as they come. */
export const tokensRejectedFailure: TokenFailure = {
  ...terminalFailure(
    ErrorCode.TokenRejected,
    'Coze refuses fresh tokens too. Check that bot-id, api-base-url and the OAuth app belong together.',
  ),
  fault: 'site',
};

/**
 * What a failure means while there is still a valid token: a backend that is being deployed looks misconfigured for a while, and
 * the visitor need not know. That they are signed out or may not chat cannot wait.
 */
export function softenWhileTokenValid(failure: TokenFailure): TokenFailure {
  const isSiteFault = failure.fault === 'site' || failure.code === ErrorCode.TokenEndpointMisconfigured;
  return isSiteFault && failure.code !== ErrorCode.TokenRejected ? { ...failure, kind: 'invalid' } : failure;
}

export function terminalFailure(code: ErrorCode, message: string): TokenFailure {
  return { kind: 'terminal', code, message };
}
