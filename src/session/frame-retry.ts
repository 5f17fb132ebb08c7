/** When a chat that failed is begun again without being asked: after a while where Coze had too much to do, with the network where that was gone. */
import type { Clock, Timers } from '../core/clock.js';
import { ErrorCode, type Problem } from '../core/errors.js';
import { retryDelayMs } from '../token/source/backoff.js';
import { rateLimited } from '../token/token-failure.js';

/** Coze does not say how long to wait; its limits are by the minute and by the second. */
const RATE_LIMIT_DELAY_MS = 10_000;

export interface FrameRetryOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** In [0, 1). */
  readonly random: () => number;
  readonly isOnline: () => boolean;
}

export class FrameRetry {
  readonly #options: FrameRetryOptions;
  #failuresInARow = 0;
  #cancelTimer = (): void => {};
  #retryWhenOnline: (() => void) | undefined;

  constructor(options: FrameRetryOptions) {
    this.#options = options;
  }

  /** After a failure. Epoch milliseconds of the next attempt, where it has a time. */
  schedule({ code }: Problem, retry: () => void): number | undefined {
    const { clock, timers, random, isOnline } = this.#options;
    this.#cancel();
    if (!isOnline()) this.#retryWhenOnline = retry;
    if (code !== ErrorCode.RateLimited) return undefined;
    const delayMs = retryDelayMs(rateLimited('', RATE_LIMIT_DELAY_MS), ++this.#failuresInARow, random);
    this.#cancelTimer = timers.set(retry, delayMs);
    return clock.now().wallMs + delayMs;
  }

  /** The page is looked at again, or the network is back. */
  wake(): void {
    if (this.#retryWhenOnline === undefined || !this.#options.isOnline()) return;
    const retry = this.#retryWhenOnline;
    this.#cancel();
    retry();
  }

  /** The chat can be used, or is no longer wanted. */
  reset(): void {
    this.#cancel();
    this.#failuresInARow = 0;
  }

  #cancel(): void {
    this.#cancelTimer();
    this.#retryWhenOnline = undefined;
  }
}
