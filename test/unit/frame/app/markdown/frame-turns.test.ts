import { expect, test } from 'vitest';
import { FrameTurns } from '../../../../../src/frame/app/markdown/pace/frame-turns.js';

/** A display whose animation frames the test triggers. */
function arrange() {
  let nowMs = 0;
  let scheduled: (() => void)[] = [];
  const turns = new FrameTurns({
    now: () => nowMs,
    nextFrame(callback) {
      scheduled.push(callback);
      return () => undefined;
    },
  });
  return {
    turns,
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

test('All that is parsed in one frame shares eight milliseconds', () => {
  const { turns, work, frame } = arrange();
  expect(turns.hasTime()).toBe(true);
  work(7);
  expect(turns.hasTime()).toBe(true);
  work(1);
  expect(turns.hasTime()).toBe(false);
  frame();
  expect(turns.hasTime()).toBe(true);
});

test('Those who wait go on in later frames, the newest first, as many as a frame has time for', () => {
  const { turns, work, frame } = arrange();
  const done: string[] = [];
  for (const name of ['oldest', 'older', 'newest']) {
    turns.wait(() => {
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

test('Who has been cancelled is not called back', () => {
  const { turns, frame } = arrange();
  const done: string[] = [];
  turns.wait(() => done.push('gone'))();
  turns.wait(() => done.push('there'));
  frame();
  expect(done).toEqual(['there']);
});

test('Who asks again in its turn waits for the next frame', () => {
  const { turns, frame } = arrange();
  let count = 0;
  const goOn = (): void => {
    count += 1;
    if (count < 3) turns.wait(goOn);
  };
  turns.wait(goOn);
  for (const expected of [1, 2, 3, 3]) {
    frame();
    expect(count).toBe(expected);
  }
});

test('No frame is asked for once there is nothing to do', () => {
  const { turns, frame } = arrange();
  turns.wait(() => undefined);
  expect([frame(), frame(), frame()]).toEqual([1, 1, 0]);
});
