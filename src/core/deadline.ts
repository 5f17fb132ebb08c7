/** The time was up before the work was done. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** What a function of the host, such as `identify`, may take. A session store that hangs must not hold requests for ever. */
export const hostTimeoutMs = 5000;

/**
 * Runs `work` with a signal that aborts after `durationMs` or together with `outer`, and rejects then even if `work` does not listen to it:
 * with a {@link DeadlineError}, or with the reason of `outer`.
 * One controller for each call: this runs several times for every token, and `AbortSignal.any` costs more than all else here.
 */
export async function withDeadline<T>(durationMs: number, work: (signal: AbortSignal) => Promise<T>, outer?: AbortSignal): Promise<T> {
  const controller = new AbortController();
  const follow = (): void => controller.abort(outer?.reason);
  const timer = setTimeout(() => controller.abort(new DeadlineError()), durationMs);
  outer?.addEventListener('abort', follow);
  if (outer?.aborted === true) follow();
  try {
    return await Promise.race([work(controller.signal), rejectionBy(controller.signal)]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', follow);
  }
}

function rejectionBy(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
