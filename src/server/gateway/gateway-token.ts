/**
 * The token that a browser gets instead of Coze's: a JWT that only this gateway can decrypt (RFC 7516, `dir` with A256GCM), bound to the
 * visitor, their bots and this gateway. Coze does not know it.
 */
import { EncryptJWT, jwtDecrypt, type JWTDecryptOptions } from 'jose';
import { z } from 'zod';
import { ownOptions } from '../../core/values/own-members.js';
import { safeParseOwn } from '../config/schema.js';
import type { CozeAccessToken } from '../coze/exchange-response.js';
import type { GatewayKeys } from './derived-keys.js';
import type { GatewayVisitor } from './visitor.js';

export interface GatewayTokensOptions {
  readonly keys: () => Promise<GatewayKeys>;
  /** Names this gateway: a token of another one with the same secret is invalid. */
  readonly audience: string;
  readonly durationSeconds: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const claimsSchema = z.object({
  sub: z.string().min(1),
  session_name: z.string().min(1),
  user_id: z.string().min(1),
  tenant: z.string().min(1).optional(),
  bots: z.array(z.string()),
  apps: z.array(z.tuple([z.string(), z.string()])),
});

const TYPE = 'coze-gateway+jwt';
/** Longer than any token that this gateway issues. */
const MAX_LENGTH = 16_384;

export class GatewayTokens {
  readonly #keys: () => Promise<GatewayKeys>;
  readonly #audience: string;
  readonly #durationSeconds: number;
  readonly #now: () => number;

  constructor({ keys, audience, durationSeconds, now }: GatewayTokensOptions) {
    this.#keys = keys;
    this.#audience = audience;
    this.#durationSeconds = durationSeconds;
    this.#now = now;
  }

  async issue({ subject, sessionName, user, bots, apps }: GatewayVisitor): Promise<CozeAccessToken> {
    const [key] = await this.#keys();
    const nowSeconds = Math.floor(this.#now() / 1000);
    const expiresAt = nowSeconds + this.#durationSeconds;
    const claims = {
      sub: subject,
      session_name: sessionName,
      user_id: user.id,
      tenant: user.tenant,
      bots,
      apps: apps.map(({ appId, workflowId }) => [appId, workflowId]),
      aud: this.#audience,
      iat: nowSeconds,
      exp: expiresAt,
    };
    // Explicitly absent, so that jose reads no inherited members.
    const absent = { crit: undefined as never, zip: undefined as never };
    const value = await new EncryptJWT(ownOptions(claims))
      .setProtectedHeader(ownOptions({ alg: 'dir', enc: 'A256GCM', kid: key.id, typ: TYPE, ...absent }))
      .encrypt(key.tokens);
    return { value, expiresAt, expiresIn: this.#durationSeconds };
  }

  /** `undefined` unless this is an unexpired token of this gateway. */
  async verify(token: string): Promise<GatewayVisitor | undefined> {
    if (token.length > MAX_LENGTH) return undefined;
    const keys = await this.#keys();
    const rules: JWTDecryptOptions = {
      audience: this.#audience,
      currentDate: new Date(this.#now()),
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
      requiredClaims: ['sub', 'exp'],
      typ: TYPE,
    };
    try {
      const findKey = ({ kid }: { readonly kid?: string }): Uint8Array => (keys.find(({ id }) => id === kid) ?? keys[0]).tokens;
      const { payload } = await jwtDecrypt(token, findKey, ownOptions(rules));
      const claims = safeParseOwn(claimsSchema, payload);
      return claims.success ? toVisitor(claims.data) : undefined;
    } catch {
      return undefined;
    }
  }
}

function toVisitor(claims: z.output<typeof claimsSchema>): GatewayVisitor {
  const { sub: subject, session_name: sessionName, user_id: id, tenant, bots, apps } = claims;
  return {
    subject,
    sessionName,
    user: tenant === undefined ? { id } : { id, tenant },
    bots,
    apps: apps.map(([appId, workflowId]) => ({ appId, workflowId })),
  };
}
