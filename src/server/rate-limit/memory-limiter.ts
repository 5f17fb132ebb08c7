import { LRUCache } from 'lru-cache';
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';
import { ownOptions } from '../../core/values/own-members.js';
import type { RateLimitRule, RequestLimiter } from './request-limiter.js';

/** Above this number the least recently used key is dropped and counts from zero: invented identities must not fill the memory. */
const MAX_KEYS = 10_000;

/** Without these the cache's own default object would inherit members that were added to `Object.prototype`. */
const noOptions = (): object => ownOptions({});

/** Counts in the memory of this process. */
export function memoryLimiter({ requests, perSeconds }: RateLimitRule): RequestLimiter {
  const limiter = new RateLimiterMemory(ownOptions({ points: requests, duration: perSeconds }));
  // The limiter keeps a record and a timer for each key, without a limit of its own.
  const recentKeys = new LRUCache<string, true>(
    ownOptions({ max: MAX_KEYS, dispose: (_value: true, key: string) => void limiter.delete(key) }),
  );
  return {
    consume(key) {
      recentKeys.set(key, true, noOptions());
      return limiter.consume(key);
    },
  };
}
