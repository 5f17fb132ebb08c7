import { View } from '@tarojs/components';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { render } from './render.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const touch = (target: HTMLElement, type: string): boolean => target.dispatchEvent(new TouchEvent(type, { bubbles: true }));

test('A touch of 350 ms calls onLongPress', () => {
  const handleLongPress = vi.fn();
  const { get } = render(<View className="message" onLongPress={handleLongPress} />);
  touch(get('.message'), 'touchstart');
  vi.advanceTimersByTime(349);
  expect(handleLongPress).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(handleLongPress).toHaveBeenCalledOnce();
});

test.each(['touchmove', 'touchend', 'touchcancel'])('The event %s before the end of that time cancels the long press', (type) => {
  const handleLongPress = vi.fn();
  const { get } = render(<View className="message" onLongPress={handleLongPress} />);
  touch(get('.message'), 'touchstart');
  touch(get('.message'), type);
  vi.runAllTimers();
  expect(handleLongPress).not.toHaveBeenCalled();
});

test('A View that is removed during a long press does not call onLongPress', () => {
  const handleLongPress = vi.fn();
  const { get, unmount } = render(<View className="message" onLongPress={handleLongPress} />);
  touch(get('.message'), 'touchstart');
  unmount();
  vi.runAllTimers();
  expect(handleLongPress).not.toHaveBeenCalled();
});
