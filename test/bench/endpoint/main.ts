/**
 * `npm run bench:endpoint`: the token endpoint over HTTP with the Coze stand-in behind it, so each request signs an assertion and exchanges it.
 * BENCH_SECONDS (8) changes how long each load lasts.
 */
import { availableParallelism, loadavg } from 'node:os';
import { writeResults } from '../results.js';
import { report } from './report.js';
import { run, type Run } from './run.js';

const conditions = { warmUpSeconds: 2, seconds: Number(process.env['BENCH_SECONDS'] ?? 8), rateLimit: false, tokenCache: false };

const loadBefore = Number(loadavg()[0]?.toFixed(1));
const runs: Run[] = [];
for (const connections of [1, 50]) {
  for (const keyImport of ['once', 'per request'] as const) runs.push(await run(keyImport, connections, conditions));
}
console.log(report(runs));
const machine = `${availableParallelism()} cores, shared with the load, the stand-in and other work; load average before: ${loadBefore}`;
await writeResults('endpoint', `BENCH_SECONDS=${conditions.seconds} npm run bench:endpoint`, {
  conditions,
  machine,
  node: process.version,
  runs,
});
if (runs.some(({ requests, failed }) => requests === 0 || failed > 0)) process.exitCode = 1;
