/**
 * `npm run bench:endpoint`: the token endpoint over HTTP with the Coze stand-in behind it, so each request signs an assertion and exchanges
 * it. Then `serve` as built, beside signing and exchange alone. Then three instances of each with a shared Redis, one of which is killed;
 * for `serve`, the Redis as well. This needs a `redis-server` and a build. BENCH_SECONDS (8) changes how long each load lasts.
 */
import { availableParallelism, loadavg } from 'node:os';
import { writeResults } from '../results.js';
import { runCluster } from './cluster.js';
import { ENDPOINT, SERVE } from './instances.js';
import { report, reportServe } from './report.js';
import { type Run, run } from './run.js';
import { runServe } from './serve-runs.js';

const conditions = { warmUpSeconds: 2, seconds: Number(process.env['BENCH_SECONDS'] ?? 8), rateLimit: false, tokenCache: false };

const LOAD_BEFORE = Number(loadavg()[0]?.toFixed(1));
const runs: Run[] = [];
for (const connections of [1, 50]) {
  for (const keyImport of ['once', 'per request'] as const) runs.push(await run(keyImport, connections, conditions));
}
console.log(report(runs));
const serveRuns = await runServe(conditions);
console.log(reportServe(serveRuns));
const CLUSTER = { instances: 3, clients: 20, requestsPerClient: 25 * conditions.seconds, killedAfter: 0.4 };
const cluster = await runCluster(ENDPOINT, { ...CLUSTER, requestsPerVisitorAndMinute: 200 });
console.log(cluster);
// The default rate limit of `serve`.
const serveCluster = await runCluster(SERVE, { ...CLUSTER, redisRestartedAfter: 0.7, requestsPerVisitorAndMinute: 60 });
console.log(serveCluster);
const MACHINE = `${availableParallelism()} cores, shared with the load, the stand-in and other work; load average before: ${LOAD_BEFORE}`;
await writeResults('endpoint', `BENCH_SECONDS=${conditions.seconds} npm run bench:endpoint`, {
  conditions,
  machine: MACHINE,
  node: process.version,
  runs,
  serveRuns,
  cluster,
  serveCluster,
});
const HAS_FAILED = [...runs, ...serveRuns].some(({ requests, failed }) => requests === 0 || failed > 0);
const HAS_MIXED_UP = [cluster, serveCluster].some(
  ({ wrongSubjects, wrongTokens, notServed, broken }) => wrongSubjects > 0 || wrongTokens > 0 || notServed > 0 || broken === 0,
);
if (HAS_FAILED || HAS_MIXED_UP) process.exitCode = 1;
