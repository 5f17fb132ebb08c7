/**
 * Hands the same visitor the same token until half of its life is over. Off by default: what is not kept cannot be handed to the wrong person.
 * Worth it where many page views ask for a token each.
 */
import { succeed, type Result } from '../../core/result.js';
import type { AccessToken } from './exchange-response.js';
import type { Exchange, ExchangeOrder } from './exchange.js';
import { RecentKeys } from '../crypto/recent-keys.js';
import type { Refusal } from '../reporting/refusal.js';

export interface TokenCacheSettings {
  /** Everything but the session name that makes a token what it is: app, API, audience, life, scope. */
  readonly scope: readonly unknown[];
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface Entry {
  /** Compared on reading, so that not even a mistake in the key can hand a token to somebody else. */
  readonly sessionName: string;
  readonly token: AccessToken;
  readonly obtainedAtMs: number;
}

const maxEntries = 10_000;
/** A token from the cache must leave the element time to work with it. */
const minLifeLeft = 0.5;

export function withTokenCache(exchange: Exchange, { scope, now }: TokenCacheSettings): Exchange {
  const entries = new Map<string, Entry>();
  const recent = new RecentKeys(maxEntries);
  const inFlight = new Map<string, Promise<Result<AccessToken, Refusal>>>();

  return async function cachedExchange(order, disconnected) {
    const key = JSON.stringify([scope, order.sessionName]);
    // The old token, and a flight that started before it was found to be bad, are of no use to somebody whose token was refused.
    if (order.mustBeFresh) return exchangeAndKeep(key, order, disconnected);

    const kept = recall(key, order.sessionName);
    if (kept !== undefined) return succeed(kept);
    return inFlight.get(key) ?? startFlight(key, order);
  };

  function recall(key: string, sessionName: string): AccessToken | undefined {
    const entry = entries.get(key);
    if (entry === undefined || entry.sessionName !== sessionName) return undefined;
    const elapsedSeconds = Math.ceil((now() - entry.obtainedAtMs) / 1000);
    const expiresIn = entry.token.expiresIn - elapsedSeconds;
    if (elapsedSeconds < 0 || expiresIn < entry.token.expiresIn * minLifeLeft) return undefined;
    forget(recent.touch(key));
    return { ...entry.token, expiresIn };
  }

  /** Several requests share it, so no single client's disconnection may end it; its own time budget does. */
  function startFlight(key: string, order: ExchangeOrder): Promise<Result<AccessToken, Refusal>> {
    const flight = exchangeAndKeep(key, order, new AbortController().signal).finally(() => inFlight.delete(key));
    inFlight.set(key, flight);
    return flight;
  }

  async function exchangeAndKeep(key: string, order: ExchangeOrder, signal: AbortSignal): Promise<Result<AccessToken, Refusal>> {
    const result = await exchange(order, signal);
    if (!result.ok) return result;
    entries.set(key, { sessionName: order.sessionName, token: result.value, obtainedAtMs: now() });
    forget(recent.touch(key));
    return result;
  }

  function forget(key: string | undefined): void {
    if (key !== undefined) entries.delete(key);
  }
}
