/**
 * The protocol between the element and the token endpoint: the bodies of requests and responses.
 * Shared with the server part, hence free of DOM and of Node.
 */

/** Why the element requests a token. */
export const TokenReason = {
  /** No token yet. */
  Initial: 'initial',
  /** The current token approaches its expiry. */
  Expiring: 'expiring',
  /** Coze refused the current token. */
  Rejected: 'rejected',
  /** The host called `refreshToken()` or the visitor pressed Retry. */
  Manual: 'manual',
  /** To find out who the visitor is now. This needs no new token. */
  Verify: 'verify',
} as const;
/** One of the reasons. */
export type TokenReason = (typeof TokenReason)[keyof typeof TokenReason];

/** Body of the request: `POST`, `content-type: application/json`. */
export interface TokenRequestBody {
  /** The visitor's id according to the page. The endpoint must verify it, and never trust it. */
  readonly user_id?: string | undefined;
  /** A JWT signed by the host that proves `user_id`. */
  readonly identity_token?: string | undefined;
  /** Why the token is requested. For `rejected` and `manual` the endpoint returns no cached token; for `verify` it can leave the token out. */
  readonly reason: TokenReason;
}

/** Body of a response with status 200 of our own token endpoint, spelled as in RFC 6749, section 5.1. */
export interface TokenResponseBody {
  /** Coze's access token for this visitor, or one of the gateway's. */
  readonly access_token: string;
  /** How the token is sent: `Authorization: Bearer …`. */
  readonly token_type: 'Bearer';
  /** Seconds from now, as in RFC 6749. (Coze's own API returns an absolute time under this name.) */
  readonly expires_in: number;
  /** Epoch seconds. */
  readonly expires_at: number;
  /** Opaque, stable fingerprint of the identity the token belongs to. */
  readonly subject: string;
  /** The token is a gateway's, not Coze's. `api-base-url` is the gateway, which answers the first requests of a chat in one. */
  readonly gateway?: true;
  /** The visitor is new, and known by the cookie of this response. A browser that does not keep the cookie is a new visitor each time. */
  readonly new_visitor?: true;
}

/** Body of a response with status 200 to `verify`, which needs no exchange. A backend can also return a token as usual. */
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

/** Body of every response of our own token endpoint with another status than 200. */
export interface TokenErrorBody {
  /** The code of the error. The precise reason is in the server's log. */
  readonly error: TokenEndpointError;
  /** Identifies the line of the log. */
  readonly request_id: string;
}
