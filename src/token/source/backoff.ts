/** When to ask again after a failure. */
import { elapsedMs, type Instant } from '../../core/clock.js';
import type { TokenFailure } from '../token-failure.js';

const FIRST_DELAY_MS = 1_000;
/** Longer waits change the failures only within noise, shorter ones cost a quarter more calls. */
const LONGEST_DELAY_MS = 60_000;
/** An endpoint that answers, but never with a token, needs its author rather than more requests. */
const LONGEST_DELAY_AFTER_INVALID_MS = 300_000;
/** `navigator.onLine` may lie: while it says offline, try now and then all the same. */
const OFFLINE_DELAY_MS = 60_000;

/**
 * Equal jitter: half of the exponential delay for sure, the other half by chance, both after what the endpoint asked for.
 * `failures` in a row, from 1; `random` in [0, 1).
 */
export function retryDelayMs({ kind, retryAfterMs = 0 }: TokenFailure, failures: number, random: () => number): number {
  const longestMs = kind === 'invalid' ? LONGEST_DELAY_AFTER_INVALID_MS : LONGEST_DELAY_MS;
  const ceilingMs = Math.min(FIRST_DELAY_MS * 2 ** (failures - 1), longestMs);
  return retryAfterMs + ceilingMs / 2 + (ceilingMs / 2) * random();
}

/** A retry that waits for its time. */
export class PendingRetry {
  readonly #failedAt: Instant;
  readonly #delayMs: number;
  /** The part of the delay that the endpoint asked for (`Retry-After`), which is never shortened; the rest is our own caution. */
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

  /** Whether the endpoint has asked not to be asked before. */
  forbids(now: Instant): boolean {
    return this.#retryAfterMs > this.ageMs(now);
  }

  /** The same retry, but due `delayMs` after the failure at the latest, or when the endpoint allows it. */
  expedited(delayMs: number): PendingRetry {
    return new PendingRetry(this.#failedAt, Math.min(this.#delayMs, Math.max(delayMs, this.#retryAfterMs)), this.#retryAfterMs);
  }
}
