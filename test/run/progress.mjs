// @ts-check
/** The output while the suites run: one line for each suite that has ended, and the whole output of a failed one. */
import { readFileSync } from 'node:fs';

/**
 * @typedef {import('./run-suite.mjs').Outcome} Outcome
 */

const SIGNS = { passed: '✓', failed: '✗', 'not run': '–' };

/**
 * @param {NodeJS.WriteStream} out
 * @param {readonly string[]} names Of all suites.
 */
export function createProgress(out, names) {
  const width = Math.max(...names.map((name) => name.length));
  /** @type {Map<string, number>} when each began */
  const running = new Map();

  // Only a terminal can overwrite its last line; a log would keep every version of it.
  const clear = () => out.isTTY && out.write('\r\x1b[K');
  const showRunning = () => {
    const parts = [...running].map(([name, sinceMs]) => `${name} ${Math.round((performance.now() - sinceMs) / 1000)} s`);
    if (out.isTTY) out.write(`\r\x1b[K… ${parts.join(', ')}`);
  };
  const tick = setInterval(showRunning, 1000).unref();

  return {
    /** @param {string} name */
    begin: (name) => void running.set(name, performance.now()),
    /** @param {Outcome} outcome */
    end(outcome) {
      running.delete(outcome.suite.name);
      clear();
      out.write(`${line(outcome, width)}\n`);
      if (outcome.status === 'failed' && outcome.log !== undefined) out.write(quote(outcome.suite.name, outcome.log));
    },
    stop() {
      clearInterval(tick);
      clear();
    },
  };
}

/**
 * @param {Outcome} outcome
 * @param {number} width
 */
function line({ suite: { name }, status, because, seconds, passed, failed, skipped }, width) {
  const start = `${SIGNS[status]} ${name.padEnd(width)}`;
  if (because !== undefined) return `${start}  not run, for want of ${because}`;
  const counts = [
    [passed, 'passed'],
    [failed, 'failed'],
    [skipped, 'skipped'],
  ].flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return `${start} ${seconds.toFixed(1).padStart(6)} s  ${counts.join(', ')}`;
}

/**
 * @param {string} name
 * @param {string} log
 */
function quote(name, log) {
  return `\n── ${name}: ${log} ──\n${readFileSync(log, 'utf8').trimEnd()}\n── end of ${name} ──\n\n`;
}
