// @ts-check
/** Runs one suite: writes its output to a file, and returns its outcome. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {import('./suites.mjs').Suite} Suite
 */

const reporter = fileURLToPath(new URL('vitest-reporter.mjs', import.meta.url));

/**
 * @typedef {object} Failure
 * @property {string} [file] Path of the test, relative to the project.
 * @property {readonly string[]} [titles] From the outermost group to the test; none if the file as a whole has failed.
 * @property {string} message
 */

/**
 * @typedef {object} Outcome
 * @property {Suite} suite
 * @property {'passed' | 'failed' | 'not run'} status
 * @property {string} [because] The needed suite that has failed.
 * @property {string} [log] Path of the output.
 * @property {number} seconds
 * @property {number} passed Number of tests; a suite without tests counts as one.
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly Failure[]} failures
 */

/**
 * @param {Suite} suite
 * @param {object} options
 * @param {string} options.root The project's folder.
 * @param {string} options.folder The folder for the output.
 * @param {AbortSignal} options.signal Ends the suite with all its processes.
 * @returns {Promise<Outcome>}
 */
export async function runSuite(suite, { root, folder, signal }) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, suite.name.replaceAll(':', '-'));
  const [log, report] = [`${path}.log`, `${path}.json`];
  const startedMs = performance.now();
  const exitCode = await run(suite, { root, log, report, signal });
  const seconds = (performance.now() - startedMs) / 1000;
  return { suite, log, seconds, ...judge(suite, exitCode, report) };
}

/**
 * @param {Suite} suite
 * @param {{ root: string, log: string, report: string, signal: AbortSignal }} options
 * @returns {Promise<number | null>} exit code
 */
async function run({ script, scriptArgs = [], project }, { root, log, report, signal }) {
  const reporters = project === undefined ? [] : ['--reporter=default', `--reporter=${reporter}`];
  const output = openSync(log, 'w');
  const child = spawn('npm', ['run', '--silent', script, '--', ...scriptArgs, ...reporters], {
    cwd: root,
    // The output goes to a file, so it has no colours; with `CI` set some programs would write for a terminal.
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1', COZE_TEST_REPORT: report },
    stdio: ['ignore', output, output],
    // A process group of its own, so that it can be ended with its child processes.
    detached: true,
  });
  closeSync(output);
  const end = () => child.pid !== undefined && process.kill(-child.pid, 'SIGTERM');
  signal.addEventListener('abort', end);
  const [exitCode] = await once(child, 'exit');
  signal.removeEventListener('abort', end);
  return exitCode;
}

/**
 * @param {Suite} suite
 * @param {number | null} exitCode
 * @param {string} report
 * @returns {Pick<Outcome, 'status' | 'passed' | 'failed' | 'skipped' | 'failures'>}
 */
function judge({ project }, exitCode, report) {
  const status = exitCode === 0 ? 'passed' : 'failed';
  const nothing = { passed: 0, failed: 0, skipped: 0, failures: [] };
  const told = project === undefined ? { ...nothing, passed: exitCode === 0 ? 1 : 0 } : readReport(report);
  if (told !== undefined && (status === 'passed' || told.failed > 0)) return { status, ...told };
  const end = exitCode === null ? 'It was ended by a signal' : `It ended with exit code ${exitCode}`;
  const message = told === undefined ? `${end} and has left no report.` : `${end}.`;
  return { ...nothing, ...told, status: 'failed', failed: 1, failures: [{ message }] };
}

/**
 * @param {string} path
 * @returns {Pick<Outcome, 'passed' | 'failed' | 'skipped' | 'failures'> | undefined} `undefined` if the run ended before the report was
 * written
 */
function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
