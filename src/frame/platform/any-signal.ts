/** In place of `AbortSignal.any()`, which Chromium has since 116 and Safari since 17.4. */

export interface FollowingSignal {
  readonly signal: AbortSignal;
  /** For when the operation is over: one of the signals may live much longer, and would keep a listener for each operation that it began. */
  readonly release: () => void;
}

/** Aborts with the first of `signals`, for its reason, until it is released. */
export function anySignal(signals: readonly AbortSignal[]): FollowingSignal {
  const controller = new AbortController();
  const release = (): void => {
    for (const signal of signals) signal.removeEventListener('abort', follow);
  };
  function follow(): void {
    controller.abort(signals.find(({ aborted }) => aborted)?.reason);
    release();
  }
  for (const signal of signals) signal.addEventListener('abort', follow);
  if (signals.some(({ aborted }) => aborted)) follow();
  return { signal: controller.signal, release };
}
