import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const RUNS = 'test/support/runs.ts';
const PROJECTS = ['unit', 'unit-isolated', 'e2e', 'e2e-serial'];

/** Runs the tests of generated cases with all of their cases, of which `npm test` tries a tenth; returns whether they pass. */
export async function tryAll(): Promise<boolean> {
  const filter = PROJECTS.flatMap((project) => ['--project', project]);
  const child = spawn('npx', ['vitest', 'related', '--run', ...filter, RUNS], {
    cwd: ROOT,
    env: { ...process.env, COZE_TEST_RUNS: 'full' },
    stdio: 'inherit',
  });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  return exitCode === 0;
}
