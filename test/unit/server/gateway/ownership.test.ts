/** The gateway's promise, in some thousand cases; `npm run test:stress gateway-ownership` runs 10^5. */
import { expect, it } from 'vitest';
import { seededRandom } from '../../../bench/seeded-random.js';
import { checkOwnership } from '../../../support/gateway-ownership.js';

it.each(['coze', 'studio'] as const)(
  'A visitor who tries the ids of another gets no data of theirs, in front of the API %s with faults',
  async (api) => {
    const counterexamples: string[] = [];
    const refute = (counterexample: string) => void counterexamples.push(counterexample);
    const figures = await checkOwnership({ api, times: 1500, random: seededRandom(`gateway ${api}`), refute });
    expect(counterexamples.slice(0, 5)).toEqual([]);
    expect(figures.withForeignIds).toBeGreaterThan(400);
    expect(figures.faults).toBeGreaterThan(20);
    expect(figures.answered).toBeGreaterThan(300);
  },
  120_000,
);
