/**
 * `npm run bench`: the visitor's experience of the chat, compared with an empty page, the raw SDK and other widgets on npm (which it
 * downloads), in one Chromium, on this machine's processor and on one four times slower. BENCH_RUNS (10) is how often each page is
 * measured. Needs `dist/`.
 */
import { availableParallelism, loadavg } from 'node:os';
import { World } from '../../e2e/support/world.js';
import { writeResults } from '../results.js';
import { type Contender, emptyPage } from './contender.js';
import { goals, ratiosOf } from './goals.js';
import { type Figures, measure, measureToggling } from './measure.js';
import { ours, oursEager } from './ours.js';
import { peers } from './peers.js';
import { rawSdk } from './raw-sdk.js';
import { summary, table } from './report.js';
import { buildSite } from './site.js';

const RUNS = Number(process.env['BENCH_RUNS'] ?? 10);
const contenders: readonly Contender[] = [emptyPage, ours, oursEager, rawSdk, ...peers];
const names = contenders.map(({ name }) => name);
const LOAD_BEFORE = Number(loadavg()[0]?.toFixed(1));

const world = await World.create();
try {
  await buildSite(world.host, { apiBaseUrl: world.coze.origin, botId: world.coze.botId }, contenders);
  const results = [];
  for (const cpuSlowdown of [1, 4]) {
    const figures = new Map<string, Figures[]>(names.map((name) => [name, []]));
    for (let run = 0; run < RUNS; run++) {
      // Interleaved, so that other load on the machine affects all contenders alike.
      for (const contender of contenders) figures.get(contender.name)?.push(await measure(world, contender, { cpuSlowdown }));
    }
    if (cpuSlowdown === 1) {
      for (const contender of [ours, rawSdk]) figures.get(contender.name)?.push(await measureToggling(world, contender));
    }
    const rows = summary(figures);
    const ratios = ratiosOf(rows);
    console.log(`\n${table(cpuSlowdown === 1 ? 'processor as it is' : `processor ${cpuSlowdown} × slower`, rows, names)}`);
    for (const [name, ratio] of Object.entries(ratios)) console.log(`${name}: ${ratio} × the raw SDK, goal ≤ ${goals[name]?.atMost}`);
    results.push({ cpuSlowdown, rows, ratios });
  }
  const machine = `${availableParallelism()} cores, shared with the host and the stand-in; load average before: ${LOAD_BEFORE}`;
  await writeResults('page', `BENCH_RUNS=${RUNS} npm run bench`, { runs: RUNS, machine, node: process.version, results });
} finally {
  await world.close();
}
