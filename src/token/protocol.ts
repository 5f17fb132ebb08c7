/**
 * The wire between element and token endpoint: what is sent, what may come back, and nothing of how.
 * Shared with the server part, hence free of DOM and of Node.
 */

/** Why the element asks for a token. */
export const TokenReason = {
  /** No token yet. */
  Initial: 'initial',
  /** The current token approaches its expiry. */
  Expiring: 'expiring',
  /** Coze refused the current token. */
  Rejected: 'rejected',
  /** The host called `refreshToken()` or the visitor pressed Retry. */
  Manual: 'manual',
  /** Whose the chat is by now; no other token is needed for that. */
  Verify: 'verify',
} as const;
/** One of the reasons. */
export type TokenReason = (typeof TokenReason)[keyof typeof TokenReason];

/** Body of the request: `POST`, `content-type: application/json`. */
export interface TokenRequestBody {
  /** Who the page says the visitor is; the endpoint must prove it, never believe it. */
  readonly user_id?: string | undefined;
  /** A JWT signed by the host that proves `user_id`. */
  readonly identity_token?: string | undefined;
  /** Why it is asked for; the endpoint gives no token from a cache for `rejected` and `manual`, and need not give one for `verify`. */
  readonly reason: TokenReason;
}

/** Body of a 200 answer of our own token endpoint. RFC 6749 section 5.1 spelling. */
export interface TokenResponseBody {
  /** Coze's access token for this visitor, or one of the gateway's. */
  readonly access_token: string;
  /** How it is used: `Authorization: Bearer …`. */
  readonly token_type: 'Bearer';
  /** Seconds from now, as RFC 6749 has it (Coze's own API answers an absolute time under this name). */
  readonly expires_in: number;
  /** Epoch seconds. */
  readonly expires_at: number;
  /** Opaque, stable fingerprint of the identity the token belongs to. */
  readonly subject: string;
  /** It is a gateway's, and no token of Coze's: `api-base-url` is the gateway, which answers all that a chat needs first in one request. */
  readonly gateway?: true;
  /** The visitor begins with this response, by a cookie that it sets; a browser that does not keep it is another visitor each time. */
  readonly new_visitor?: true;
}

/** Body of a 200 answer of our own token endpoint to `verify`, which costs no exchange. A backend may answer with a token as ever. */
export type SubjectResponseBody = Pick<TokenResponseBody, 'subject' | 'new_visitor'>;

/** Codes in `{"error": …}` of our own token endpoint. */
export const TokenEndpointError = {
  InvalidRequest: 'invalid_request',
  Unauthenticated: 'unauthenticated',
  ForbiddenOrigin: 'forbidden_origin',
  IdentityMismatch: 'identity_mismatch',
  MethodNotAllowed: 'method_not_allowed',
  BodyTooLarge: 'body_too_large',
  UnsupportedMediaType: 'unsupported_media_type',
  RateLimited: 'rate_limited',
  IdentityError: 'identity_error',
  UpstreamRejected: 'upstream_rejected',
  ServerError: 'server_error',
  UpstreamInvalid: 'upstream_invalid',
  UpstreamUnavailable: 'upstream_unavailable',
  UpstreamTimeout: 'upstream_timeout',
} as const;
/** One of the codes. */
export type TokenEndpointError = (typeof TokenEndpointError)[keyof typeof TokenEndpointError];

/** Body of every answer of our own token endpoint that is not a 200. */
export interface TokenErrorBody {
  /** What is wrong, in a word; the precise reason is in the server's log. */
  readonly error: TokenEndpointError;
  /** Leads to that line of the log. */
  readonly request_id: string;
}
