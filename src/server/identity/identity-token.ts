/**
 * Identity by a JWT that the host's own backend signs for a signed-in visitor, for hosts whose token endpoint does not see their session cookie
 * (RFC 7519, RFC 8725; the same idea as Intercom's and Zendesk's messenger JWTs).
 */
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose';
import { isSecureUrl } from '../../core/secure-url.js';
import { ownOptions } from '../../core/values/own-members.js';
import { ServerConfigurationError } from '../config/configuration-error.js';
import { checkedClock } from '../config/host-functions.js';
import { parseSecret } from '../crypto/secret.js';
import type { Identify, IdentityRefusal } from './identity.js';
import { createKeySetFetch } from './key-set-fetch.js';

interface CommonOptions {
  /** The `aud` of tokens for this chat, so that a token for another purpose is not accepted. */
  readonly audience: string;
  /** The `iss` that tokens must contain, if the host sets one. */
  readonly issuer?: string;
  /**
   * The claim that contains the visitor's id.
   *
   * @default 'sub'
   */
  readonly idClaim?: string;
  /** The claim that contains the tenant, for hosts that serve several customers. A token without it is rejected. */
  readonly tenantClaim?: string;
  /**
   * The current time in epoch milliseconds.
   *
   * @default Date.now
   */
  readonly now?: () => number;
}

/** How the signature is checked: by a secret shared with the signer, or by its public keys. */
export type IdentityTokenOptions = CommonOptions &
  (
    | {
        /** For HS256: at least 32 random bytes (RFC 7518 section 3.2) that only the host's servers know. */
        readonly secret: string | Uint8Array;
        readonly jwks?: never;
        readonly fetch?: never;
      }
    | {
        /** For RS256, ES256 and EdDSA: the key set itself (RFC 7517) or the https URL where the signer publishes it. */
        readonly jwks: string | URL | JSONWebKeySet;
        /**
         * Fetches the key set.
         *
         * @default globalThis.fetch
         */
        readonly fetch?: typeof globalThis.fetch;
        readonly secret?: never;
      }
  );

type Verify = (token: string, options: JWTVerifyOptions) => Promise<JWTPayload>;

const MAX_LIFETIME_SECONDS = 86_400;
const CLOCK_TOLERANCE_SECONDS = 5;

/** Why a token was rejected, for the operator's log. Errors that are not in this map are not the token's fault, and are rethrown. */
const REJECTIONS: ReadonlyMap<string, string> = new Map([
  [errors.JWTExpired.code, 'token_expired'],
  [errors.JWTClaimValidationFailed.code, 'token_claim'],
  [errors.JWSSignatureVerificationFailed.code, 'token_signature'],
  [errors.JOSEAlgNotAllowed.code, 'token_algorithm'],
  [errors.JOSENotSupported.code, 'token_algorithm'],
  [errors.JWKSNoMatchingKey.code, 'token_key'],
  [errors.JWKSMultipleMatchingKeys.code, 'token_key'],
  [errors.JWTInvalid.code, 'token_malformed'],
  [errors.JWSInvalid.code, 'token_malformed'],
]);

/**
 * Identifies the visitor by `identity_token`. It returns `null` when the browser sent none. It rejects one that is not signed by the host, has
 * expired, has no `exp`, is valid for more than 24 hours or is for another audience: the response is then 401, and `firstIdentityOf` tries no other
 * strategy. If the key set cannot be fetched, the response is 500, not 401, and the key set is not requested again for 10 s. It may have 256 KiB and
 * 100 keys.
 *
 * @returns an `identify` for `createTokenEndpoint`
 * @throws ServerConfigurationError (`code` `invalid_configuration`), naming the option
 * @example
 * identify: verifyIdentityToken({ secret: process.env.CHAT_IDENTITY_SECRET, audience: 'chat' })
 * @see https://www.rfc-editor.org/rfc/rfc8725
 */
