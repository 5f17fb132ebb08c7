import { expect, it } from 'vitest';
import { SessionController } from '../../../src/session/session-controller.js';
import { AccessTokenSource } from '../../../src/token/source/access-token-source.js';
import { checkWorld } from '../../support/check-world.js';
import type { WorldKind } from '../../support/isolation-world.js';

/** 10⁵ interleavings in all, about 40 s on one core. A failure prints its seed and the shortest story that shows it. */
it.each<[WorldKind, number]>([
  ['told', 60_000],
  ['silent', 40_000],
])(
  'no visitor ever gets what is another’s, and everybody gets their own, when log-ins are %s: %i interleavings',
  async (kind, numRuns) => {
    const { failed, error } = await checkWorld(kind, { AccessTokenSource, SessionController }, { numRuns });
    expect(failed, error).toBe(false);
  },
  600_000,
);
