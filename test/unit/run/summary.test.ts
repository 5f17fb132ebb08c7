import { describe, expect, it } from 'vitest';
import type { Failure, Outcome } from '../../run/run-suite.mjs';
import { closingLines } from '../../run/summary.mjs';

const suite = (name: string) => ({ name, script: `test:${name}`, project: name, needs: [], processors: 1 });

const outcome = (name: string, failures: readonly Failure[] = [], more: Partial<Outcome> = {}): Outcome => ({
  suite: suite(name),
  status: failures.length > 0 ? 'failed' : 'passed',
  seconds: 1,
  passed: 10,
  failed: failures.length,
  skipped: 0,
  failures,
  ...more,
});

describe('End of npm test', () => {
  it('The last line is the total of all tests', () => {
    expect(closingLines([outcome('unit'), outcome('e2e')], 61).at(-1)).toBe('20 passed, 0 failed');
    const failure = { file: 'test/e2e/a.test.ts', titles: ['The field'], message: 'expected 1 to be 2' };
    expect(closingLines([outcome('e2e', [failure], { skipped: 3 })], 61).at(-1)).toBe('10 passed, 1 failed, 3 skipped');
  });

  it('A failed test is listed with the first line of its reason and the command that runs only that test', () => {
    const failure = { file: 'test/e2e/a.test.ts', titles: ['Bob’s chat', "isn't Alice's (ever)"], message: '\nexpected 1 to be 2\nat …' };
    expect(closingLines([outcome('e2e', [failure])], 61)).toEqual([
      'Failed:',
      "  ✗ e2e › test/e2e/a.test.ts › Bob’s chat › isn't Alice's (ever)",
      '      expected 1 to be 2',
      "      npx vitest run test/e2e/a.test.ts -t 'Bob’s chat isn'\\''t Alice'\\''s \\(ever\\)'",
      '',
      '61 s; the output of each suite is in test-results/run/',
      '10 passed, 1 failed',
    ]);
  });

  it('A failed check without tests is listed with its npm script', () => {
    const failures = [{ message: 'It ended with exit code 1.' }];
    const check: Outcome = { ...outcome('lint', failures), suite: { name: 'check:lint', script: 'check:lint', needs: [], processors: 1 } };
    expect(closingLines([check], 61)).toContain('      npm run check:lint');
  });

  it('Suites that did not run are listed with the one that they needed', () => {
    const notRun = { status: 'not run', because: 'build', passed: 0 } as const;
    const lines = closingLines([outcome('build', [{ message: '' }]), outcome('e2e', [], notRun), outcome('hosts', [], notRun)], 61);
    expect(lines).toContain('Not run, for want of build: e2e, hosts');
    expect(lines.at(-1)).toBe('10 passed, 1 failed');
  });

  it('The end has at most forty lines, however many tests fail', () => {
    const failures = Array.from({ length: 50 }, (_, index) => ({ file: 'a.test.ts', titles: [`Test ${index}`], message: 'no\nno\nno' }));
    const lines = closingLines([outcome('unit', failures), outcome('e2e', failures)], 61);
    expect(lines.length).toBeGreaterThan(30);
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines).toContain('… and more in unit, e2e');
    expect(lines.at(-1)).toBe('20 passed, 100 failed');
  });
});
