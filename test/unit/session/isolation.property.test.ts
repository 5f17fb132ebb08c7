import { expect, it } from 'vitest';
import { checkScenarios } from '../../support/check-scenarios.js';
import type { LoginKind } from '../../support/isolation-harness.js';
import { runs } from '../../support/runs.js';

/** A failure prints its seed and the shortest failing scenario. */
it.each<[LoginKind, number]>([
  ['announced', runs(60_000)],
  ['unannounced', runs(40_000)],
])(
  'No visitor gets data of another one, and each gets their own, when logins are %s: %i interleavings',
  async (kind, numRuns) => {
    const { failed, error } = await checkScenarios(kind, { numRuns });
    expect(failed, error).toBe(false);
  },
  600_000,
);
