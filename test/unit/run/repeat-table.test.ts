import { expect, it } from 'vitest';
import { row } from '../../run/repeat-table.mjs';
import type { Outcome } from '../../run/run-suite.mjs';

const outcome = (name: string, more: Partial<Outcome>): Outcome => ({
  suite: { name, script: name, needs: [], processors: 1 },
  status: 'passed',
  seconds: 1,
  passed: 1,
  failed: 0,
  skipped: 0,
  failures: [],
  ...more,
});

it('A green run is one line', () => {
  expect(row({ number: 1, seconds: 431.4, exitCode: 0, outcomes: [outcome('unit', {})] })).toBe('  1      431     0  –');
});

it('A red run has a line for each failure', () => {
  const failures = [{ file: 'test/e2e/a.test.ts', titles: ['The field', 'keeps the focus'], message: 'no' }, { message: 'left behind' }];
  const outcomes = [
    outcome('unit', {}),
    outcome('e2e', { status: 'failed', failures }),
    outcome('hosts', { status: 'not run', because: 'build' }),
  ];
  expect(row({ number: 12, seconds: 99, exitCode: 1, outcomes }).split('\n')).toEqual([
    ' 12       99     1  e2e › test/e2e/a.test.ts › The field › keeps the focus',
    '                    e2e',
    '                    hosts: not run',
  ]);
});

it('A run that was stopped is distinguished from a green one', () => {
  expect(row({ number: 2, seconds: 5, exitCode: null, outcomes: undefined })).toBe('  2        5     –  it has not come to its end');
});
