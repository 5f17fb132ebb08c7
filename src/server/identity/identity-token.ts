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
import { ServerConfigurationError } from '../config/configuration-error.js';
import { ownOptions } from '../config/schema.js';
import { parseSecret } from '../crypto/secret.js';
import type { Identify, IdentityRefusal } from './identity.js';

interface CommonOptions {
  /** The `aud` that tokens for this chat carry, so that a token made for something else does not open it. */
  readonly audience: string;
  /** The `iss` that tokens must carry, when the host sets one. */
  readonly issuer?: string;
  /** The claim that holds the visitor's id; `sub` by default. */
  readonly idClaim?: string;
  /** The claim that holds the tenant, for hosts that serve several. A token without it is then refused. */
  readonly tenantClaim?: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** How the signature is checked: by a secret shared with the signer, or by its public keys. */
export type IdentityTokenOptions = CommonOptions &
  (
    | {
        /** For HS256: at least 32 bytes of randomness (RFC 7518 section 3.2), known to the host's servers only. */
        readonly secret: string | Uint8Array;
        readonly jwks?: never;
        readonly fetch?: never;
      }
    | {
        /** For RS256, ES256 and EdDSA: the key set itself or the URL where the signer publishes it. */
        readonly jwks: string | URL | JSONWebKeySet;
        readonly fetch?: typeof globalThis.fetch;
        readonly secret?: never;
      }
  );

type Verify = (token: string, options: JWTVerifyOptions) => Promise<JWTPayload>;

const MAX_LIFETIME_SECONDS = 86_400;
const CLOCK_TOLERANCE_SECONDS = 5;

/** What is wrong with a token, for the operator's log; any other failure is not the token's fault and is thrown on. */
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
 * Proves who the visitor is by `identity_token`. Answers `null` when the browser sent none, and refuses one that is not signed by the host, has
 * expired, has no `exp`, lives longer than 24 hours or is for another audience. If the key set cannot be fetched the answer is 500, not 401.
 *
 * @example identify: verifyIdentityToken({ secret: process.env.CHAT_IDENTITY_SECRET, audience: 'chat' })
 * @throws ServerConfigurationError
 */
export function verifyIdentityToken(options: IdentityTokenOptions): Identify {
  const { audience, issuer, idClaim = 'sub', tenantClaim, now = () => Date.now(), secret, jwks, fetch } = ownOptions(options);
  if (typeof audience !== 'string' || audience === '') throw misconfigured('audience: give the "aud" that your identity tokens carry');
  if (jwks !== undefined && secret !== undefined) throw misconfigured('give either "secret" or "jwks", not both');
  const verify = jwks !== undefined ? byPublicKeys(jwks, fetch) : bySecret(secret);

  return async function identityByToken(_request, { identityToken }) {
    if (identityToken === undefined) return null;
    const currentDate = new Date(now());
    const requirements = {
      audience,
      currentDate,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['exp', idClaim, ...(tenantClaim === undefined ? [] : [tenantClaim])],
      ...(issuer !== undefined && { issuer }),
    };
    try {
      const claims = await verify(identityToken, requirements);
      if (exceedsMaxLifetime(claims, currentDate)) return { refused: 'token_life' };
      return { id: claims[idClaim] as string, ...(tenantClaim !== undefined && { tenant: claims[tenantClaim] as string }) };
    } catch (error) {
      return toRejection(error);
    }
  };
}

function bySecret(secret: string | Uint8Array | undefined): Verify {
  const parsed = parseSecret(secret);
  if (!parsed.ok) throw misconfigured(`secret: ${parsed.error}`);
  const key = parsed.value;
  return async (token, options) => (await jwtVerify(token, key, { ...options, algorithms: ['HS256'] })).payload;
}

/** The algorithms are fixed by the kind of key, never by the token: a public key must not become an HMAC secret (RFC 8725 section 3.1). */
function byPublicKeys(jwks: string | URL | JSONWebKeySet, fetch?: typeof globalThis.fetch): Verify {
  const keys = typeof jwks === 'string' || jwks instanceof URL ? remoteKeys(jwks, fetch) : localKeys(jwks);
  return async (token, options) =>
    (await jwtVerify(token, keys, { ...options, algorithms: ['RS256', 'ES256', 'EdDSA', 'Ed25519'] })).payload;
}

function remoteKeys(location: string | URL, fetch?: typeof globalThis.fetch): JWTVerifyGetKey {
  if (!URL.canParse(location) || !isSecureUrl(new URL(location))) throw misconfigured('jwks: must be an https URL or a key set');
  return createRemoteJWKSet(new URL(location), fetch && { [customFetch]: fetch });
}

function localKeys(jwks: JSONWebKeySet): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(jwks);
  } catch {
    throw misconfigured('jwks: must be an https URL or a key set');
  }
}

/** Such a token would outlive a log-out by more than a day. Without `iat` only the rest of its life is known. */
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
