import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { delay, elapsedMs, systemClock, systemTimers } from '../../../src/core/clock.js';
import { VirtualTime } from '../../support/virtual-time.js';

const HOUR_MS = 3_600_000;

describe('Elapsed time', () => {
  it.each([
    ['is the same on both clocks', (time: VirtualTime) => time.advance(1_000), 1_000],
    ['passes when the wall clock is set back', (time: VirtualTime) => advanceThenJump(time, 2 * HOUR_MS, -HOUR_MS), 2 * HOUR_MS],
    ['stays the same when the wall clock is set back by a day', (time: VirtualTime) => advanceThenJump(time, 1_000, -24 * HOUR_MS), 1_000],
    ['counts a wall clock set forward', (time: VirtualTime) => advanceThenJump(time, 1_000, 2 * HOUR_MS), 2 * HOUR_MS + 1_000],
    ['counts sleep by the wall clock if the monotonic clock stops', (time: VirtualTime) => time.sleep(8 * HOUR_MS, 'stops'), 8 * HOUR_MS],
    ['counts sleep once if both clocks run', (time: VirtualTime) => time.sleep(8 * HOUR_MS, 'runs'), 8 * HOUR_MS],
    ['is never negative', (time: VirtualTime) => time.jumpWall(-HOUR_MS), 0],
  ])('Elapsed time %s', async (_, move, expectedMs) => {
    const time = new VirtualTime();
    const since = time.now;
    await move(time);
    expect(elapsedMs(since, time.now)).toBe(expectedMs);
  });
});

async function advanceThenJump(time: VirtualTime, ms: number, jumpMs: number): Promise<void> {
  await time.advance(ms);
  time.jumpWall(jumpMs);
}

describe('A delay', () => {
  const arrange = (signal?: AbortSignal) => {
    const time = new VirtualTime();
    let isOver = false;
    void delay(500, time.timers, signal).then(() => (isOver = true));
    return { time, isOver: () => isOver };
  };

  it('A delay lasts as long as requested', async () => {
    const { time, isOver } = arrange();
    await time.advance(499);
    expect(isOver()).toBe(false);
    await time.advance(1);
    expect(isOver()).toBe(true);
  });

  it('A delay ends with its signal and leaves no timer', async () => {
    const abort = new AbortController();
    const { time, isOver } = arrange(abort.signal);
    abort.abort();
    await time.advance(0);
    expect([isOver(), time.timerCount]).toEqual([true, 0]);
  });

  it('A delay leaves no listener at its signal', async () => {
    const { signal } = new AbortController();
    const { time } = arrange(signal);
    await time.advance(500);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('A delay with an aborted signal ends at once', async () => {
    const { time, isOver } = arrange(AbortSignal.abort());
    await time.advance(0);
    expect([isOver(), time.timerCount]).toEqual([true, 0]);
  });
});

describe('Clock and timers of the system', () => {
  it('The clock of the system reads wall time and monotonic time', () => {
    const { wallMs, monotonicMs } = systemClock.now();
    expect(Math.abs(wallMs - Date.now())).toBeLessThan(1_000);
    expect(Math.abs(monotonicMs - performance.now())).toBeLessThan(1_000);
  });

  it('A timer of the system calls back once, unless it is cancelled', async () => {
    const calls: string[] = [];
    const cancel = systemTimers.set(() => calls.push('cancelled'), 0);
    cancel();
    await new Promise<void>((resolve) => {
      systemTimers.set(() => {
        calls.push('called');
        resolve();
      }, 0);
    });
    expect(calls).toEqual(['called']);
  });
});
