/**
 * `npm run bench:growth`: main-thread time and memory of a page with a history of 2,000 messages, with twenty chats, and over a day with a
 * hundred renewals with and without a thousand messages. `--part day` runs one of them, `--share 0.1` a smaller version as a quick check.
 * Needs `dist/`.
 */
import { parseArgs } from 'node:util';
import { World } from '../../e2e/support/world.js';
import { writeResults } from '../results.js';
import { growChats } from './chats.js';
import { growDay } from './day.js';
import { growHistory } from './history.js';
import { figures, type Growth, growthFactor, marginalCosts, markdownTable } from './steps.js';

const { values } = parseArgs({ options: { part: { type: 'string', multiple: true }, share: { type: 'string', default: '1' } } });
const share = (count: number): number => Math.ceil(count * Number(values.share));
const shares = (...counts: readonly number[]): readonly number[] => [...new Set(counts.map(share))];

const parts: Readonly<Record<string, (world: World) => Promise<Growth>>> = {
  history: (world) => growHistory(world, shares(20, 200, 1_100, 2_000)),
  chats: (world) => growChats(world, shares(1, 5, 10, 20)),
  day: (world) => growDay(world, { renewals: share(100), questions: share(500) }),
  'quiet day': (world) => growDay(world, { renewals: share(100), questions: 0 }),
};

const world = await World.create();
try {
  const all: Growth[] = [];
  for (const name of values.part ?? Object.keys(parts)) {
    const grow = parts[name];
    if (grow === undefined) throw new Error(`--part is one of ${Object.keys(parts).join(', ')}, not "${name}".`);
    const growth = await grow(world);
    all.push(growth);
    console.log(`\n${markdownTable(growth)}`);
    await world.afterEach();
  }
  const isWhole = values.part === undefined && values.share === '1';
  if (isWhole) await writeResults('growth', 'npm run bench:growth', { node: process.version, growth: all.map(summarize) });
} finally {
  await world.close();
}

function summarize(growth: Growth): object {
  const costs = figures.map((figure) => [figure, { each: marginalCosts(growth, figure), secondHalfByFirst: growthFactor(growth, figure) }]);
  return { ...growth, costs: Object.fromEntries(costs) as object };
}
