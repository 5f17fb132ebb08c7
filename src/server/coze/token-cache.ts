/**
 * Hands the same visitor the same token until half of its life is over. Off by default: what is not kept cannot be handed to the wrong person.
 * Worth it where many page views ask for a token each.
 */
import { type Result, succeed } from '../../core/result.js';
import { RecentKeys } from '../crypto/recent-keys.js';
import type { EndpointError } from '../reporting/endpoint-error.js';
import type { ExchangeToken, TokenExchangeParams } from './exchange.js';
import type { CozeAccessToken } from './exchange-response.js';

export interface TokenCacheSettings {
  /** Everything but the session name that makes a token what it is: app, API, audience, life, scope. */
  readonly scope: readonly unknown[];
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface Entry {
  /** Compared on reading, so that not even a mistake in the key can hand a token to somebody else. */
  readonly sessionName: string;
  readonly token: CozeAccessToken;
  readonly obtainedAtMs: number;
}

const MAX_ENTRIES = 10_000;
/** A token from the cache must leave the element time to work with it. */
const MIN_LIFETIME_SHARE = 0.5;

export function withTokenCache(exchange: ExchangeToken, { scope, now }: TokenCacheSettings): ExchangeToken {
  const entries = new Map<string, Entry>();
  const recent = new RecentKeys(MAX_ENTRIES);
  const inFlight = new Map<string, Promise<Result<CozeAccessToken, EndpointError>>>();

  return async function cachedExchange(order, disconnected) {
    const key = JSON.stringify([scope, order.sessionName]);
    // The old token, and a flight that started before it was found to be bad, are of no use to somebody whose token was refused.
    if (order.bypassCache) return exchangeAndStore(key, order, disconnected);

    const kept = getCached(key, order.sessionName);
    if (kept !== undefined) return succeed(kept);
    return inFlight.get(key) ?? fetchShared(key, order);
  };

  function getCached(key: string, sessionName: string): CozeAccessToken | undefined {
    const entry = entries.get(key);
    if (entry === undefined || entry.sessionName !== sessionName) return undefined;
    const elapsedSeconds = Math.ceil((now() - entry.obtainedAtMs) / 1000);
    const expiresIn = entry.token.expiresIn - elapsedSeconds;
    if (elapsedSeconds < 0 || expiresIn < entry.token.expiresIn * MIN_LIFETIME_SHARE) return undefined;
    evict(recent.touch(key));
    return { ...entry.token, expiresIn };
  }

  /** Several requests share it, so no single client's disconnection may end it; its own time budget does. */
  function fetchShared(key: string, order: TokenExchangeParams): Promise<Result<CozeAccessToken, EndpointError>> {
    const flight = exchangeAndStore(key, order, new AbortController().signal).finally(() => inFlight.delete(key));
    inFlight.set(key, flight);
    return flight;
  }

  async function exchangeAndStore(
    key: string,
    order: TokenExchangeParams,
    signal: AbortSignal,
  ): Promise<Result<CozeAccessToken, EndpointError>> {
    const result = await exchange(order, signal);
    if (!result.ok) return result;
    entries.set(key, { sessionName: order.sessionName, token: result.value, obtainedAtMs: now() });
    evict(recent.touch(key));
    return result;
  }

  function evict(key: string | undefined): void {
    if (key !== undefined) entries.delete(key);
  }
}
