/** Checks in three windows of one browser that nothing is sent or shown for a visitor beyond the documented bounds. */
import { BOUNDS, checkWindows } from '../../support/check-windows.js';
import type { Claim } from './claim.js';

export const windows: Claim = {
  claim: `in three windows with two visitors who come and go nothing is sent for a visitor last proven more than ${BOUNDS.sentMs} ms ago while the endpoint responds, and nobody is shown another's chat for longer than ${BOUNDS.shownMs} ms after they came, or ${BOUNDS.shownAfterMessageMs} ms after another tab says so`,
  times: 100_000,
  check: async (times, random, refute) => {
    const { failed, error, steps } = await checkWindows({ leastSteps: times, seed: Math.floor(random() * 2 ** 31) });
    if (failed) refute(error);
    return { steps };
  },
};
