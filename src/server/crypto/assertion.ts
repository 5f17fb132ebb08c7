/** The JWT by which the server asks Coze for one visitor's token (coze.cn "OAuth JWT 授权"; RFC 7523). */

export interface AssertionClaims {
  readonly appId: string;
  /** The API's bare host. */
  readonly audience: string;
  readonly sessionName: string;
  /** Never used twice: Coze takes each assertion once. */
  readonly jti: string;
  /** Epoch seconds by Coze's clock, as well as it is known. */
  readonly nowSeconds: number;
}

/** A key that Coze knows by its fingerprint. How it signs is its own business; see `signing-key.ts`. */
export interface SigningKey {
  readonly keyId: string;
  /** Resolves to the compact serialisation (RFC 7515 section 3.1). */
  readonly sign: (header: AssertionHeader, payload: AssertionPayload) => Promise<string>;
}

export type AssertionHeader = Readonly<{ alg: 'RS256'; typ: 'JWT'; kid: string }>;
export type AssertionPayload = Readonly<{ iss: string; aud: string; iat: number; exp: number; jti: string; session_name: string }>;

/** Clocks differ a little, and an assertion from the future is refused. */
const BACKDATE_SECONDS = 30;
/** An assertion is used at once; a stolen one should not be of use for long. */
const LIFETIME_SECONDS = 600;

export function signAssertion(key: SigningKey, { appId, audience, sessionName, jti, nowSeconds }: AssertionClaims): Promise<string> {
  const iat = nowSeconds - BACKDATE_SECONDS;
  return key.sign(
    { alg: 'RS256', typ: 'JWT', kid: key.keyId },
    { iss: appId, aud: audience, iat, exp: iat + LIFETIME_SECONDS, jti, session_name: sessionName },
  );
}
