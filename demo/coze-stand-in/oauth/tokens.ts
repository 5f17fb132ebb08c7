import { randomBytes } from 'node:crypto';

/**
 * The identity with which a token acts. Coze isolates conversations by exactly these members; an absent `session_name` counts as the empty one,
 * shared by all tokens without one.
 */
export interface Identity {
  readonly appId: string;
  /** From the `account/{id}` or `enterprise_id/{id}` form of the token path; '' for the app's own account. */
  readonly account: string;
  readonly sessionName: string;
}

export interface IssuedToken {
  readonly identity: Identity;
  readonly expiresAtMs: number;
  /** The bots to which `scope` limits the token; `undefined` for all bots. */
  readonly botIds: readonly string[] | undefined;
}

export type TokenLookup =
  { readonly state: 'valid' | 'expired'; readonly token: IssuedToken } | { readonly state: 'unknown' | 'none'; readonly token?: undefined };

const DEFAULT_CAPACITY = 10_000;

/**
 * The opaque access tokens of one stand-in. It remembers expired tokens until newer ones push them out, so that the log can distinguish
 * them from invented ones.
 */
export class TokenStore {
  readonly #capacity: number;
  readonly #tokens = new Map<string, IssuedToken>();

  constructor(capacity = DEFAULT_CAPACITY) {
    this.#capacity = capacity;
  }

  issue(token: IssuedToken): string {
    const value = `czs_${randomBytes(48).toString('base64url')}`;
    this.#tokens.set(value, token);
    this.#forgetOldest();
    return value;
  }

  lookUp(authorization: string | undefined, nowMs: number): TokenLookup {
    const value = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
    if (value === undefined) return { state: 'none' };
    const token = this.#tokens.get(value);
    if (token === undefined) return { state: 'unknown' };
    return { state: nowMs < token.expiresAtMs ? 'valid' : 'expired', token };
  }

  /** Expires every token issued so far; with `sessionName`, only those of that session name. */
  expire(sessionName: string | undefined): void {
    for (const [value, token] of this.#tokens) {
      if (sessionName === undefined || token.identity.sessionName === sessionName) this.#tokens.set(value, { ...token, expiresAtMs: 0 });
    }
  }

  #forgetOldest(): void {
    for (const value of this.#tokens.keys()) {
      if (this.#tokens.size <= this.#capacity) return;
      this.#tokens.delete(value);
    }
  }
}
