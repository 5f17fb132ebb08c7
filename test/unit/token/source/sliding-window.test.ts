import { expect, it } from 'vitest';
import { SlidingWindow } from '../../../../src/token/source/sliding-window.js';
import { VirtualTime } from '../../../support/virtual-time.js';

const arrange = () => ({ time: new VirtualTime(), window: new SlidingWindow(3, 60_000) });

it('A window admits its limit and no more', () => {
  const { time, window } = arrange();
  expect([1, 2, 3, 4, 5].map(() => window.tryAcquire(time.now))).toEqual([true, true, true, false, false]);
});

it('A window admits again when the oldest entry has left it, and does not count what it did not admit', async () => {
  const { time, window } = arrange();
  window.tryAcquire(time.now);
  await time.advance(30_000);
  window.tryAcquire(time.now);
  window.tryAcquire(time.now);
  await time.advance(29_999);
  expect(window.tryAcquire(time.now)).toBe(false);
  await time.advance(1);
  expect([window.tryAcquire(time.now), window.tryAcquire(time.now)]).toEqual([true, false]);
});

it('A window stays full when the wall clock is set back', async () => {
  const { time, window } = arrange();
  for (let count = 0; count < 3; count++) window.tryAcquire(time.now);
  time.jumpWall(-3_600_000);
  await time.advance(59_999);
  expect(window.tryAcquire(time.now)).toBe(false);
  await time.advance(1);
  expect(window.tryAcquire(time.now)).toBe(true);
});

it('A window admits again after reset()', () => {
  const { time, window } = arrange();
  for (let count = 0; count < 3; count++) window.tryAcquire(time.now);
  window.reset();
  expect(window.tryAcquire(time.now)).toBe(true);
});
