/** M3: whose chat is shown, for three windows and two visitors who come and go. `npm run test:stress windows` takes 10^5 steps. */
import { expect, it } from 'vitest';
import { AuthSync } from '../../../src/session/auth-sync.js';
import { AccessTokenSource } from '../../../src/token/source/access-token-source.js';
import { BOUNDS, checkWindows } from '../../support/check-windows.js';
import type { Bounds, WindowCollaborators } from '../../support/isolation-windows.js';
import { runs } from '../../support/runs.js';

const STEPS = runs(100_000);
it(
  `No message is sent and no chat is shown to another visitor beyond the bounds, in ${STEPS} steps in three windows`,
  { timeout: 120_000 },
  async () => {
    const { failed, error, steps } = await checkWindows({ leastSteps: STEPS });
    expect(failed, error).toBe(false);
    expect(steps).toBeGreaterThanOrEqual(STEPS);
  },
);

const tighter: readonly Partial<Bounds>[] = [
  { sentMs: BOUNDS.sentMs - 1_000 },
  { sentInOutageMs: 60_000 },
  { shownMs: BOUNDS.shownMs - 5_000 },
  { shownAfterMessageMs: BOUNDS.shownAfterMessageMs - 100 },
  { shownInOutageMs: [BOUNDS.shownInOutageMs[0] / 2, BOUNDS.shownInOutageMs[1]] },
];
it.each(tighter)('The bounds are not wider than necessary: %o is too little', { timeout: 120_000 }, async (bounds) => {
  expect(await checkWindows({ leastSteps: 40_000, seed: 1, bounds, endOnFailure: true })).toMatchObject({ failed: true });
});

const faults: Readonly<Record<string, Partial<WindowCollaborators>>> = {
  'the backend is not asked when the window gets the focus': {
    createSource: (options) =>
      new (class extends AccessTokenSource {
        override revalidateSubject(): void {}
      })(options),
  },
  'a proof never expires': {
    createSource: (options) =>
      new (class extends AccessTokenSource {
        override get isProven(): boolean {
          return true;
        }
      })(options),
  },
  'a message is sent although the window had lost the focus': {
    createSource: (options) => {
      const source = new AccessTokenSource(options);
      Object.defineProperty(source.proof, 'isUndisturbed', { value: true });
      return source;
    },
  },
  'messages of other tabs are not heard': {
    createSync: (options) =>
      new (class extends AuthSync {
        override handleMessage(): void {}
      })(options),
  },
  'silence after a message is not noticed': {
    createSync: (options) => new AuthSync({ ...options, timers: { set: () => () => {} } }),
  },
};
it.each(Object.entries(faults))('A bound is exceeded with this fault: %s', { timeout: 120_000 }, async (_, inject) => {
  expect(await checkWindows({ leastSteps: 20_000, seed: 1, inject, endOnFailure: true })).toMatchObject({ failed: true });
});
