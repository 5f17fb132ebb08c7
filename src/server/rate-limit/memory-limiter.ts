import { LRUCache } from 'lru-cache';
import { noOptions, ownOptions } from '../../core/values/own-members.js';
import type { RateLimitRule, RequestLimiter } from './request-limiter.js';

interface Period {
  requests: number;
  /** Epoch milliseconds. */
  readonly endsAtMs: number;
}

/** Above this number the least recently used key is dropped and counts from zero: invented identities must not fill the memory. */
const MAX_KEYS = 10_000;

/** Counts in the memory of this process. Has no timers, because those are limited to 24 days. */
export function memoryLimiter({ requests, perSeconds }: RateLimitRule): RequestLimiter {
  const periods = new LRUCache<string, Period>(ownOptions({ max: MAX_KEYS }));
  const periodMs = perSeconds * 1000;

  function findPeriod(key: string, nowMs: number): Period | undefined {
    const period = periods.get(key, noOptions());
    const restMs = (period?.endsAtMs ?? nowMs) - nowMs;
    // A clock that was set back must not prolong the period.
    return restMs > 0 && restMs <= periodMs ? period : undefined;
  }

  return {
    async consume(key) {
      const nowMs = Date.now();
      const period = findPeriod(key, nowMs) ?? { requests: 0, endsAtMs: nowMs + periodMs };
      period.requests += 1;
      periods.set(key, period, noOptions());
      if (period.requests > requests) throw Object.assign(new Error('The limit is reached.'), { msBeforeNext: period.endsAtMs - nowMs });
    },
  };
}
