/** How `npm run test:stress` handles a claim, and a text that takes more than linear time. */
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../bench/prove/claim.js';
import { growthOf, measure } from '../../bench/prove/growth.js';
import type { Reader } from '../../bench/prove/growth-readers.js';
import { prove } from '../../bench/prove/prove.js';

async function proved(check: Claim['check'], share = 1) {
  const kept: object[] = [];
  const conditions = { share, random: () => 0.5, keep: async (figures: object) => void kept.push(figures) };
  const verdict = await prove({ claim: 'all is well', times: 10, check }, conditions);
  return { ...verdict, kept };
}

describe('A claim', () => {
  it('A claim that holds is kept with its figures', async () => {
    const { kept, counterexamples } = await proved(async (times) => ({ looked: times }), 0.25);
    expect(kept).toEqual([expect.objectContaining({ claim: 'all is well', times: 3, looked: 3, counterexamples: 0 })]);
    expect(counterexamples).toEqual([]);
  });

  it('A claim that is refuted names its counterexamples, and nothing is kept', async () => {
    const { kept, counterexamples, figures } = await proved(async (times, _random, refute) => {
      for (let time = 0; time < times; time += 1) if (time % 4 === 0) refute(`number ${time}`);
      return { counterexamples: 0 };
    });
    expect(counterexamples).toEqual(['number 0', 'number 4', 'number 8']);
    expect(figures.counterexamples).toBe(3);
    expect(kept).toEqual([]);
  });

  it('A claim that cannot be checked is an error, and so is one that is never checked', async () => {
    await expect(proved(() => Promise.reject(new Error('out of memory')))).rejects.toThrow('out of memory');
    for (const share of [0, Number.NaN]) await expect(proved(async () => ({}), share)).rejects.toThrow(RangeError);
  });
});

describe('Time for a text', () => {
  /** Costs of a reader that takes `nanoseconds(length)`, on a machine that is busy at first. */
  const costsOf = async (nanoseconds: (length: number) => number, isBusy = false) => {
    let nowMs = 0;
    let reads = 0;
    const reader: Reader = {
      name: 'reader',
      sizes: [1024, 8192, 65_536],
      starts: ['<'],
      alphabet: ['ab'],
      ends: ['>'],
      prepare: (text) => () => {
        expect(text).toMatch(/^<(ab)+a?>$/);
        reads += 1;
        nowMs += (nanoseconds(text.length) * (isBusy && reads % 3 !== 0 ? 50 : 1)) / 1e6;
      },
    };
    return measure(reader, { start: '<', fragment: 'ab', end: '>' }, () => nowMs);
  };

  it.each<[string, (length: number) => number]>([
    ['the same', () => 5000],
    ['as much as its length', (length) => 20_000 + 3 * length],
    ['a little more than its length', (length) => length * Math.log2(length)],
  ])('The time per length does not grow when reading costs %s', async (_case, nanoseconds) => {
    const costs = await costsOf(nanoseconds);
    expect(costs).toHaveLength(3);
    expect(growthOf(costs)).toBeLessThan(2);
  });

  it('The time per length grows when reading costs the square of the length, and the longest text is left out', async () => {
    const costs = await costsOf((length) => length ** 2);
    expect(costs).toHaveLength(2);
    expect(growthOf(costs)).toBeCloseTo(8);
  });

  it('A measurement is repeated when the machine was busy', async () => {
    expect(growthOf(await costsOf((length) => 3 * length, true))).toBeLessThanOrEqual(4);
  });
});
