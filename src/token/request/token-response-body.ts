/** The bodies that count as a token: on the wire from a token endpoint, and from a host's `getToken`. */

/**
 * A time as backends write it. A number or a string of digits up to 10^9 counts seconds from now; above it is an instant in epoch seconds, above
 * 10^12 in epoch milliseconds. Other strings are RFC 3339 with an offset: `2026-01-31T12:00:00Z`.
 */
export type ExpiryValue = number | string;

/**
 * What this package's own token endpoint answers (RFC 6749, section 5.1).
 *
 * @example
 * { access_token: 'czs_…', token_type: 'Bearer', expires_in: 3540, expires_at: 1763820000, subject: 'u-5f1c' }
 */
export interface TokenEndpointResponse {
  /** The access token: up to 16 384 printable ASCII characters without spaces. */
  readonly access_token: string;
  /** `Bearer`, in any case; no other type is accepted. */
  readonly token_type?: string | null | undefined;
  /** Seconds from now. With neither this nor `expires_at` a token counts for 600 s. */
  readonly expires_in?: ExpiryValue | null | undefined;
  /** When it expires, in epoch seconds. Of several statements the shortest life counts. */
  readonly expires_at?: ExpiryValue | null | undefined;
  /** Whose token it is: opaque, the same for the same visitor, up to 128 characters. Without it a change of visitor cannot be noticed. */
  readonly subject?: string | null | undefined;
}

/**
 * What Coze's API answers, passed on as it is. It calls an instant `expires_in`, which is told from a duration by its size.
 *
 * @example
 * { access_token: 'czs_…', token_type: 'Bearer', expires_in: 1763820000 }
 */
export interface CozeTokenResponse {
  /** The access token. */
  readonly access_token: string;
  /** `Bearer`. */
  readonly token_type?: string | null | undefined;
  /** When it expires, in epoch seconds. */
  readonly expires_in: number;
}

/**
 * The same in camelCase, as JavaScript backends have it; `token` is another name of `accessToken`.
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
  /** When it expires: epoch seconds or milliseconds, or RFC 3339. */
  readonly expiresAt?: ExpiryValue | null | undefined;
  /** As in {@link TokenEndpointResponse}. */
  readonly subject?: string | null | undefined;
};

/**
 * Any of them, for backends that wrap each answer; what else the envelope has is not read.
 *
 * @example
 * { code: 0, data: { access_token: 'czs_…', expires_in: 3540 } }
 */
export interface TokenEnvelope {
  /** The body. */
  readonly data: TokenEndpointResponse | CozeTokenResponse | CamelCaseTokenResponse;
  /** Not read. */
  readonly [name: string]: unknown;
}

/**
 * Whose the chat is, where only that was asked (`verify`).
 *
 * @example
 * { subject: 'u-5f1c' }
 */
export interface SubjectResponse {
  /** As in {@link TokenEndpointResponse}. */
  readonly subject: string;
}

/** What a host's `getToken` may resolve to; the same bodies as on the wire. */
export type TokenResponse = TokenEndpointResponse | CozeTokenResponse | CamelCaseTokenResponse | TokenEnvelope;
