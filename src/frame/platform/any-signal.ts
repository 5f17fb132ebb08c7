/** Replaces `AbortSignal.any()`, which Chromium has since 116 and Safari since 17.4. */

export interface FollowingSignal {
  readonly signal: AbortSignal;
  /** Removes the listeners. Must be called after each operation, or a long-lived signal would collect listeners. */
  readonly release: () => void;
}

/** Returns a signal that aborts with the first of `signals`, and with its reason, until it is released. */
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
