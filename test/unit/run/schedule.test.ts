import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../run/run-suite.mjs';
import { runInOrder } from '../../run/schedule.mjs';
import type { Suite } from '../../run/suites.mjs';

const suite = (name: string, needs: readonly string[] = [], processors = 1): Suite => ({ name, script: name, needs, processors });

/** Suites that end when the test resolves them. */
function arrange(suites: readonly Suite[], processors = 2) {
  const ends = new Map<string, (status: Outcome['status']) => void>();
  const started: string[] = [];
  const run = (suite: Suite) =>
    new Promise<Outcome>((resolve) => {
      started.push(suite.name);
      ends.set(suite.name, (status) => resolve({ suite, status, seconds: 1, passed: 1, failed: 0, skipped: 0, failures: [] }));
    });
  const settled: string[] = [];
  const outcomes = runInOrder(suites, { processors, run, onOutcome: ({ suite, status }) => settled.push(`${suite.name} ${status}`) });
  const end = async (name: string, status: Outcome['status'] = 'passed'): Promise<void> => {
    ends.get(name)?.(status);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { outcomes, started, settled, end };
}

describe('Schedule of suites', () => {
  it('As many suites run at once as there are processors, in their order', async () => {
    const { started, end } = arrange([suite('a'), suite('b'), suite('c')]);
    expect(started).toEqual(['a', 'b']);
    await end('b');
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('Suites run one after the other on one processor, even one that wants two', async () => {
    const { started, end } = arrange([suite('a', [], 2), suite('b')], 1);
    expect(started).toEqual(['a']);
    await end('a');
    expect(started).toEqual(['a', 'b']);
  });

  it('No suite starts before an earlier one that takes all processors', async () => {
    const { started, end } = arrange([suite('a'), suite('whole', [], 2), suite('b')]);
    expect(started).toEqual(['a']);
    await end('a');
    expect(started).toEqual(['a', 'whole']);
    await end('whole');
    expect(started).toEqual(['a', 'whole', 'b']);
  });

  it('A suite that mostly waits runs beside all others', async () => {
    const { started, end } = arrange([suite('a', [], 2), suite('waiting', [], 0), suite('b')]);
    expect(started).toEqual(['a', 'waiting']);
    await end('a');
    expect(started).toEqual(['a', 'waiting', 'b']);
  });

  it('A suite waits for the suites that it needs, while others start', async () => {
    const { started, end } = arrange([suite('build'), suite('e2e', ['build']), suite('unit')]);
    expect(started).toEqual(['build', 'unit']);
    await end('build');
    expect(started).toEqual(['build', 'unit', 'e2e']);
  });

  it('A suite runs although another one has failed', async () => {
    const { outcomes, end } = arrange([suite('a'), suite('b')], 1);
    await end('a', 'failed');
    await end('b');
    expect((await outcomes).map(({ status }) => status)).toEqual(['failed', 'passed']);
  });

  it('A suite does not run without those that it needs, and names the missing one', async () => {
    const { outcomes, started, settled, end } = arrange([suite('build'), suite('e2e', ['build']), suite('report', ['e2e']), suite('unit')]);
    await end('build', 'failed');
    await end('unit');
    expect(started).toEqual(['build', 'unit']);
    expect((await outcomes).map(({ status, because }) => [status, because])).toEqual([
      ['failed', undefined],
      ['not run', 'build'],
      ['not run', 'e2e'],
      ['passed', undefined],
    ]);
    expect(settled).toEqual(['build failed', 'e2e not run', 'report not run', 'unit passed']);
  });

  it('All suites end when the first one fails that the others need', async () => {
    const { outcomes, end } = arrange([suite('install'), suite('build', ['install']), suite('e2e', ['build'])]);
    await end('install', 'failed');
    expect((await outcomes).map(({ status }) => status)).toEqual(['failed', 'not run', 'not run']);
  });
});
