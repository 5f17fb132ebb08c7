import { describe, expect, it, vi } from 'vitest';
import { DeadlineError, untilAborted, withDeadline } from '../../../src/core/deadline.js';
import { VirtualTime } from '../../support/virtual-time.js';

function never(): Promise<never> {
  return new Promise(() => undefined);
}

/** Work that never ends and ignores its abort signal. */
function arrangeDeafWork(outer?: AbortSignal) {
  const time = new VirtualTime();
  const work = vi.fn((_signal: AbortSignal) => never());
  const result = withDeadline(work, { durationMs: 500, timers: time.timers, signal: outer });
  return { time, work, result, signal: work.mock.calls[0]?.[0] };
}

describe('A deadline', () => {
  it('The deadline passes the result of the work on, and leaves no timer and no listener behind', async () => {
    const time = new VirtualTime();
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, 'removeEventListener');
    expect(await withDeadline(async () => 'done', { durationMs: 500, timers: time.timers, signal })).toBe('done');
    expect([time.timerCount, removed.mock.calls.length]).toEqual([0, 1]);
  });

  it('The deadline passes the error of the work on, and leaves no timer behind', async () => {
    const time = new VirtualTime();
    const work = (): Promise<never> => Promise.reject(new RangeError('no'));
    await expect(withDeadline(work, { durationMs: 500, timers: time.timers })).rejects.toThrow(RangeError);
    expect(time.timerCount).toBe(0);
  });

  it('The deadline rejects when the time is up, even if the work does not listen to its signal', async () => {
    const { time, result, signal } = arrangeDeafWork();
    const settled = vi.fn();
    result.catch(settled);
    await time.advance(499);
    expect([settled.mock.calls.length, signal?.aborted]).toEqual([0, false]);
    await time.advance(1);
    await expect(result).rejects.toThrow(DeadlineError);
    expect(signal?.reason).toBeInstanceOf(DeadlineError);
  });

  it('The deadline rejects with the reason of the signal that it was given', async () => {
    const outer = new AbortController();
    const { time, result, signal } = arrangeDeafWork(outer.signal);
    outer.abort('gone');
    await expect(result).rejects.toBe('gone');
    expect([signal?.reason, time.timerCount]).toEqual(['gone', 0]);
  });

  it('The work does not start when the signal has aborted already', async () => {
    const { time, work, result } = arrangeDeafWork(AbortSignal.abort('gone'));
    await expect(result).rejects.toBe('gone');
    expect([work.mock.calls.length, time.timerCount]).toEqual([0, 0]);
  });
});

describe('work until a signal aborts', () => {
  it('The result and the error of the work are passed on, and no listener is left behind', async () => {
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, 'removeEventListener');
    expect(await untilAborted(Promise.resolve('done'), signal)).toBe('done');
    await expect(untilAborted(Promise.reject(new RangeError('no')), signal)).rejects.toThrow(RangeError);
    expect(removed).toHaveBeenCalledTimes(2);
  });

  it('Work that does not listen to the signal is left with the reason of the signal, before and while it runs', async () => {
    const controller = new AbortController();
    const pending = untilAborted(never(), controller.signal);
    controller.abort('gone');
    await expect(pending).rejects.toBe('gone');
    await expect(untilAborted(never(), controller.signal)).rejects.toBe('gone');
  });
});
