/** Deadlines, also for work that ignores its `AbortSignal`. */

/** Runs `work` with a signal that aborts after `durationMs` or with `outer`; rejects then even if `work` does not. */
export async function withDeadline<T>(durationMs: number, work: (signal: AbortSignal) => Promise<T>, outer?: AbortSignal): Promise<T> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException('The deadline has passed.', 'TimeoutError')), durationMs);
  try {
    const signal = AbortSignal.any([deadline.signal, ...(outer === undefined ? [] : [outer])]);
    return await settleOrAbort(work(signal), signal);
  } finally {
    clearTimeout(timer);
  }
}

async function settleOrAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const listening = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { signal: listening.signal });
  });
  return Promise.race([work, aborted]).finally(() => listening.abort());
}
