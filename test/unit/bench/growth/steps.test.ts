import { describe, expect, test } from 'vitest';
import { type Growth, growthFactor, marginalCosts, markdownTable, type Step } from '../../../bench/growth/steps.js';

const growing = (heapMbAt: (count: number) => number): Growth => ({
  name: 'A history',
  unit: 'messages',
  steps: [20, 200, 1100, 2000].map((count): Step => ({
    count,
    heapMb: heapMbAt(count),
    nodes: 10 * count,
    listeners: 50,
    busyMs: 2 * count,
  })),
});

describe('Growth', () => {
  test('The cost of each further item is the difference of two steps, divided by their number', () => {
    expect(
      marginalCosts(
        growing((count) => 3 + count / 100),
        'nodes',
      ),
    ).toEqual([10, 10, 10]);
  });

  test('A linear cost is the same in both halves, whatever the page had before', () => {
    expect(
      growthFactor(
        growing((count) => 3 + count / 100),
        'heapMb',
      ),
    ).toBeCloseTo(1);
  });

  test('A quadratic cost is higher in the second half', () => {
    expect(
      growthFactor(
        growing((count) => count * count),
        'heapMb',
      ),
    ).toBeGreaterThan(2);
  });

  test.each([0, 1, 2])('A growth of %i steps has no halves to compare', (count) => {
    const { steps, ...growth } = growing((items) => items);
    expect(growthFactor({ ...growth, steps: steps.slice(0, count) }, 'heapMb')).toBeNaN();
  });

  test('A growth of three steps has halves to compare', () => {
    const { steps, ...growth } = growing((items) => items);
    expect(growthFactor({ ...growth, steps: steps.slice(0, 3) }, 'heapMb')).toBeCloseTo(1);
  });

  test('The table has a row for each step, the last cost of each further item, and the ratio of the halves', () => {
    const lines = markdownTable(growing((count) => 3 + count / 100)).split('\n');
    expect(lines[0]).toBe('### A history');
    expect(lines).toContain('| 200 | 5.0 | 2000 | 50 | 0.40 |');
    expect(lines).toContain('| each more, at last | 10.0 kB | 10.0 | 0.0 | 2.0 ms |');
    expect(lines.at(-1)).toMatch(/^\| second half by first \| 1\.00 × \| 1\.00 × \| — \| 1\.00 × \|$/);
  });
});
