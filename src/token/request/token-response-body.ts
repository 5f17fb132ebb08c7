/** The accepted forms of a token: as the response of a token endpoint, and as the result of a host's `getToken`. */

/**
 * A time in one of several formats. A number or a string of digits up to 10^9 is a number of seconds from now; above, it is a time in epoch seconds,
 * above 10^12 in epoch milliseconds. Other strings are RFC 3339 with an offset: `2026-01-31T12:00:00Z`.
 */
export type ExpiryValue = number | string;

/**
 * The response of this package's own token endpoint (RFC 6749, section 5.1).
 *
 * @example
 * { access_token: 'czs_…', token_type: 'Bearer', expires_in: 3540, expires_at: 1763820000, subject: 'u-5f1c' }
 */
export interface TokenEndpointResponse {
  /** The access token: up to 16 384 printable ASCII characters without spaces. */
  readonly access_token: string;
  /** `Bearer`, in upper or lower case. No other type is accepted. */
  readonly token_type?: string | null | undefined;
  /** Seconds from now. Without this and `expires_at`, a token is used for 600 s. */
  readonly expires_in?: ExpiryValue | null | undefined;
  /** When the token expires, in epoch seconds. Of several values, the earliest is used. */
  readonly expires_at?: ExpiryValue | null | undefined;
  /**
   * The visitor of the token: an opaque string, always the same for a visitor, up to 128 characters. Without it, the chat cannot notice a change of
   * visitor.
   */
  readonly subject?: string | null | undefined;
}

/**
 * The unchanged response of Coze's API. Its `expires_in` is a time, not a duration; the two are distinguished by their size.
 *
 * @example
 * { access_token: 'czs_…', token_type: 'Bearer', expires_in: 1763820000 }
 */
export interface CozeTokenResponse {
  /** The access token. */
  readonly access_token: string;
  /** `Bearer`. */
  readonly token_type?: string | null | undefined;
  /** When the token expires, in epoch seconds. */
  readonly expires_in: number;
}

/**
 * The same in camelCase, for JavaScript backends. `token` is another name of `accessToken`.
 *
 * @example
 * { token: 'czs_…', expiresAt: '2026-01-31T12:00:00Z' }
 */
export type CamelCaseTokenResponse = (
  | {
      /** The access token. */
      readonly token: string;
    }
  | {
      /** The access token. */
      readonly accessToken: string;
    }
) & {
  /** Seconds from now. */
  readonly expiresIn?: ExpiryValue | null | undefined;
  /** When the token expires: epoch seconds or milliseconds, or RFC 3339. */
  readonly expiresAt?: ExpiryValue | null | undefined;
  /** As in {@link TokenEndpointResponse}. */
  readonly subject?: string | null | undefined;
};

/**
 * Any of them, for backends that wrap each response. Other members of the envelope are ignored.
 *
 * @example
 * { code: 0, data: { access_token: 'czs_…', expires_in: 3540 } }
 */
export interface TokenEnvelope {
  /** The token response. */
  readonly data: TokenEndpointResponse | CozeTokenResponse | CamelCaseTokenResponse;
  /** Ignored. */
  readonly [name: string]: unknown;
}

/**
 * The visitor of the chat, for a request that needs no token (`verify`).
 *
 * @example
 * { subject: 'u-5f1c' }
 */
export interface SubjectResponse {
  /** As in {@link TokenEndpointResponse}. */
  readonly subject: string;
}

/** The results that a host's `getToken` can resolve to: the same bodies as on the wire. */
export type TokenResponse = TokenEndpointResponse | CozeTokenResponse | CamelCaseTokenResponse | TokenEnvelope;
