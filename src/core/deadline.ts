import type { Timers } from './clock.js';

/** The time was up before the work was done. */
export class DeadlineError extends Error {}

export interface DeadlineOptions {
  readonly durationMs: number;
  readonly timers: Timers;
  /** Ends the work before its time. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs `work` with a signal that aborts after `durationMs` or together with the given one, and rejects then even if `work` does not listen to it:
 * with a {@link DeadlineError}, or with the reason of the given signal. When that one has aborted already, `work` does not start.
 *
 * It has a controller of its own because the token endpoint calls it several times for every token, where `AbortSignal.any` would cost more
 * than all else.
 */
export async function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { durationMs, timers, signal: outer }: DeadlineOptions,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const { signal } = controller;
  const follow = (): void => controller.abort(outer?.reason);
  const cancelTimer = timers.set(() => controller.abort(new DeadlineError()), durationMs);
  outer?.addEventListener('abort', follow);
  const aborted = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  try {
    return await Promise.race([work(signal), aborted]);
  } finally {
    cancelTimer();
    outer?.removeEventListener('abort', follow);
  }
}
