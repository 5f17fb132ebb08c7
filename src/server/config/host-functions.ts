/**
 * The clock and the randomness that a host has given, checked at each call. What JavaScript makes of a promise, or of too few bytes, would
 * be one id for all new visitors, or a time at which nothing has expired.
 */

/** A function of the host has thrown, or returned something else than it has to. Holds nothing of what that was. */
export class HostFunctionError extends Error {
  /** The function, as a word for the operator's log. */
  readonly word: 'now' | 'random_bytes';

  constructor(word: 'now' | 'random_bytes', message: string) {
    super(message);
    this.word = word;
  }
}

/** @returns `now`, which throws a `HostFunctionError` instead of returning anything but a finite number */
export function checkedClock(now: () => number): () => number {
  return () => {
    const nowMs = call(now);
    if (typeof nowMs === 'number' && Number.isFinite(nowMs)) return nowMs;
    throw new HostFunctionError('now', 'now: must return the time in epoch milliseconds, not a promise of it');
  };
}

/** @returns `randomBytes`, which throws a `HostFunctionError` instead of returning anything but as many bytes as were asked for */
export function checkedRandomBytes(randomBytes: (length: number) => Uint8Array): (length: number) => Uint8Array {
  return (length) => {
    const bytes = call(() => randomBytes(length));
    if (bytes instanceof Uint8Array && bytes.byteLength === length) return bytes;
    throw new HostFunctionError('random_bytes', 'randomBytes: must return a Uint8Array of the given length, not a promise of it');
  };
}

/** For the operator's figures: 0 if the clock fails, which must not end an answer. */
export function durationSince(startedMs: number, now: () => number): number {
  try {
    return now() - startedMs;
  } catch {
    return 0;
  }
}

/** The result, or `undefined` if the function throws. */
function call(hostFunction: () => unknown): unknown {
  try {
    const result = hostFunction();
    // A promise of an async function, whose rejection nobody else handles, would end the process.
    if (typeof result === 'object') void Promise.resolve(result).catch(() => undefined);
    return result;
  } catch {
    return undefined;
  }
}
