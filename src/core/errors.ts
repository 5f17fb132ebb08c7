/**
 * Every failure that leaves this package carries a code from a closed list, so that a host can `switch` on it.
 * Messages are for the page's author; what a visitor reads comes from `src/locales`.
 * No message, cause or field ever holds a token, an assertion, a key or a response body.
 */

/** Codes of `CozeErrorEvent.code`. */
export const ErrorCode = {
  /** An attribute or property is missing or wrong; `message` names it. */
  InvalidConfiguration: 'invalid_configuration',
  /** The token endpoint answered 401, or redirects to a log-in page: nobody is signed in. */
  SignedOut: 'signed_out',
  /** The token endpoint answered 403. */
  Forbidden: 'forbidden',
  /** The token endpoint redirects, or answered 400, 404, 405, 409, 410, 413, 415 or 422: embed and backend do not match. */
  TokenEndpointMisconfigured: 'token_endpoint_misconfigured',
  /** Network failure, CORS failure, time-out, 408, 425 or 5xx. */
  TokenEndpointUnavailable: 'token_endpoint_unavailable',
  /** The token endpoint answered 429, or Coze says that there are too many requests. The chat tries again by itself. */
  RateLimited: 'rate_limited',
  /** The token endpoint answered something that is not a token response. */
  InvalidTokenResponse: 'invalid_token_response',
  /** Coze also rejects new tokens. */
  TokenRejected: 'token_rejected',
  /** The token's subject is not that of the chat on the page. */
  IdentityMismatch: 'identity_mismatch',
  /** The browser keeps no cookie of the token endpoint, so that each response is another visitor's. */
  CookiesBlocked: 'cookies_blocked',
  /** The bot does not exist, is not published to the API channel, or may not be used with this token. */
  BotUnavailable: 'bot_unavailable',
  /** A quota or a balance at Coze is used up. */
  QuotaExceeded: 'quota_exceeded',
  /** The chat could not be started or a turn failed. */
  ChatFailed: 'chat_failed',
  /** There is no such conversation, or it is not this visitor's. */
  ConversationUnavailable: 'conversation_unavailable',
  /** `sendMessage()` had no text, or the page itself prevents the message from being sent. */
  NotSent: 'not_sent',
  /** The chat frame's own files could not be loaded. */
  FrameUnavailable: 'frame_unavailable',
  /** The browser is older than the supported ones. */
  UnsupportedBrowser: 'unsupported_browser',
  /** The chat was removed before a command was done (another visitor, `signOut()`, `reload()`, removal), or the answer was stopped. */
  Interrupted: 'interrupted',
} as const;
/** One of the error codes. */
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

/** Who has to correct the problem, unless its cause is the visitor or their connection: the `site`, in its set-up, or a `service` that has answered. */
export type Fault = 'site' | 'service';

/** What went wrong, for the page's author. */
export interface ChatErrorDetails {
  /** One of the error codes. */
  readonly code: ErrorCode;
  /** A description for the page's author. Never contains a token or anything that a person wrote. */
  readonly message: string;
  /** Whether a retry may help without a change by the host. If so, the visitor has a Retry button. */
  readonly retryable: boolean;
}

/** {@link ChatErrorDetails} with what only the package itself uses. */
export type Problem = ChatErrorDetails & {
  /** Decides what a visitor reads. */
  readonly fault?: Fault | undefined;
};
