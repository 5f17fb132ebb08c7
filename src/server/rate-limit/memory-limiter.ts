import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';
import { RecentKeys } from '../crypto/recent-keys.js';
import type { RateLimitRule, RequestLimiter } from './request-limiter.js';

/** Beyond this the key that has been quiet longest starts afresh: made-up identities must not fill the memory. */
const MAX_KEYS = 10_000;

/** Counts in the memory of this process. */
export function memoryLimiter({ requests, perSeconds }: RateLimitRule): RequestLimiter {
  const limiter = new RateLimiterMemory({ points: requests, duration: perSeconds });
  const recent = new RecentKeys(MAX_KEYS);
  return {
    consume(key) {
      const forgotten = recent.touch(key);
      if (forgotten !== undefined) void limiter.delete(forgotten);
      return limiter.consume(key);
    },
  };
}
