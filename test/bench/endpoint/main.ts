/**
 * `npm run bench:endpoint`: the token endpoint over HTTP with the Coze stand-in behind it, so each request signs an assertion and exchanges it.
 * Then three instances with a Redis between them, one of which is killed; this needs a `redis-server`. BENCH_SECONDS (8) changes how long each
 * load lasts.
 */
import { availableParallelism, loadavg } from 'node:os';
import { writeResults } from '../results.js';
import { runCluster } from './cluster.js';
import { report } from './report.js';
import { type Run, run } from './run.js';

const conditions = { warmUpSeconds: 2, seconds: Number(process.env['BENCH_SECONDS'] ?? 8), rateLimit: false, tokenCache: false };

const LOAD_BEFORE = Number(loadavg()[0]?.toFixed(1));
const runs: Run[] = [];
for (const connections of [1, 50]) {
  for (const keyImport of ['once', 'per request'] as const) runs.push(await run(keyImport, connections, conditions));
}
console.log(report(runs));
const cluster = await runCluster({
  instances: 3,
  clients: 20,
  requestsPerClient: 25 * conditions.seconds,
  killedAfter: 0.4,
  requestsPerVisitorAndMinute: 200,
});
console.log(cluster);
const MACHINE = `${availableParallelism()} cores, shared with the load, the stand-in and other work; load average before: ${LOAD_BEFORE}`;
await writeResults('endpoint', `BENCH_SECONDS=${conditions.seconds} npm run bench:endpoint`, {
  conditions,
  machine: MACHINE,
  node: process.version,
  runs,
  cluster,
});
const HAS_FAILED = runs.some(({ requests, failed }) => requests === 0 || failed > 0);
const HAS_MIXED_UP = cluster.wrongSubjects > 0 || cluster.wrongTokens > 0 || cluster.notServed > 0 || cluster.broken === 0;
if (HAS_FAILED || HAS_MIXED_UP) process.exitCode = 1;
