/** The cost of a page as something on it grows, step by step, and whether each further item costs more than the previous one. */

export interface Step {
  /** The number of messages, chats or renewals. */
  readonly count: number;
  /** The heap's size at this step. */
  readonly heapMb: number;
  readonly nodes: number;
  readonly listeners: number;
  /** Busy time of the main thread since the beginning. */
  readonly busyMs: number;
}

export interface Growth {
  readonly name: string;
  /** The unit of `count`, in the plural. */
  readonly unit: string;
  readonly steps: readonly Step[];
}

export const figures = ['heapMb', 'nodes', 'listeners', 'busyMs'] as const;

type Figure = (typeof figures)[number];

/** The cost of one more item, between each step and the previous one. */
export function marginalCosts({ steps }: Growth, figure: Figure): readonly number[] {
  return steps.slice(1).map((step, index) => {
    const before = steps[index];
    return before === undefined ? NaN : (step[figure] - before[figure]) / (step.count - before.count);
  });
}

/**
 * The cost of one more item in the second half of the steps, divided by that in the first half. 1 means linear growth, 2 or more quadratic
 * growth.
 */
export function growthFactor({ steps }: Growth, figure: Figure): number {
  const [first, middle, last] = [steps[0], steps[Math.floor(steps.length / 2)], steps.at(-1)];
  if (first === undefined || middle === undefined || last === undefined || middle === last) return NaN;
  const slope = (from: Step, to: Step): number => (to[figure] - from[figure]) / (to.count - from.count);
  return slope(middle, last) / slope(first, middle);
}

export function markdownTable(growth: Growth): string {
  const { name, unit, steps } = growth;
  const rows = [
    [unit, 'heap, MB', 'nodes', 'listeners', 'main thread busy, s'],
    ...steps.map(({ count, heapMb, nodes, listeners, busyMs }) => [
      count.toString(),
      heapMb.toFixed(1),
      nodes.toString(),
      listeners.toString(),
      (busyMs / 1000).toFixed(2),
    ]),
    ['each more, at last', ...figures.map((figure) => costText(figure, marginalCosts(growth, figure).at(-1) ?? NaN))],
    ['second half by first', ...figures.map((figure) => factorText(growthFactor(growth, figure)))],
  ];
  const [head = [], ...body] = rows.map((row) => `| ${row.join(' | ')} |`);
  return [`### ${name}`, '', head, '| --- | --- | --- | --- | --- |', ...body].join('\n');
}

/** There is no factor if nothing has grown. */
const factorText = (factor: number): string => (Number.isFinite(factor) ? `${factor.toFixed(2)} ×` : '—');

const costText = (figure: Figure, cost: number): string =>
  ({
    heapMb: () => `${(cost * 1000).toFixed(1)} kB`,
    nodes: () => cost.toFixed(1),
    listeners: () => cost.toFixed(1),
    busyMs: () => `${cost.toFixed(1)} ms`,
  })[figure]();
