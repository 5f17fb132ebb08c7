/**
 * `npm run prove`: what the unit tests check some thousand times about the token endpoint, as often as the claims say. Takes many minutes;
 * `npm run prove fuzz` checks one claim. PROVE_SHARE (1) is the share of the full numbers; SEED (1) makes other requests.
 */
import { performance } from 'node:perf_hooks';
import { seededRandom } from '../seeded-random.js';
import { writeResults } from '../results.js';
import { assertions } from './assertions.js';
import type { Claim } from './claim.js';
import { fuzz } from './fuzz.js';
import { sessionNames } from './session-names.js';
import { subjects } from './subjects.js';

const claims: Readonly<Record<string, Claim>> = { subjects, 'session-names': sessionNames, assertions, fuzz };
const [wanted] = process.argv.slice(2);
const share = Number(process.env['PROVE_SHARE'] ?? 1);
const seed = process.env['SEED'] ?? '1';

for (const [name, { claim, times, check }] of Object.entries(claims)) {
  if (wanted !== undefined && wanted !== name) continue;
  const count = Math.ceil(times * share);
  const startedMs = performance.now();
  const details = await check(count, seededRandom(`${seed} ${name}`));
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
  const figures = { node: process.version, claim, times: count, counterexamples: 0, seconds, ...details };
  console.log(figures);
  await writeResults(`prove-${name}`, `PROVE_SHARE=${share} SEED=${seed} npm run prove ${name}`, figures);
}
