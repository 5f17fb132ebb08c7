// @ts-check
/** The suites of `npm test`. */

/**
 * @typedef {object} Suite
 * @property {string} name As in `npm test -- unit`.
 * @property {string} script The npm script that runs the suite.
 * @property {readonly string[]} [scriptArgs]
 * @property {readonly string[]} needs Names of the suites that have to pass first.
 * @property {number} processors How many processors it keeps busy; 0 for a suite that mostly waits, and runs beside all others.
 * @property {string} [project] The Vitest project, whose report has more details than the exit code.
 */

/** @param {string} name */
const check = (name) => ({ name: `check:${name}`, script: `check:${name}`, processors: 1 });

/**
 * In the order in which they start. Suites that take one processor run two at a time, the long ones first, so that both queues end
 * together; then those that take two.
 * @type {readonly Suite[]}
 */
export const SUITES = [
  { name: 'install', script: 'bootstrap', scriptArgs: ['--tests'], needs: [], processors: 2 },
  { name: 'build', script: 'build', needs: ['install'], processors: 1 },
  { name: 'docs', script: 'docs:build', needs: ['install'], processors: 1 },
  { name: 'unit', script: 'test:unit', project: 'unit', needs: ['install'], processors: 1 },
  // Half of its time npm waits for packages and for the disk.
  { name: 'hosts', script: 'test:hosts', project: 'hosts', needs: ['build'], processors: 0 },
  // The programs under test wait for the stand-in's retries and timeouts, and take a tenth of a processor.
  { name: 'contract', script: 'test:contract', project: 'contract', needs: ['install'], processors: 0 },
  { name: 'e2e-serial', script: 'test:e2e-serial', project: 'e2e-serial', needs: ['build'], processors: 1 },
  { name: 'browser', script: 'test:browser', project: 'browser', needs: ['install'], processors: 1 },
  { ...check('lint'), needs: ['install'] },
  { name: 'package', script: 'test:package', project: 'package', needs: ['build', 'docs'], processors: 1 },
  ...['types', 'format', 'imports'].map((name) => ({ ...check(name), needs: ['install'] })),
  ...['size', 'package'].map((name) => ({ ...check(name), needs: ['build'] })),
  { name: 'e2e', script: 'test:e2e', project: 'e2e', needs: ['build'], processors: 2 },
  { name: 'e2e-gateway', script: 'test:e2e-gateway', project: 'e2e-gateway', needs: ['build'], processors: 2 },
  { name: 'engines', script: 'test:engines', project: 'engines', needs: ['build'], processors: 2 },
  { name: 'browsers', script: 'test:browsers', project: 'browsers', needs: ['build'], processors: 2 },
];

/**
 * The suites with these names, and those that they need. A name also selects all suites whose names begin with it and a colon; without
 * names, all suites are selected.
 * @param {readonly string[]} names
 * @param {readonly Suite[]} [suites]
 */
export function selectSuites(names, suites = SUITES) {
  if (names.length === 0) return suites;
  const unknown = names.filter((name) => suites.every((suite) => !isNamed(suite, name)));
  if (unknown.length > 0) {
    throw new Error(`There is no suite ${unknown.join(', ')}, only ${suites.map(({ name }) => name).join(', ')}.`);
  }
  const wanted = new Set(suites.filter((suite) => names.some((name) => isNamed(suite, name))));
  // The loop also visits elements that are added meanwhile, so indirect needs are included.
  for (const { needs } of wanted) {
    for (const suite of suites) if (needs.includes(suite.name)) wanted.add(suite);
  }
  return suites.filter((suite) => wanted.has(suite));
}

/**
 * @param {Suite} suite
 * @param {string} name
 */
function isNamed(suite, name) {
  return suite.name === name || suite.name.startsWith(`${name}:`);
}
