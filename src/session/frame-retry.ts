/** Restarts a failed chat without the visitor's retry: after a delay when Coze limited its rate, or when the network is back. */
import type { Clock, Timers } from '../core/clock.js';
import { ErrorCode, type Problem } from '../core/errors.js';
import { retryDelayMs } from '../token/source/backoff.js';
import { rateLimited } from '../token/token-failure.js';

/** Coze does not say how long to wait; it limits requests per minute and per second. */
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
  /** Whether {@link wake} was called during the running start, which may then fail for a cause that is already gone. */
  #wasWokenDuringStart = false;

  constructor(options: FrameRetryOptions) {
    this.#options = options;
  }

  /** Plans the retry after a failure. Returns the epoch milliseconds of the next attempt, if its time is known. */
  schedule({ code }: Problem, retry: () => void): number | undefined {
    const { clock, timers, random, isOnline } = this.#options;
    const mayBeOver = this.#wasWokenDuringStart && isOnline();
    this.#cancel();
    if (!isOnline()) this.#retryWhenOnline = retry;
    if (code === ErrorCode.RateLimited) {
      const delayMs = retryDelayMs(rateLimited('', RATE_LIMIT_DELAY_MS), ++this.#failuresInARow, random);
      this.#cancelTimer = timers.set(retry, delayMs);
      return clock.now().wallMs + delayMs;
    }
    if (mayBeOver) this.#cancelTimer = timers.set(retry, 0);
    return undefined;
  }

  /**
   * Retries at once if a retry waits for the network. Called when the page became visible, or the network is back.
   *
   * @param isStarting whether a start is running, which may fail for a cause that is already gone
   */
  wake(isStarting: boolean): void {
    if (!this.#options.isOnline()) return;
    this.#wasWokenDuringStart ||= isStarting;
    if (this.#retryWhenOnline === undefined) return;
    const retry = this.#retryWhenOnline;
    this.#cancel();
    retry();
  }

  /** Called when the chat is usable or no longer wanted. */
  reset(): void {
    this.#cancel();
    this.#failuresInARow = 0;
  }

  #cancel(): void {
    this.#cancelTimer();
    this.#wasWokenDuringStart = false;
    this.#retryWhenOnline = undefined;
  }
}
