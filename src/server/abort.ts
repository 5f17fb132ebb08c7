/**
 * Runs `work` with a signal that aborts after `durationMs` or together with `outer`, and rejects then even if `work` does not listen to it.
 * One controller and one listener for each call: this runs several times for every token, and `AbortSignal.any` costs more than all else here.
 */
export async function withDeadline<T>(durationMs: number, work: (signal: AbortSignal) => Promise<T>, outer?: AbortSignal): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => controller.abort(outer?.reason);
  const timer = setTimeout(stop, durationMs);
  outer?.addEventListener('abort', stop);
  if (outer?.aborted === true) stop();
  try {
    return await Promise.race([work(controller.signal), rejectionBy(controller.signal)]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', stop);
  }
}

function rejectionBy(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
