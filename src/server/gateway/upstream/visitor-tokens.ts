/**
 * Coze's access tokens, one for each visitor, in the memory of this process: exchanged when first needed, renewed before they expire,
 * dropped when Coze rejects one. Parallel requests of a visitor share one exchange, and so do instances with a shared store.
 */
import { LRUCache } from 'lru-cache';
import { noOptions, ownOptions } from '../../../core/values/own-members.js';
import type { ExchangeToken } from '../../coze/exchange.js';
import { ApiProblem } from '../api-problem.js';
import type { HeldToken, SharedTokens } from './shared-tokens.js';

interface Entry extends HeldToken {
  /** Compared on reading, so that even equal cache keys could not give one visitor the token of another. */
  readonly sessionName: string;
}

const MAX_ENTRIES = 10_000;
/** The share of a token's lifetime after which it is renewed, although it is still valid. */
const RENEWED_AFTER = 0.5;
/** A token has to stay valid until its request arrives. */
const MIN_REST_MS = 5_000;
const MIN_REST_SHARE = 0.1;

export class VisitorTokens {
  readonly #exchange: ExchangeToken;
  readonly #now: () => number;
  readonly #shared: SharedTokens | undefined;
  readonly #entries = new LRUCache<string, Entry>(ownOptions({ max: MAX_ENTRIES }));
  readonly #flights = new Map<string, Promise<string>>();

  /**
   * @param now epoch milliseconds
   * @param shared store of the tokens of several instances
   */
  constructor(exchange: ExchangeToken, now: () => number, shared?: SharedTokens) {
    this.#exchange = exchange;
    this.#now = now;
    this.#shared = shared;
  }

  /** Returns a token that is valid long enough for a request. Throws an `ApiProblem`. */
  async get(sessionName: string): Promise<string> {
    const entry = this.#find(sessionName);
    if (entry === undefined) return this.#renew(sessionName);
    const ageMs = this.#now() - entry.obtainedAtMs;
    const restMs = entry.lifeMs - ageMs;
    // A clock that was set back must not prolong the lifetime.
    if (ageMs < 0 || restMs < Math.min(MIN_REST_MS, entry.lifeMs * MIN_REST_SHARE)) return this.#renew(sessionName);
    // Renewed in the background; if that fails, the present token is used until it expires.
    if (!this.#isYoung(entry)) void this.#renew(sessionName).catch(() => undefined);
    return entry.value;
  }

  /** Returns another token than the one that Coze has rejected. */
  async replace(sessionName: string, rejected: string): Promise<string> {
    const entry = this.#find(sessionName);
    if (entry !== undefined && entry.value !== rejected) return entry.value;
    this.#entries.delete(sessionName);
    const value = await this.#renew(sessionName, rejected);
    // The shared renewal may have begun without knowing the rejected token.
    return value === rejected ? this.#renew(sessionName, rejected) : value;
  }

  /** Whether the token is not due for renewal. */
  #isYoung({ obtainedAtMs, lifeMs }: HeldToken): boolean {
    return this.#now() - obtainedAtMs < lifeMs * RENEWED_AFTER;
  }

  #find(sessionName: string): Entry | undefined {
    const entry = this.#entries.get(sessionName, noOptions());
    return entry?.sessionName === sessionName ? entry : undefined;
  }

  #renew(sessionName: string, rejected?: string): Promise<string> {
    const running = this.#flights.get(sessionName);
    if (running !== undefined) return running;
    const flight = this.#obtain(sessionName, rejected).finally(() => this.#flights.delete(sessionName));
    this.#flights.set(sessionName, flight);
    return flight;
  }

  async #obtain(sessionName: string, rejected: string | undefined): Promise<string> {
    const exchange = (): Promise<HeldToken> => this.#request(sessionName);
    const isAcceptable = (token: HeldToken): boolean => token.value !== rejected && this.#isYoung(token);
    const token = await (this.#shared?.obtain({ sessionName, rejected, isAcceptable }, exchange) ?? exchange());
    this.#entries.set(sessionName, { ...token, sessionName }, noOptions());
    return token.value;
  }

  /** Several requests share the exchange, so no single client's disconnect may abort it; its own time limit does. */
  async #request(sessionName: string): Promise<HeldToken> {
    const obtainedAtMs = this.#now();
    const token = await this.#exchange({ sessionName, bypassCache: true }, new AbortController().signal);
    if (!token.ok) throw new ApiProblem('no_upstream_token', { detail: token.error.reason, upstream: token.error.upstream });
    const { value, expiresIn } = token.value;
    return { value, lifeMs: expiresIn * 1000, obtainedAtMs };
  }
}
