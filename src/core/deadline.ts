import type { Timers } from './clock.js';

/** The deadline passed before the work was done. */
export class DeadlineError extends Error {}

export interface DeadlineOptions {
  readonly durationMs: number;
  readonly timers: Timers;
  /** Aborts the work before its deadline. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs `work` with a signal that aborts after `durationMs` or with the given signal. Rejects at that moment even if `work` ignores the
 * signal: with a {@link DeadlineError}, or with the reason of the given signal. Does not start `work` if the given signal is aborted already.
 *
 * Uses its own controller because the token endpoint calls this several times for every token, where `AbortSignal.any` would cost more than
 * everything else.
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

/** Settles like `work`, or rejects with the signal's reason when that aborts, even if nothing in `work` listens to the signal. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stopListening = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    stopListening = () => signal.removeEventListener('abort', stop);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    stopListening();
  }
}
