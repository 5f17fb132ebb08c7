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

test('All parsing in one animation frame shares eight milliseconds', () => {
  const { turns, work, frame } = arrange();
  expect(turns.hasTime()).toBe(true);
  work(7);
  expect(turns.hasTime()).toBe(true);
  work(1);
  expect(turns.hasTime()).toBe(false);
  frame();
  expect(turns.hasTime()).toBe(true);
});

test('Waiting callbacks run in later animation frames, the newest first, as many as a frame has time for', () => {
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

test('A cancelled callback is not called', () => {
  const { turns, frame } = arrange();
  const done: string[] = [];
  turns.wait(() => done.push('gone'))();
  turns.wait(() => done.push('there'));
  frame();
  expect(done).toEqual(['there']);
});

test('A callback that waits again when it is called runs in the next animation frame', () => {
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

test('No animation frame is requested once no callback waits', () => {
  const { turns, frame } = arrange();
  turns.wait(() => undefined);
  expect([frame(), frame(), frame()]).toEqual([1, 1, 0]);
});