export function verifyIdentityToken(options: IdentityTokenOptions): Identify {
  const own = ownOptions(options);
  const { audience, issuer, idClaim = 'sub', tenantClaim, secret, jwks, fetch } = own;
  const now = checkedClock(own.now ?? (() => Date.now()));
  if (typeof audience !== 'string' || audience === '') throw misconfigured('audience: give the "aud" that your identity tokens carry');
  if (jwks !== undefined && secret !== undefined) throw misconfigured('give either "secret" or "jwks", not both');
  const verify = jwks !== undefined ? createKeySetVerifier(jwks, now, fetch) : createSecretVerifier(secret);

  return async function identityByToken(_request, { identityToken }) {
    if (identityToken === undefined) return null;
    const currentDate = new Date(now());
    const requiredClaims = ['exp', idClaim, ...(tenantClaim === undefined ? [] : [tenantClaim])];
    const requirements = ownOptions({
      audience,
      currentDate,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims,
      ...(issuer !== undefined && { issuer }),
    });
    try {
      const claims = ownOptions(await verify(identityToken, requirements));
      // jose accepts inherited claims.
      const isOwn = ['aud', ...(issuer === undefined ? [] : ['iss']), ...requiredClaims].every((name) => Object.hasOwn(claims, name));
      if (!isOwn) return { refused: 'token_claim' };
      if (exceedsMaxLifetime(claims, currentDate)) return { refused: 'token_life' };
      return { id: claims[idClaim] as string, ...(tenantClaim !== undefined && { tenant: claims[tenantClaim] as string }) };
    } catch (error) {
      return toRejection(error);
    }
  };
}

function createSecretVerifier(secret: string | Uint8Array | undefined): Verify {
  const parsed = parseSecret(secret);
  if (!parsed.ok) throw misconfigured(`secret: ${parsed.error}`);
  const key = parsed.value;
  return async (token, options) => (await jwtVerify(token, key, ownOptions({ ...options, algorithms: ['HS256'] }))).payload;
}

/** The algorithms depend on the kind of key, never on the token: a public key must not become an HMAC secret (RFC 8725 section 3.1). */
function createKeySetVerifier(jwks: string | URL | JSONWebKeySet, now: () => number, fetch?: typeof globalThis.fetch): Verify {
  const keys = typeof jwks === 'string' || jwks instanceof URL ? createRemoteKeySet(jwks, now, fetch) : createLocalKeySet(jwks);
  return async (token, options) =>
    (await jwtVerify(token, keys, ownOptions({ ...options, algorithms: ['RS256', 'ES256', 'EdDSA', 'Ed25519'] }))).payload;
}

function createRemoteKeySet(
  location: string | URL,
  now: () => number,
  fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init),
): JWTVerifyGetKey {
  if (!URL.canParse(location) || !isSecureUrl(new URL(location))) throw misconfigured('jwks: must be an https URL or a key set');
  return createRemoteJWKSet(new URL(location), ownOptions({ [customFetch]: createKeySetFetch(fetch, now) }));
}

function createLocalKeySet(jwks: JSONWebKeySet): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(jwks);
  } catch {
    throw misconfigured('jwks: must be an https URL or a key set');
  }
}

/** Refuses a token that would be valid for more than a day after a logout. Without `iat` only its remaining lifetime is known. */
function exceedsMaxLifetime({ exp = Infinity, iat }: JWTPayload, currentDate: Date): boolean {
  const startSeconds = Math.min(iat ?? Infinity, currentDate.getTime() / 1000 + CLOCK_TOLERANCE_SECONDS);
  return exp - startSeconds > MAX_LIFETIME_SECONDS;
}

function toRejection(error: unknown): IdentityRefusal {
  const refused = error instanceof errors.JOSEError ? REJECTIONS.get(error.code) : undefined;
  if (refused === undefined) throw error;
  return { refused };
}

function misconfigured(message: string): ServerConfigurationError {
  return new ServerConfigurationError(`verifyIdentityToken: ${message}`);
}
