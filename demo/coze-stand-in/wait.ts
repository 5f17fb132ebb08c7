import { setImmediate, setTimeout } from 'node:timers/promises';

/** Waits `ms`; settles early, without an error, when `signal` is aborted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** Zero still yields to the event loop, so that what was written before goes out in a chunk of its own. */
export const realWait: Wait = async (ms, signal) => {
  try {
    if (ms > 0) await setTimeout(ms, undefined, { signal });
    else await setImmediate(undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};
