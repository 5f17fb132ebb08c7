/** Counts requests for one rule: in the host's store, or in this process without a store and while it fails. */
import { systemTimers } from '../../core/clock.js';
import { withDeadline } from '../../core/deadline.js';
import { EndpointWarning, type WarningEvent } from '../reporting/operator-event.js';
import { memoryLimiter } from './memory-limiter.js';
import type { RateLimitRule, RequestLimiter } from './request-limiter.js';

/** A store's client may queue commands while it has no connection; without this limit it would delay every visitor. */
const STORE_TIMEOUT_MS = 500;

/** How long one request may still wait for the store, in all of its counts together. */
export interface StoreTime {
  leftMs: number;
}

export function createStoreTime(): StoreTime {
  return { leftMs: STORE_TIMEOUT_MS };
}

/** Resolves with the milliseconds to wait, or with `undefined` below the limit. */
export type Consume = (key: string, time: StoreTime) => Promise<number | undefined>;

/** Counts in the store; in memory without one and while it fails. */
export function createConsume(rule: RateLimitRule, store: RequestLimiter | undefined, warn: (warning: WarningEvent) => void): Consume {
  const memory = memoryLimiter(rule);
  if (store === undefined) return (key) => consume(memory, key);
  let isStoreDown = false;

  return async function consumeFromStore(key, time) {
    const startedMs = performance.now();
    try {
      const waitMs = await withDeadline(() => consume(store, key), { durationMs: time.leftMs, timers: systemTimers });
      isStoreDown = false;
      return waitMs;
    } catch {
      if (!isStoreDown) warn(STORE_FAILED_WARNING);
      isStoreDown = true;
      return consume(memory, key);
    } finally {
      time.leftMs -= performance.now() - startedMs;
    }
  };
}

async function consume(limiter: RequestLimiter, key: string): Promise<number | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (reason) {
    if (isLimitReached(reason)) return reason.msBeforeNext;
    throw reason;
  }
}

/** A time that no response could name is no time to wait, but a failure of the store. */
function isLimitReached(reason: unknown): reason is { readonly msBeforeNext: number } {
  if (typeof reason !== 'object' || reason === null || !('msBeforeNext' in reason)) return false;
  return typeof reason.msBeforeNext === 'number' && Math.abs(reason.msBeforeNext) <= Number.MAX_SAFE_INTEGER;
}

const STORE_FAILED_WARNING: WarningEvent = {
  type: 'warning',
  code: EndpointWarning.RateLimitStoreFailed,
  message: 'The store that counts requests fails. Until it works again every instance counts in its own memory.',
};
