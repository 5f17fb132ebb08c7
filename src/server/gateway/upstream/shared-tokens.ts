/**
 * Shares Coze's access tokens among instances through a store: all of them use the same token of a visitor, and one instance exchanges the next.
 * Tokens are encrypted and stored under names that reveal nothing, each bound to its visitor: reading the store reveals no token, and writing to it
 * cannot give one visitor the token of another (RFC 7516, `dir` with A256GCM). While the store fails, each instance exchanges its own tokens.
 */
import { base64url, EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import { delay, type Timers } from '../../../core/clock.js';
import { withDeadline } from '../../../core/deadline.js';
import { ownOptions } from '../../../core/values/own-members.js';
import { safeParseOwn } from '../../config/schema.js';
import { EndpointWarning, type WarningEvent } from '../../reporting/operator-event.js';
import type { GatewayKey, GatewayKeys } from '../derived-keys.js';
import type { TokenStore } from './token-store.js';

/** A token of Coze's, and when it was obtained. */
export interface HeldToken {
  readonly value: string;
  readonly lifeMs: number;
  /** Epoch milliseconds. */
  readonly obtainedAtMs: number;
}

export interface SharedTokensOptions {
  readonly store: TokenStore;
  readonly keys: () => Promise<GatewayKeys>;
  /** Names the API and the app: tokens for another one with the same secret are invalid here. */
  readonly audience: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly timers: Timers;
  readonly warn: (warning: WarningEvent) => void;
}

interface Wanted {
  readonly sessionName: string;
  /** The token that Coze has rejected, if any. */
  readonly rejected: string | undefined;
  /** Whether a token of another instance is acceptable. */
  readonly isAcceptable: (token: HeldToken) => boolean;
}

const STORE_TIMEOUT_MS = 500;
/** How long an instance waits for another one's exchange; longer than a successful exchange takes. */
const CLAIM_MS = 2_000;
const POLL_MS = 50;
const TYPE = 'coze-token+jwt';
const PREFIX = 'coze-chat-token';

const claimsSchema = z.object({ session_name: z.string(), value: z.string().min(1), life_ms: z.number(), obtained_at_ms: z.number() });

export class SharedTokens {
  readonly #options: SharedTokensOptions;
  #isStoreDown = false;

  constructor(options: SharedTokensOptions) {
    this.#options = options;
  }

  /** Resolves with a token from the store, or with the result of `exchange`. Rejects if `exchange` rejects. */
  async obtain(wanted: Wanted, exchange: () => Promise<HeldToken>): Promise<HeldToken> {
    const [key] = await this.#options.keys();
    const name = await toName(key, [this.#options.audience, wanted.sessionName]);
    const startedMs = this.#options.now();
    for (let pausesMs = 0; ; pausesMs += POLL_MS) {
      const found = await this.#read(name, key, wanted.sessionName);
      if (found !== undefined && wanted.isAcceptable(found)) return found;
      // The claim is for replacing this token, so that it does not block the next replacement.
      const claim = await toName(key, [this.#options.audience, wanted.sessionName, wanted.rejected ?? found?.value ?? '', 'claim']);
      // By the clock, since the store takes time, too; by the pauses, since the clock may be set back.
      const waitedMs = Math.max(pausesMs, this.#options.now() - startedMs);
      if (waitedMs >= CLAIM_MS || this.#isStoreDown || (await this.#ask((store) => store.add(claim, '1', CLAIM_MS))) !== false) break;
      await delay(POLL_MS, this.#options.timers);
    }
    const token = await exchange();
    // Not awaited: only other instances wait for the store.
    void this.#write(name, key, { ...token, sessionName: wanted.sessionName }).catch(() => undefined);
    return token;
  }

  async #read(name: string, key: GatewayKey, sessionName: string): Promise<HeldToken | undefined> {
    const sealed = await this.#ask((store) => store.get(name));
    if (typeof sealed !== 'string') return undefined;
    try {
      const { now, audience } = this.#options;
      const rules = {
        audience,
        currentDate: new Date(now()),
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        typ: TYPE,
      };
      const { payload } = await jwtDecrypt(sealed, key.cozeTokens, ownOptions(rules));
      const claims = safeParseOwn(claimsSchema, payload);
      if (!claims.success || claims.data.session_name !== sessionName) return undefined;
      const { value, life_ms: lifeMs, obtained_at_ms: obtainedAtMs } = claims.data;
      // The other machine's clock may be ahead.
      return { value, lifeMs, obtainedAtMs: Math.min(obtainedAtMs, now()) };
    } catch {
      return undefined;
    }
  }

  async #write(
    name: string,
    key: GatewayKey,
    { sessionName, value, lifeMs, obtainedAtMs }: HeldToken & { readonly sessionName: string },
  ): Promise<void> {
    const claims = { session_name: sessionName, value, life_ms: lifeMs, obtained_at_ms: obtainedAtMs, aud: this.#options.audience };
    // Explicitly absent, so that jose reads no inherited members.
    const absent = { crit: undefined as never, zip: undefined as never };
    const sealed = await new EncryptJWT(ownOptions(claims))
      .setProtectedHeader(ownOptions({ alg: 'dir', enc: 'A256GCM', typ: TYPE, ...absent }))
      .encrypt(key.cozeTokens);
    await this.#ask((store) => store.set(name, sealed, Math.max(Math.floor(lifeMs), 1)));
  }

  /** `undefined` while the store fails. */
  async #ask<T>(ask: (store: TokenStore) => Promise<T>): Promise<T | undefined> {
    const { store, timers, warn } = this.#options;
    try {
      const result = await withDeadline(() => ask(store), { durationMs: STORE_TIMEOUT_MS, timers });
      this.#isStoreDown = false;
      return result;
    } catch {
      if (!this.#isStoreDown) warn(STORE_FAILED_WARNING);
      this.#isStoreDown = true;
      return undefined;
    }
  }
}

/** Returns a keyed digest: without the secret, nobody can find out whether the store has an entry for a visitor. */
async function toName({ cozeTokenNames }: GatewayKey, parts: readonly string[]): Promise<string> {
  const code = await crypto.subtle.sign('HMAC', cozeTokenNames, new TextEncoder().encode(JSON.stringify(parts)));
  return `${PREFIX}:${base64url.encode(new Uint8Array(code))}`;
}

const STORE_FAILED_WARNING: WarningEvent = {
  type: 'warning',
  code: EndpointWarning.TokenStoreFailed,
  message: "The store of Coze's tokens fails. Until it works again every instance exchanges its own.",
};
