/** Replaces `AbortSignal.any()`, which Chromium has since 116 and Safari since 17.4. */

export interface FollowingSignal {
  readonly signal: AbortSignal;
  /** To be called after the operation: a long-lived signal would keep a listener of every operation. */
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
