/** One request at a time among all pages of an origin: `first-request.ts` says which, and why. */
const LOCK_PREFIX = 'coze-chat-embed:first-request:';

export interface TurnOptions {
  /** Absent from pages that are not secure. */
  readonly locks: Pick<LockManager, 'request'> | undefined;
  /** See `cookieSessionKey`; `undefined`: it is nobody else's turn. */
  readonly sessionKey: string | undefined;
  /** Ends the waiting, not the request. */
  readonly signal: AbortSignal;
}

/** Calls `send` when it is its turn, or when there is none: not in time, not allowed (opaque origins), or not there as it should be. */
export async function inTurn<T>(send: () => Promise<T>, { locks, sessionKey, signal }: TurnOptions): Promise<T> {
  let response: Promise<T> | undefined;
  const request = (): Promise<T> => (response ??= send());
  try {
    if (sessionKey !== undefined) await locks?.request(LOCK_PREFIX + sessionKey, { signal }, request);
  } catch {
    // What the request itself has thrown, it throws below.
  }
  return request();
}
