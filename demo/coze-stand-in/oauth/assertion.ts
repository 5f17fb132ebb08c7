import { compactVerify, decodeProtectedHeader, errors } from 'jose';
import { z } from 'zod';
import { parseJson } from '../json.js';
import type { OAuthAppKey } from './app-key.js';
import { OAuthError } from './oauth-error.js';
import type { ReplayGuard } from './replay-guard.js';

const CLOCK_TOLERANCE_MS = 60_000;

/** Coze documents no upper bound; a day plus the tolerance bounds the memory of the replay guard. */
const MAX_LIFETIME_MS = 86_400_000;

const claimsSchema = z.object({
  iss: z.string().min(1),
  aud: z.string().min(1),
  iat: z.int(),
  exp: z.int(),
  jti: z.string().min(1),
  session_name: z.string().optional(),
});

export interface AssertionRules {
  readonly keys: ReadonlyMap<string, OAuthAppKey>;
  readonly audiences: readonly string[];
  readonly replays: ReplayGuard;
  readonly nowMs: number;
}

export interface VerifiedAssertion {
  readonly appId: string;
  readonly sessionName: string;
}

const refuse = (reason: string): OAuthError => new OAuthError('invalid_client', `invalid jwt: ${reason}`);

/**
 * Validates the JWT that a service app signs: RS256 by the key that `kid` names, then every claim, and the single use of `jti` last, so
 * that a rejected assertion does not use up its id. Only the messages for an empty JWT and for an unknown `kid` were seen in production;
 * the other messages are ours.
 */
export async function verifyAssertion(jwt: string, rules: AssertionRules): Promise<VerifiedAssertion> {
  if (jwt === '') throw new OAuthError('invalid_client', 'verify jwt empty error');
  const key = rules.keys.get(readKeyId(jwt));
  if (key === undefined) throw refuse('kid not been registred');

  const claims = parseClaims(await verifySignature(jwt, key));
  if (claims.iss !== key.appId) throw refuse('iss is not the owner of the key');
  if (!rules.audiences.includes(claims.aud)) throw refuse('aud is not this service');
  requireValidPeriod(claims.iat * 1000, claims.exp * 1000, rules.nowMs);

  const forgetAtMs = claims.exp * 1000 + CLOCK_TOLERANCE_MS;
  if (!rules.replays.admit(claims.iss, claims.jti, forgetAtMs, rules.nowMs)) throw refuse('jti has been used');
  return { appId: claims.iss, sessionName: claims.session_name ?? '' };
}

function readKeyId(jwt: string): string {
  const header = readHeader(jwt);
  if (header.alg !== 'RS256') throw refuse('alg must be RS256');
  if (header.typ !== 'JWT') throw refuse('typ must be JWT');
  return header.kid ?? '';
}

function readHeader(jwt: string): ReturnType<typeof decodeProtectedHeader> {
  try {
    return decodeProtectedHeader(jwt);
  } catch {
    throw refuse('malformed');
  }
}

async function verifySignature(jwt: string, key: OAuthAppKey): Promise<Uint8Array> {
  try {
    return (await compactVerify(jwt, key.publicKey, { algorithms: ['RS256'] })).payload;
  } catch (error) {
    throw refuse(error instanceof errors.JWSSignatureVerificationFailed ? 'signature is invalid' : 'malformed');
  }
}

function parseClaims(payload: Uint8Array): z.infer<typeof claimsSchema> {
  const claims = claimsSchema.safeParse(parseJson(new TextDecoder().decode(payload)));
  if (!claims.success) throw refuse(`${claims.error.issues[0]?.path.join('.') || 'payload'} is missing or malformed`);
  return claims.data;
}

function requireValidPeriod(issuedAtMs: number, expiresAtMs: number, nowMs: number): void {
  if (expiresAtMs <= issuedAtMs) throw refuse('exp must be later than iat');
  if (issuedAtMs > nowMs + CLOCK_TOLERANCE_MS) throw refuse('iat is in the future');
  if (expiresAtMs + CLOCK_TOLERANCE_MS <= nowMs) throw refuse('token is expired');
  if (expiresAtMs > nowMs + MAX_LIFETIME_MS + CLOCK_TOLERANCE_MS) throw refuse('exp is too far away');
}
