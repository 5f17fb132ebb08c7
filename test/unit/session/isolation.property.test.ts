import { expect, it } from 'vitest';
import { checkScenarios } from '../../support/check-scenarios.js';
import type { LoginKind } from '../../support/isolation-harness.js';

/** 10⁵ interleavings in all, about 25 s of one processor. A failure prints its seed and the shortest scenario that shows it. */
it.each<[LoginKind, number]>([
  ['announced', 60_000],
  ['unannounced', 40_000],
])(
  'No visitor ever gets what is another’s, and every visitor gets their own, when logins are %s: %i interleavings.',
  async (kind, numRuns) => {
    const { failed, error } = await checkScenarios(kind, { numRuns });
    expect(failed, error).toBe(false);
  },
  600_000,
);
