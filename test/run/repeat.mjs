// @ts-check
/**
 * `npm run test:repeat -- 10`: runs `npm test` that often and prints the outcome of each run, to find tests that fail occasionally.
 * `--busy` keeps two processors busy meanwhile, `--one-core` leaves it only one; names of suites are passed on.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { row, TABLE_HEAD } from './repeat-table.mjs';

const BUSY_LOOPS = 2;

const root = fileURLToPath(new URL('../../', import.meta.url));
const [lastRun, kept] = [join(root, 'test-results/run'), join(root, 'test-results/repeat')];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { busy: { type: 'boolean', default: false }, 'one-core': { type: 'boolean', default: false } },
});
const [times = '1', ...suites] = positionals;
if (!/^[1-9]\d*$/.test(times)) {
  console.error(`npm run test:repeat -- <how often> [--busy] [--one-core] [suites]: "${times}" is no number.`);
  process.exit(2);
}

rmSync(kept, { recursive: true, force: true });
console.log(TABLE_HEAD);
let red = 0;
for (let number = 1; number <= Number(times); number += 1) {
  const busy = values.busy ? startBusyLoops() : [];
  const startedMs = performance.now();
  const exitCode = await runTests(number);
  for (const loop of busy) loop.kill();
  const seconds = (performance.now() - startedMs) / 1000;
  console.log(row({ number, seconds, exitCode, outcomes: keepResults(number) }));
  if (exitCode !== 0) red += 1;
}
console.log(`${Number(times) - red} of ${times} runs green; the output of each run is in test-results/repeat/`);
process.exitCode = red === 0 ? 0 : 1;

/** @param {number} number */
async function runTests(number) {
  mkdirSync(kept, { recursive: true });
  const output = openSync(join(kept, `${number}.log`), 'w');
  const command = ['npm', 'test', '--', ...suites];
  const [program = '', ...words] = values['one-core'] ? ['taskset', '--cpu-list', '0', ...command] : command;
  const child = spawn(program, words, { cwd: root, stdio: ['ignore', output, output] });
  const end = () => {
    child.kill();
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, end);
  const [exitCode] = await once(child, 'exit');
  for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, end);
  return exitCode;
}

/** The loops end with this program at the latest, however it ends. */
function startBusyLoops() {
  const loop = `while (process.ppid === ${process.pid});`;
  return Array.from({ length: BUSY_LOOPS }, () => spawn(process.execPath, ['--eval', loop], { stdio: 'ignore' }));
}

/**
 * Moves the results, because the next run would overwrite them.
 * @param {number} number
 */
function keepResults(number) {
  if (!existsSync(lastRun)) return undefined;
  const folder = join(kept, String(number));
  renameSync(lastRun, folder);
  const summary = join(folder, 'summary.json');
  return existsSync(summary) ? JSON.parse(readFileSync(summary, 'utf8')).outcomes : undefined;
}
