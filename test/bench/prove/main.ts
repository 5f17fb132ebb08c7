/**
 * `npm run test:stress`: repeats what the unit tests check some thousand times about the token endpoint and the gateway, as often as the
 * claims say, then runs the tests of generated cases with all of their cases. Takes many minutes; `npm run test:stress fuzz` checks one
 * claim, `npm run test:stress tests` only runs the tests. STRESS_SHARE (1) is the share of a claim's full number; SEED (1) changes the
 * requests.
 */
import { writeResults } from '../results.js';
import { seededRandom } from '../seeded-random.js';
import { assertions } from './assertions.js';
import type { Claim } from './claim.js';
import { fuzz } from './fuzz.js';
import { gatewayList, gatewayOwnership } from './gateway.js';
import { growth } from './growth.js';
import { paths } from './paths.js';
import { prove } from './prove.js';
import { sessionNames } from './session-names.js';
import { subjects } from './subjects.js';
import { tryAll } from './tests.js';
import { windows } from './windows.js';

const claims: Readonly<Record<string, Claim>> = {
  subjects,
  'session-names': sessionNames,
  assertions,
  fuzz,
  growth,
  windows,
  paths,
  'gateway-ownership': gatewayOwnership,
  'gateway-list': gatewayList,
};
const TESTS = 'tests';
const [, , ONLY] = process.argv;
const SHARE = Number(process.env['STRESS_SHARE'] ?? 1);
const SEED = process.env['SEED'] ?? '1';

for (const name of ONLY === undefined ? Object.keys(claims) : [ONLY].filter((name) => name !== TESTS)) {
  const claim = claims[name];
  if (claim === undefined) throw new Error(`There is no claim "${name}", only ${[...Object.keys(claims), TESTS].join(', ')}.`);
  const { figures, counterexamples } = await prove(claim, {
    share: SHARE,
    random: seededRandom(`${SEED} ${name}`),
    keep: (kept) => writeResults(`prove-${name}`, `STRESS_SHARE=${SHARE} SEED=${SEED} npm run test:stress ${name}`, kept),
  });
  console.log(figures);
  if (counterexamples.length === 0) continue;
  console.error(`${name} is refuted:\n${counterexamples.slice(0, 20).join('\n')}`);
  process.exitCode = 1;
}
if ((ONLY ?? TESTS) === TESTS && !(await tryAll())) process.exitCode = 1;
