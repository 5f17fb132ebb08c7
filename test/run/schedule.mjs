// @ts-check
/** Decides which suite runs when. */

/**
 * @typedef {import('./suites.mjs').Suite} Suite
 * @typedef {import('./run-suite.mjs').Outcome} Outcome
 */

/**
 * Runs the suites in their order, as many at once as there are processors. A failure only prevents the suites that need the failed one.
 * @param {readonly Suite[]} suites
 * @param {object} options
 * @param {number} options.processors
 * @param {(suite: Suite) => Promise<Outcome>} options.run
 * @param {(outcome: Outcome) => void} options.onOutcome
 * @returns {Promise<readonly Outcome[]>} in the order of the suites
 */
export async function runInOrder(suites, { processors, run, onOutcome }) {
  /** @type {Map<string, Outcome>} */
  const outcomes = new Map();
  /** @type {Map<string, Promise<void>>} */
  const running = new Map();
  const waiting = new Set(suites);
  let free = processors;

  /** @param {Outcome} outcome */
  const settle = (outcome) => {
    outcomes.set(outcome.suite.name, outcome);
    onOutcome(outcome);
  };

  /** @param {Suite} suite */
  const start = (suite) => {
    const taken = Math.min(suite.processors, processors);
    free -= taken;
    const ended = run(suite).then((outcome) => {
      free += taken;
      running.delete(suite.name);
      settle(outcome);
    });
    running.set(suite.name, ended);
  };

  do {
    for (const suite of waiting) {
      const failed = suite.needs.find((name) => (outcomes.get(name)?.status ?? 'passed') !== 'passed');
      if (failed !== undefined) settle(notRun(suite, failed));
      else if (!suite.needs.every((name) => outcomes.has(name))) continue;
      // Later suites do not overtake, or a suite that takes all processors would wait until the end.
      else if (Math.min(suite.processors, processors) > free) break;
      else start(suite);
      waiting.delete(suite);
    }
    if (running.size > 0) await Promise.race(running.values());
  } while (running.size > 0 || waiting.size > 0);
  return suites.flatMap(({ name }) => outcomes.get(name) ?? []);
}

/**
 * @param {Suite} suite
 * @param {string} failed
 * @returns {Outcome}
 */
function notRun(suite, failed) {
  return { suite, status: 'not run', because: failed, seconds: 0, passed: 0, failed: 0, skipped: 0, failures: [] };
}
