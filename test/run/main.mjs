// @ts-check
/**
 * `npm test`: all checks, in parallel as far as possible. `npm test -- unit e2e` runs only these suites, and those that they need. Plain
 * JavaScript without dependencies, because its first step installs them.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createProgress } from './progress.mjs';
import { runSuite } from './run-suite.mjs';
import { runInOrder } from './schedule.mjs';
import { selectSuites } from './suites.mjs';
import { closingLines } from './summary.mjs';

/** At most two suites at once: each starts programs of its own, and some measure time. */
const MAX_PROCESSORS = 2;

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'test-results/run');

process.exitCode = await main(process.argv.slice(2));

/**
 * @param {readonly string[]} names
 * @returns {Promise<number>} exit code
 */
async function main(names) {
  /** @type {ReturnType<typeof selectSuites>} */
  let suites;
  try {
    suites = selectSuites(names);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
  rmSync(folder, { recursive: true, force: true });
  const signal = abortOnSignal();
  const progress = createProgress(
    process.stdout,
    suites.map(({ name }) => name),
  );
  const startedMs = performance.now();
  const outcomes = await runInOrder(suites, {
    processors: Math.min(availableParallelism(), MAX_PROCESSORS),
    run(suite) {
      progress.begin(suite.name);
      return runSuite(suite, { root, folder, signal });
    },
    onOutcome: progress.end,
  });
  progress.stop();
  const seconds = (performance.now() - startedMs) / 1000;
  writeFileSync(join(folder, 'summary.json'), `${JSON.stringify({ seconds, outcomes }, null, 2)}\n`);
  console.log(closingLines(outcomes, seconds).join('\n'));
  return outcomes.every(({ status }) => status === 'passed') ? 0 : 1;
}

/** On a signal, ends the processes that were started. */
function abortOnSignal() {
  const controller = new AbortController();
  for (const [name, number] of Object.entries({ SIGINT: 2, SIGTERM: 15 })) {
    process.once(name, () => {
      controller.abort();
      process.exit(128 + number);
    });
  }
  return controller.signal;
}
