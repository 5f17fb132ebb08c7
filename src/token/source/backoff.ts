/** Decides when to retry after a failure. */
import { elapsedMs, type Instant } from '../../core/clock.js';
import type { TokenFailure } from '../token-failure.js';

const FIRST_DELAY_MS = 1_000;
/** Measured: a longer delay does not lower the failures beyond noise, a shorter one costs a quarter more requests. */
const LONGEST_DELAY_MS = 60_000;
/** An endpoint that responds, but never with a token, needs a fix by its author rather than more requests. */
const LONGEST_DELAY_AFTER_INVALID_MS = 300_000;
/** `navigator.onLine` may be wrong: even when it says offline, retry at this interval. */
const OFFLINE_DELAY_MS = 60_000;

/**
 * Equal jitter: half of the exponential delay is fixed, the other half random; both are added to `Retry-After`. `failures` counts failures
 * in a row, from 1; `random` is in [0, 1).
 */
export function retryDelayMs({ kind, retryAfterMs = 0 }: TokenFailure, failures: number, random: () => number): number {
  const longestMs = kind === 'invalid' ? LONGEST_DELAY_AFTER_INVALID_MS : LONGEST_DELAY_MS;
  const ceilingMs = Math.min(FIRST_DELAY_MS * 2 ** (failures - 1), longestMs);
  return retryAfterMs + ceilingMs / 2 + (ceilingMs / 2) * random();
}

/** A retry that is scheduled. */
export class PendingRetry {
  readonly #failedAt: Instant;
  readonly #delayMs: number;
  /** The endpoint's `Retry-After`, which is never shortened, unlike the rest of the delay. */
  readonly #retryAfterMs: number;

  constructor(failedAt: Instant, delayMs: number, retryAfterMs = 0) {
    this.#failedAt = failedAt;
    this.#delayMs = delayMs;
    this.#retryAfterMs = retryAfterMs;
  }

  ageMs(now: Instant): number {
    return elapsedMs(this.#failedAt, now);
  }

  /** Milliseconds until the retry; zero or less means now. */
  dueInMs(now: Instant, isOnline: boolean): number {
    return Math.max(this.#delayMs, isOnline ? 0 : OFFLINE_DELAY_MS) - this.ageMs(now);
  }

  /** Whether `Retry-After` forbids a request now. */
  forbids(now: Instant): boolean {
    return this.#retryAfterMs > this.ageMs(now);
  }

  /** Returns the same retry, due at the latest `delayMs` after the failure, but not before the end of `Retry-After`. */
  expedited(delayMs: number): PendingRetry {
    return new PendingRetry(this.#failedAt, Math.min(this.#delayMs, Math.max(delayMs, this.#retryAfterMs)), this.#retryAfterMs);
  }
}
