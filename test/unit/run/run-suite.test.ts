/** Suites as `npm test` runs them, in a small project of their own. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runSuite } from '../../run/run-suite.mjs';

const ROOT = fileURLToPath(new URL('red-project', import.meta.url));

async function run(script: string, project?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'coze-run-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const suite = { name: `red:${script}`, script, needs: [], processors: 1, ...(project === undefined ? {} : { project }) };
  return runSuite(suite, { root: ROOT, folder, signal: new AbortController().signal });
}

describe('A suite of tests', () => {
  it('A suite reports all its failures: tests, hooks, files and unhandled errors', async () => {
    const { status, passed, failed, skipped, failures, log = '' } = await run('test:red', 'red');
    expect([status, passed, failed, skipped]).toEqual(['failed', 2, 4, 1]);
    expect(failures).toHaveLength(4);
    expect(failures).toEqual(
      expect.arrayContaining([
        { file: 'tests.fixture.ts', titles: ['a group', 'fails'], message: 'expected 1 to be 2 // Object.is equality' },
        { file: 'tests.fixture.ts', titles: ['a group whose preparation fails'], message: 'no preparation' },
        { file: 'loading.fixture.ts', titles: [], message: 'cannot be loaded' },
        { message: 'left behind' },
      ]),
    );
    expect(readFileSync(log, 'utf8')).toContain('no preparation');
  });

  it('A suite that leaves no report has failed', async () => {
    const { status, failed, failures } = await run('says-no', 'red');
    expect([status, failed, failures]).toEqual(['failed', 1, [{ message: 'It ended with exit code 3 and has left no report.' }]]);
  });
});

describe('A suite without tests', () => {
  it('A suite without tests counts as one passed test when its program succeeds', async () => {
    const { status, passed, failed, log = '' } = await run('says-yes');
    expect([status, passed, failed]).toEqual(['passed', 1, 0]);
    expect(existsSync(log) && readFileSync(log, 'utf8')).toBe('yes\n');
  });

  it('A suite without tests counts as one failed test when its program fails', async () => {
    const { status, passed, failed, failures } = await run('says-no');
    expect([status, passed, failed, failures]).toEqual(['failed', 0, 1, [{ message: 'It ended with exit code 3.' }]]);
  });
});
