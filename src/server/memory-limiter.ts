import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js';
import type { RateLimitRule, RequestLimiter } from './rate-limit.js';

/** Beyond this the key that has been quiet longest starts afresh: made-up identities must not fill the memory. */
const maxKeys = 10_000;

/** Counts in the memory of this process. */
export function memoryLimiter({ requests, perSeconds }: RateLimitRule): RequestLimiter {
  const limiter = new RateLimiterMemory({ points: requests, duration: perSeconds });
  /** In the order of their last request. */
  const keys = new Set<string>();
  return {
    consume(key) {
      keys.delete(key);
      keys.add(key);
      if (keys.size > maxKeys) forgetOldest();
      return limiter.consume(key);
    },
  };

  function forgetOldest(): void {
    for (const oldest of keys) {
      keys.delete(oldest);
      void limiter.delete(oldest);
      return;
    }
  }
}
