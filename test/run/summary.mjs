// @ts-check
/** The last lines of `npm test`: the failures, how to run only those, and the total. */

/**
 * @typedef {import('./run-suite.mjs').Failure} Failure
 * @typedef {import('./run-suite.mjs').Outcome} Outcome
 * @typedef {import('./suites.mjs').Suite} Suite
 */

/** At least this many lines are visible at the end of a long output. */
const MAX_LINES = 40;
const LINES_PER_FAILURE = 3;
const MAX_MESSAGE_LENGTH = 160;

/**
 * @param {readonly Outcome[]} outcomes
 * @param {number} seconds
 * @returns {readonly string[]}
 */
export function closingLines(outcomes, seconds) {
  const failures = outcomes.flatMap(({ suite, failures }) => failures.map((failure) => ({ suite, failure })));
  const last = [...notRun(outcomes), '', `${seconds.toFixed(0)} s; the output of each suite is in test-results/run/`, total(outcomes)];
  if (failures.length === 0) return last;
  const [first, more] = ['Failed:', '… and more in '];
  const room = Math.floor((MAX_LINES - last.length - [first, more].length) / LINES_PER_FAILURE);
  const others = new Set(failures.slice(room).map(({ suite }) => suite.name));
  return [
    first,
    ...failures.slice(0, room).flatMap(({ suite, failure }) => describe(suite, failure)),
    ...(others.size > 0 ? [more + [...others].join(', ')] : []),
    ...last,
  ];
}

/** @param {readonly Outcome[]} outcomes */
function notRun(outcomes) {
  const reasons = new Set(outcomes.flatMap(({ because }) => because ?? []));
  return [...reasons].map((reason) => {
    const names = outcomes.filter(({ because }) => because === reason).map(({ suite }) => suite.name);
    return `Not run, for want of ${reason}: ${names.join(', ')}`;
  });
}

/** @param {readonly Outcome[]} outcomes */
function total(outcomes) {
  /** @param {'passed' | 'failed' | 'skipped'} key */
  const sum = (key) => outcomes.reduce((count, outcome) => count + outcome[key], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * @param {Suite} suite
 * @param {Failure} failure
 */
function describe(suite, failure) {
  const { file, titles = [], message } = failure;
  const [firstLine = ''] = message.split('\n').filter((line) => line.trim() !== '');
  const title = [suite.name, ...(file === undefined ? [] : [file]), ...titles].join(' › ');
  return [`  ✗ ${title}`, `      ${firstLine.slice(0, MAX_MESSAGE_LENGTH)}`, `      ${command(suite, failure)}`];
}

/**
 * @param {Suite} suite
 * @param {Failure} failure
 */
function command({ project, script, scriptArgs = [] }, { file, titles = [] }) {
  if (project === undefined || file === undefined)
    return ['npm run', script, ...(scriptArgs.length > 0 ? ['--', ...scriptArgs] : [])].join(' ');
  // A path selects the file in whichever project it belongs to. Vitest compares titles joined by spaces.
  const pattern = titles.join(' ').replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return `npx vitest run ${file}${titles.length === 0 ? '' : ` -t ${inQuotes(pattern)}`}`;
}

/** @param {string} text For a shell. */
function inQuotes(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
