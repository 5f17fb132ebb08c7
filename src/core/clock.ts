/** Time as an argument: two clocks, because either may be wrong, and timers that tests control. */

/** One reading of both clocks. */
export interface Instant {
  /** `Date.now()`: survives sleep, but a visitor or NTP may set it. */
  readonly wallMs: number;
  /** `performance.now()`: never jumps, but may stop while the machine sleeps. */
  readonly monotonicMs: number;
}

export interface Clock {
  now(): Instant;
}

export interface Timers {
  /** Calls `callback` once after `delayMs`; the returned function cancels it. */
  set(callback: () => void, delayMs: number): () => void;
}

export const systemClock: Clock = {
  now: () => ({ wallMs: Date.now(), monotonicMs: performance.now() }),
};

export const systemTimers: Timers = {
  set: (callback, delayMs) => {
    const id = setTimeout(callback, delayMs);
    return () => {
      try {
        clearTimeout(id);
      } catch {
        // A page has replaced it by one that fails. An exception here would end a chain of timers, and the chat would wait for ever.
      }
    };
  },
};

/**
 * Milliseconds since `since`, by the clock that advanced more. A clock that was set back or stood still during sleep cannot make a token
 * look younger than it is; one that was set forward causes one early refresh.
 */
export function elapsedMs(since: Instant, now: Instant): number {
  return Math.max(now.monotonicMs - since.monotonicMs, now.wallMs - since.wallMs, 0);
}

/** Resolves after `delayMs`, or at once when `signal` aborts. */
export function delay(delayMs: number, timers: Timers, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const finish = (): void => {
      cancel();
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = timers.set(finish, delayMs);
    signal?.addEventListener('abort', finish);
  });
}
