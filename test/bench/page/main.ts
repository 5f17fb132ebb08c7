/**
 * `npm run bench`: what a page's visitor feels of the chat, beside an empty page and the raw SDK, in one Chromium, on a processor as it is and
 * on one four times slower. BENCH_RUNS (10) says how often each page is measured. Needs `dist/`.
 */
import { availableParallelism, loadavg } from 'node:os';
import { World } from '../../e2e/support/world.js';
import { writeResults } from '../results.js';
import { goals, ratiosOf } from './goals.js';
import { type Figures, measure, measureToggling } from './measure.js';
import { summary, table } from './report.js';
import { buildSite, type Contender } from './site.js';

const runs = Number(process.env['BENCH_RUNS'] ?? 10);
const contenders: readonly Contender[] = ['empty page', 'ours', 'raw SDK'];
const loadBefore = Number(loadavg()[0]?.toFixed(1));

const world = await World.create();
try {
  await buildSite(world);
  const results = [];
  for (const cpuSlowdown of [1, 4]) {
    const figures: Record<Contender, Figures[]> = { 'empty page': [], ours: [], 'raw SDK': [] };
    for (let run = 0; run < runs; run++) {
      // In turns, so that what else the machine does falls on all of them.
      for (const contender of contenders) figures[contender].push(await measure(world, contender, { cpuSlowdown }));
    }
    if (cpuSlowdown === 1) {
      for (const contender of ['ours', 'raw SDK'] as const) figures[contender].push(await measureToggling(world, contender));
    }
    const rows = summary(figures);
    const ratios = ratiosOf(rows);
    console.log(`\n${table(cpuSlowdown === 1 ? 'processor as it is' : `processor ${cpuSlowdown} × slower`, rows, contenders)}`);
    for (const [name, ratio] of Object.entries(ratios)) console.log(`${name}: ${ratio} × the raw SDK, goal ≤ ${goals[name]?.atMost}`);
    results.push({ cpuSlowdown, rows, ratios });
  }
  const machine = `${availableParallelism()} cores, shared with the host and the stand-in; load average before: ${loadBefore}`;
  await writeResults('page', `BENCH_RUNS=${runs} npm run bench`, { runs, machine, node: process.version, results });
} finally {
  await world.close();
}
