/** The JWT by which the server asks Coze for one visitor's token (coze.cn "OAuth JWT 授权"; RFC 7523). */
import { SignJWT } from 'jose';

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

/** A key that Coze knows by its fingerprint, with whatever signs by it. */
export interface AssertionKey {
  readonly keyId: string;
  /** Resolves to a signed compact JWT. */
  readonly sign: (header: AssertionHeader, payload: AssertionPayload) => Promise<string>;
}

export interface AssertionHeader {
  readonly alg: 'RS256';
  readonly typ: 'JWT';
  readonly kid: string;
  // jose takes headers it does not know by name as well.
  readonly [parameter: string]: unknown;
}

export interface AssertionPayload {
  readonly iss: string;
  readonly aud: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly session_name: string;
  readonly [claim: string]: unknown;
}

/** Clocks differ a little, and an assertion from the future is refused. */
const backdateSeconds = 30;
/** An assertion is used at once; a stolen one should not be of use for long. */
const lifetimeSeconds = 600;

export function signAssertion(key: AssertionKey, { appId, audience, sessionName, jti, nowSeconds }: AssertionClaims): Promise<string> {
  const iat = nowSeconds - backdateSeconds;
  return key.sign(
    { alg: 'RS256', typ: 'JWT', kid: key.keyId },
    { iss: appId, aud: audience, iat, exp: iat + lifetimeSeconds, jti, session_name: sessionName },
  );
}

/** Signs with a key held in this process. `load` is asked every time, so whoever provides it decides about caching. */
export const localKey = (keyId: string, load: () => Promise<CryptoKey>): AssertionKey => ({
  keyId,
  sign: async (header, payload) => new SignJWT({ ...payload }).setProtectedHeader(header).sign(await load()),
});
