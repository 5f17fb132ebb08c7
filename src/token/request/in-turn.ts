/** Sends one request at a time among all pages of an origin. `first-request.ts` says which requests, and why. */
const LOCK_PREFIX = 'coze-chat-embed:first-request:';

export interface TurnOptions {
  /** The lock manager, shared by all pages of the origin; missing without a secure context. */
  readonly locks: Pick<LockManager, 'request'> | undefined;
  /** See `cookieSessionKey`; `undefined` if there is nothing to wait for. */
  readonly sessionKey: string | undefined;
  /** Aborts the wait for the lock, not the request. */
  readonly signal: AbortSignal;
}

/** Calls `send` under the lock. Calls it without the lock after the time-out, or if locks are forbidden (opaque origins), missing or broken. */
export async function inTurn<T>(send: () => Promise<T>, { locks, sessionKey, signal }: TurnOptions): Promise<T> {
  let response: Promise<T> | undefined;
  const request = (): Promise<T> => (response ??= send());
  try {
    if (sessionKey !== undefined) await locks?.request(LOCK_PREFIX + sessionKey, { signal }, request);
  } catch {
    // An error of `send` itself is thrown below.
  }
  return request();
}
