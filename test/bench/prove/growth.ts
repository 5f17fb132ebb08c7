/** Checks that no text takes more than linear time: each fragment is repeated up to a large size, and the time per byte must not grow. */
import { performance } from 'node:perf_hooks';
import { type Claim, pick } from './claim.js';
import { type Reader, readers } from './growth-readers.js';

/** How much more a byte may cost in a text of the last size than in a shorter one. Quadratic time would cost 64 times more. */
const MAX_GROWTH = 4;
const MAX_FRAGMENT_LENGTH = 12;
/** A measurement above this is repeated, and the best one counts, because other processes use the machine. */
const SUSPICIOUS_GROWTH = 1.5;
const REPETITIONS = 9;

/** Nanoseconds per byte, in the order of the reader's sizes. */
type Costs = readonly number[];

export const growth: Claim = {
  claim: `a byte of a long body, header, cookie, JWT or configuration costs at most ${MAX_GROWTH} times what it costs in a shorter one`,
  times: 10_000,
  check: async (times, random, refute) => {
    const seen = new Map<Reader, Costs[]>(readers.map((reader) => [reader, []]));
    for (let text = 0; text < times; text += 1) {
      const reader = pick(random, readers);
      const pieces = piecesFor(reader, random);
      const costs = await measure(reader, pieces);
      seen.get(reader)?.push(costs);
      if (growthOf(costs) > MAX_GROWTH) refute(`${reader.name}: ${JSON.stringify(pieces)} costs ${costs.join(', ')} ns for each byte`);
    }
    return { readers: readers.map((reader) => summarise(reader, seen.get(reader) ?? [])) };
  },
};

export interface Pieces {
  readonly start: string;
  readonly fragment: string;
  readonly end: string;
}

function piecesFor({ starts, alphabet, ends }: Reader, random: () => number): Pieces {
  const length = 1 + Math.floor(random() * MAX_FRAGMENT_LENGTH);
  const fragment = Array.from({ length }, () => pick(random, alphabet)).join('');
  return { start: pick(random, starts), fragment, end: pick(random, ends) };
}

function textOf({ start, fragment, end }: Pieces, size: number): string {
  return `${start}${fragment.repeat(Math.ceil(size / fragment.length))}`.slice(0, size - end.length) + end;
}

/** From short to long, so that an expensive text is noticed before it takes too long. */
export async function measure(reader: Reader, pieces: Pieces, now = () => performance.now()): Promise<Costs> {
  const costs: number[] = [];
  for (const size of reader.sizes) {
    const text = textOf(pieces, size);
    const costOnce = async (): Promise<number> => {
      const read = reader.prepare(text);
      const startedMs = now();
      await read();
      return ((now() - startedMs) * 1e6) / size;
    };
    let cost = await costOnce();
    for (let again = 1; again < REPETITIONS && growthOf([...costs, cost]) > SUSPICIOUS_GROWTH; again += 1)
      cost = Math.min(cost, await costOnce());
    costs.push(cost);
    if (growthOf(costs) > MAX_GROWTH) break;
  }
  return costs;
}

/** The cost at the last size, divided by the lowest one before. */
export function growthOf(costs: Costs): number {
  const last = costs.at(-1) ?? 0;
  return last / Math.min(last, ...costs.slice(0, -1));
}

function summarise({ name, sizes }: Reader, all: readonly Costs[]): object {
  const medianNsPerByte = sizes.map((_size, index) => rounded(median(all.map((costs) => costs[index] ?? Number.NaN))));
  return { name, strings: all.length, bytes: sizes, medianNsPerByte, worstGrowth: rounded(Math.max(...all.map(growthOf))) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
