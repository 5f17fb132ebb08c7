import { View } from '@tarojs/components';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { render } from './render.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const touch = (target: HTMLElement, type: string): boolean => target.dispatchEvent(new TouchEvent(type, { bubbles: true }));

test('a finger that stays calls onLongPress', () => {
  const handleLongPress = vi.fn();
  const { get } = render(<View className="message" onLongPress={handleLongPress} />);
  touch(get('.message'), 'touchstart');
  vi.advanceTimersByTime(349);
  expect(handleLongPress).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(handleLongPress).toHaveBeenCalledOnce();
});

test.each(['touchmove', 'touchend', 'touchcancel'])('%s before that calls it off', (type) => {
  const handleLongPress = vi.fn();
  const { get } = render(<View className="message" onLongPress={handleLongPress} />);
  touch(get('.message'), 'touchstart');
  touch(get('.message'), type);
  vi.runAllTimers();
  expect(handleLongPress).not.toHaveBeenCalled();
});

test('a message that goes away meanwhile hears nothing', () => {
  const handleLongPress = vi.fn();
  const { get, unmount } = render(<View className="message" onLongPress={handleLongPress} />);
  touch(get('.message'), 'touchstart');
  unmount();
  vi.runAllTimers();
  expect(handleLongPress).not.toHaveBeenCalled();
});
