/** The JWT with which the server requests one visitor's token from Coze (coze.cn, "OAuth JWT 授权"; RFC 7523). */
import type { SigningKey } from './signing-key.js';

export interface AssertionClaims {
  readonly appId: string;
  /** The API's bare host. */
  readonly audience: string;
  readonly sessionName: string;
  /** Never used twice: Coze accepts each assertion once. */
  readonly jti: string;
  /** Epoch seconds by Coze's clock, as far as it is known. */
  readonly nowSeconds: number;
}

/** Clocks differ a little, and an assertion from the future is rejected. */
const BACKDATE_SECONDS = 30;
/** An assertion is used at once; a stolen one should not be valid for long. */
const LIFETIME_SECONDS = 600;
/**
 * Longest time by which Coze's clock can be ahead of the one that dated an accepted assertion, if Coze tolerates an assertion for a minute after its
 * end.
 */
export const MAX_SECONDS_BEHIND = LIFETIME_SECONDS - BACKDATE_SECONDS + 60;

/** Resolves to the compact serialisation (RFC 7515 section 3.1). */
export function signAssertion(key: SigningKey, { appId, audience, sessionName, jti, nowSeconds }: AssertionClaims): Promise<string> {
  const iat = nowSeconds - BACKDATE_SECONDS;
  return key.sign(
    { alg: 'RS256', typ: 'JWT', kid: key.keyId },
    { iss: appId, aud: audience, iat, exp: iat + LIFETIME_SECONDS, jti, session_name: sessionName },
  );
}
