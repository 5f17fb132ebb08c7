// @ts-check
/** The output of `npm run test:repeat` for each run. */

/**
 * @typedef {import('./run-suite.mjs').Outcome} Outcome
 */

export const TABLE_HEAD = 'run  seconds  exit  red';

/** Aligned with the column of failures. */
const INDENT = ' '.repeat(20);

/**
 * A run, with a line for each suite, file or test that failed.
 * @param {object} run
 * @param {number} run.number
 * @param {number} run.seconds
 * @param {number | null} run.exitCode `null` if a signal ended the run.
 * @param {readonly Outcome[] | undefined} run.outcomes `undefined` if the run was not completed.
 */
export function row({ number, seconds, exitCode, outcomes }) {
  const cells = [String(number).padStart(3), seconds.toFixed(0).padStart(7), String(exitCode ?? '–').padStart(4)];
  const red = outcomes === undefined ? ['it has not come to its end'] : outcomes.flatMap(redIn);
  return `${cells.join('  ')}  ${red.length === 0 ? '–' : red.join(`\n${INDENT}`)}`;
}

/** @param {Outcome} outcome */
function redIn({ suite, status, failures }) {
  if (status === 'not run') return [`${suite.name}: not run`];
  return failures.map(({ file, titles = [] }) => [suite.name, ...(file === undefined ? [] : [file]), ...titles].join(' › '));
}
