/**
 * `npm run bench:expiry`: the raw SDK and our chat beside each other in Chromium, with tokens that live for seconds and an endpoint that
 * sometimes fails. BENCH_SECONDS (120) and BENCH_TOKEN_SECONDS (10) change the conditions. Needs `dist/`.
 */
import { availableParallelism } from 'node:os';
import { writeResults } from '../results.js';
import { report } from './report.js';
import { type Conditions, type Run, run } from './run.js';

const conditions: Conditions = {
  SECONDS: Number(process.env['BENCH_SECONDS'] ?? 120),
  TOKEN_SECONDS: Number(process.env['BENCH_TOKEN_SECONDS'] ?? 10),
  faultShare: 0.1,
};

const runs: Run[] = [];
for (const expiredOnChat of ['http-401', 'code-4101'] as const) {
  // At the same time, so that both have the same share of the machine.
  runs.push(...(await Promise.all([run('raw SDK', expiredOnChat, conditions), run('ours', expiredOnChat, conditions)])));
}
console.log(report(runs, conditions));
const { SECONDS: seconds, TOKEN_SECONDS: tokenSeconds } = conditions;
const COMMAND = `BENCH_SECONDS=${seconds} BENCH_TOKEN_SECONDS=${tokenSeconds} npm run bench:expiry`;
await writeResults(`expiry-${tokenSeconds}s`, COMMAND, { conditions, machine: `${availableParallelism()} cores, shared`, runs });
if (runs.some((run) => run.contender === 'ours' && run.failed + run.failedMarks + run.expiredRequests > 0)) process.exitCode = 1;
