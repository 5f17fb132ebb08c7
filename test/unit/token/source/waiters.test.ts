import { expect, it } from 'vitest';
import { Waiters } from '../../../../src/token/source/waiters.js';
import { VirtualTime } from '../../../support/virtual-time.js';

function arrange() {
  const time = new VirtualTime();
  let answer = 'early';
  const waiters = new Waiters(time.timers, () => answer);
  return { time, waiters, become: (next: string) => (answer = next) };
}

it('resolveAll() resolves all waiting calls with the value of that moment', async () => {
  const { time, waiters, become } = arrange();
  const answers = [waiters.wait(1_000), waiters.wait(2_000)];
  become('now');
  waiters.resolveAll();
  become('later');
  expect(await Promise.all(answers)).toEqual(['now', 'now']);
  expect([waiters.hasPending, time.timerCount]).toEqual([false, 0]);
});

it('A waiting call resolves at its own deadline with the value of that moment', async () => {
  const { time, waiters, become } = arrange();
  const short = waiters.wait(1_000);
  const long = waiters.wait(2_000);
  await time.advance(1_000);
  expect(await short).toBe('early');
  expect(waiters.hasPending).toBe(true);
  become('late');
  await time.advance(1_000);
  expect(await long).toBe('late');
  expect(waiters.hasPending).toBe(false);
});
