import { setImmediate, setTimeout } from 'node:timers/promises';

/** Waits `ms`; resolves early when `signal` is aborted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** A delay of zero still yields to the event loop, so that earlier writes are sent as a separate chunk. */
export const realWait: Wait = async (ms, signal) => {
  try {
    if (ms > 0) await setTimeout(ms, undefined, { signal });
    else await setImmediate(undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};
