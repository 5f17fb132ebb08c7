import { expect, test } from 'vitest';
import { ParseSchedule } from '../../../../../src/frame/app/markdown/pace/parse-schedule.js';

/** A display whose animation frames the test triggers. */
function arrange() {
  let nowMs = 0;
  let scheduled: (() => void)[] = [];
  const schedule = new ParseSchedule({
    now: () => nowMs,
    afterFrame: (callback) => void scheduled.push(callback),
  });
  return {
    schedule,
    work: (ms: number) => (nowMs += ms),
    frame() {
      nowMs += 16;
      const due = scheduled;
      scheduled = [];
      for (const callback of due) callback();
      return due.length;
    },
  };
}

test('All parsing in one animation frame shares eight milliseconds', () => {
  const { schedule, work, frame } = arrange();
  expect(schedule.hasTime()).toBe(true);
  work(7);
  expect(schedule.hasTime()).toBe(true);
  work(1);
  expect(schedule.hasTime()).toBe(false);
  frame();
  expect(schedule.hasTime()).toBe(true);
});

test('Waiting callbacks run in later animation frames, the newest first, as many as a frame has time for', () => {
  const { schedule, work, frame } = arrange();
  const done: string[] = [];
  for (const name of ['oldest', 'older', 'newest']) {
    schedule.callLater(() => {
      done.push(name);
      work(6);
    });
  }
  expect(done).toEqual([]);
  frame();
  expect(done).toEqual(['newest', 'older']);
  frame();
  expect(done).toEqual(['newest', 'older', 'oldest']);
});

test('A cancelled callback is not called', () => {
  const { schedule, frame } = arrange();
  const done: string[] = [];
  schedule.callLater(() => done.push('gone'))();
  schedule.callLater(() => done.push('there'));
  frame();
  expect(done).toEqual(['there']);
});

test('A callback that waits again when it is called runs in the next animation frame', () => {
  const { schedule, frame } = arrange();
  let count = 0;
  const goOn = (): void => {
    count += 1;
    if (count < 3) schedule.callLater(goOn);
  };
  schedule.callLater(goOn);
  for (const expected of [1, 2, 3, 3]) {
    frame();
    expect(count).toBe(expected);
  }
});

test('No animation frame is requested once no callback waits', () => {
  const { schedule, frame } = arrange();
  schedule.callLater(() => undefined);
  expect([frame(), frame(), frame()]).toEqual([1, 1, 0]);
});
