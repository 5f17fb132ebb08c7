import type { JSX } from 'react';
import { expect, test } from 'vitest';
import { useOncePerFrame } from '../../../../src/frame/platform/use-once-per-frame.js';
import { render } from './taro/components/render.js';

/** Shows a text at most once in each animation frame; the test triggers the frames. */
function arrange() {
  const waiting = new Set<() => void>();
  const schedule = (callback: () => void): (() => void) => {
    waiting.add(callback);
    return () => void waiting.delete(callback);
  };
  const passFrame = (): void => {
    const due = [...waiting];
    waiting.clear();
    for (const callback of due) callback();
  };
  const Shown = ({ text }: { readonly text: string }): JSX.Element => <p>{useOncePerFrame(text, schedule)}</p>;
  const { get, rerender, unmount } = render(<Shown text="one" />);
  return { waiting, passFrame, unmount, put: (text: string) => rerender(<Shown text={text} />), text: () => get('p').textContent };
}

test('The first change in an animation frame is shown at once, and the last one after it in the next frame', async () => {
  const { passFrame, put, text } = arrange();
  expect(text()).toBe('one');
  passFrame();
  put('two');
  expect(text()).toBe('two');
  put('three');
  put('four');
  expect(text()).toBe('two');
  passFrame();
  await expect.poll(text).toBe('four');
});

test('A change back to the displayed text needs no further frame', async () => {
  const { passFrame, put, text, waiting } = arrange();
  put('two');
  put('one');
  passFrame();
  expect(text()).toBe('one');
  expect(waiting.size).toBe(0);
});

test('A change that was shown in an animation frame delays the next change until the frame after it', async () => {
  const { passFrame, put, text } = arrange();
  put('two');
  passFrame();
  await expect.poll(text).toBe('two');
  put('three');
  expect(text()).toBe('two');
  passFrame();
  await expect.poll(text).toBe('three');
});

test('A component that is unmounted waits for no animation frame', () => {
  const { put, unmount, waiting } = arrange();
  put('two');
  expect(waiting.size).toBe(1);
  unmount();
  expect(waiting.size).toBe(0);
});

test('useOncePerFrame() uses the animation frames of the page by default', async () => {
  const Shown = ({ text }: { readonly text: string }): JSX.Element => <p>{useOncePerFrame(text)}</p>;
  const { get, rerender } = render(<Shown text="one" />);
  for (const text of ['two', 'three']) rerender(<Shown text={text} />);
  await expect.poll(() => get('p').textContent).toBe('three');
});
