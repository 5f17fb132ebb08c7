/**
 * Coze's access tokens, one for each visitor, in the memory of this process: exchanged when first needed, renewed ahead of their end, given up
 * when Coze refuses one. Several requests of a visitor share one exchange, and several instances, where they have a store.
 */
import { LRUCache } from 'lru-cache';
import { ownOptions } from '../../../core/values/own-members.js';
import type { ExchangeToken } from '../../coze/exchange.js';
import { ApiProblem } from '../api-problem.js';
import type { HeldToken, SharedTokens } from './shared-tokens.js';

interface Entry extends HeldToken {
  /** Compared on reading, so that not even two equal cache keys can give one visitor the token of another. */
  readonly sessionName: string;
}

const MAX_ENTRIES = 10_000;
/** Of a token's life; from then on it is renewed while it is still good. */
const RENEWED_AFTER = 0.5;
/** A request must not outlive its token on the way. */
const MIN_REST_MS = 5_000;
const MIN_REST_SHARE = 0.1;

/** The cache's own default would have what `Object.prototype` has. */
const noOptions = (): object => ownOptions({});

export class VisitorTokens {
  readonly #exchange: ExchangeToken;
  readonly #now: () => number;
  readonly #shared: SharedTokens | undefined;
  readonly #entries = new LRUCache<string, Entry>(ownOptions({ max: MAX_ENTRIES }));
  readonly #flights = new Map<string, Promise<string>>();

  /**
   * @param now epoch milliseconds
   * @param shared with other instances
   */
  constructor(exchange: ExchangeToken, now: () => number, shared?: SharedTokens) {
    this.#exchange = exchange;
    this.#now = now;
    this.#shared = shared;
  }

  /** A token that is good for a request. Throws an `ApiProblem`. */
  async get(sessionName: string): Promise<string> {
    const entry = this.#find(sessionName);
    if (entry === undefined) return this.#renew(sessionName);
    const ageMs = this.#now() - entry.obtainedAtMs;
    const restMs = entry.lifeMs - ageMs;
    // A clock that was set back must not prolong a life.
    if (ageMs < 0 || restMs < Math.min(MIN_REST_MS, entry.lifeMs * MIN_REST_SHARE)) return this.#renew(sessionName);
    // Nobody waits for it, and while Coze gives none the present one goes on.
    if (!this.#isYoung(entry)) void this.#renew(sessionName).catch(() => undefined);
    return entry.value;
  }

  /** Another token than the one that Coze has refused. */
  async replace(sessionName: string, refused: string): Promise<string> {
    const entry = this.#find(sessionName);
    if (entry !== undefined && entry.value !== refused) return entry.value;
    this.#entries.delete(sessionName);
    const value = await this.#renew(sessionName, refused);
    // Somebody else has waited for it, and did not know.
    return value === refused ? this.#renew(sessionName, refused) : value;
  }

  /** Not to be renewed yet. */
  #isYoung({ obtainedAtMs, lifeMs }: HeldToken): boolean {
    return this.#now() - obtainedAtMs < lifeMs * RENEWED_AFTER;
  }

  #find(sessionName: string): Entry | undefined {
    const entry = this.#entries.get(sessionName, noOptions());
    return entry?.sessionName === sessionName ? entry : undefined;
  }

  #renew(sessionName: string, refused?: string): Promise<string> {
    const running = this.#flights.get(sessionName);
    if (running !== undefined) return running;
    const flight = this.#obtain(sessionName, refused).finally(() => this.#flights.delete(sessionName));
    this.#flights.set(sessionName, flight);
    return flight;
  }

  async #obtain(sessionName: string, refused: string | undefined): Promise<string> {
    const exchange = (): Promise<HeldToken> => this.#request(sessionName);
    const isGood = (token: HeldToken): boolean => token.value !== refused && this.#isYoung(token);
    const token = await (this.#shared?.obtain({ sessionName, refused, isGood }, exchange) ?? exchange());
    this.#entries.set(sessionName, { ...token, sessionName }, noOptions());
    return token.value;
  }

  /** Several requests wait for it, so no single visitor's leaving ends it; its own time budget does. */
  async #request(sessionName: string): Promise<HeldToken> {
    const obtainedAtMs = this.#now();
    const token = await this.#exchange({ sessionName, bypassCache: true }, new AbortController().signal);
    if (!token.ok) throw new ApiProblem('no_upstream_token', { detail: token.error.reason, upstream: token.error.upstream });
    const { value, expiresIn } = token.value;
    return { value, lifeMs: expiresIn * 1000, obtainedAtMs };
  }
}
