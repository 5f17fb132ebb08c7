/**
 * Returns the same token to the same visitor until half of its lifetime is over. Off by default: a token that is not kept cannot be given
 * to the wrong visitor. Worthwhile where many page views request a token each.
 */
import { LRUCache } from 'lru-cache';
import { type Result, succeed } from '../../core/result.js';
import { noOptions, ownOptions } from '../../core/values/own-members.js';
import type { EndpointError } from '../reporting/endpoint-error.js';
import type { ExchangeToken, TokenExchangeParams } from './exchange.js';
import type { CozeAccessToken } from './exchange-response.js';

export interface TokenCacheOptions {
  /** Everything but the session name on which a token depends: app, API, audience, lifetime, scope. */
  readonly scope: readonly unknown[];
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface Entry {
  /** Compared on reading, so that even equal cache keys could not give one visitor the token of another. */
  readonly sessionName: string;
  readonly token: CozeAccessToken;
  readonly obtainedAtMs: number;
}

const MAX_ENTRIES = 10_000;
/** A cached token must be valid long enough for the element. */
const MIN_LIFETIME_SHARE = 0.5;

export function withTokenCache(exchange: ExchangeToken, { scope, now }: TokenCacheOptions): ExchangeToken {
  const entries = new LRUCache<string, Entry>(ownOptions({ max: MAX_ENTRIES }));
  const inFlight = new Map<string, Promise<Result<CozeAccessToken, EndpointError>>>();

  return async function cachedExchange(params, disconnected) {
    const key = JSON.stringify([scope, params.sessionName]);
    // A running exchange began before the caller's token was rejected, so it is not shared either.
    if (params.bypassCache) return exchangeAndStore(key, params, disconnected);

    const cached = getCached(key, params.sessionName);
    if (cached !== undefined) return succeed(cached);
    return inFlight.get(key) ?? fetchShared(key, params);
  };

  /** Checks the age itself, since a clock that was set back must not prolong the cache's time to live. */
  function getCached(key: string, sessionName: string): CozeAccessToken | undefined {
    const entry = entries.get(key, noOptions());
    if (entry === undefined || entry.sessionName !== sessionName) return undefined;
    const elapsedSeconds = Math.ceil((now() - entry.obtainedAtMs) / 1000);
    const expiresIn = entry.token.expiresIn - elapsedSeconds;
    if (elapsedSeconds < 0 || expiresIn < entry.token.expiresIn * MIN_LIFETIME_SHARE) return undefined;
    return { ...entry.token, expiresIn };
  }

  /** Several requests share the exchange, so no single client's disconnect may abort it; its own time limit does. */
  function fetchShared(key: string, params: TokenExchangeParams): Promise<Result<CozeAccessToken, EndpointError>> {
    const flight = exchangeAndStore(key, params, new AbortController().signal).finally(() => inFlight.delete(key));
    inFlight.set(key, flight);
    return flight;
  }

  async function exchangeAndStore(
    key: string,
    params: TokenExchangeParams,
    signal: AbortSignal,
  ): Promise<Result<CozeAccessToken, EndpointError>> {
    const result = await exchange(params, signal);
    if (result.ok) entries.set(key, { sessionName: params.sessionName, token: result.value, obtainedAtMs: now() }, noOptions());
    return result;
  }
}
