import '../../../../../../src/frame/platform/taro/base.css';
import { showToast } from '@tarojs/taro';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  document.querySelector('.ccf-toast')?.remove();
});

const region = (): Element | null => document.querySelector('[role="status"]');

test('A message appears in a status region that existed before, and disappears after its duration', async () => {
  const handleSuccess = vi.fn();
  await showToast({ title: 'Copied', duration: 1000, success: handleSuccess });
  expect(region()?.textContent).toBe('');
  expect(handleSuccess).toHaveBeenCalledWith({ errMsg: 'showToast:ok' });

  vi.advanceTimersByTime(50);
  expect(region()?.textContent).toBe('Copied');
  vi.advanceTimersByTime(999);
  expect(region()?.textContent).toBe('Copied');
  vi.advanceTimersByTime(1);
  expect(region()?.textContent).toBe('');
});

test('A second message replaces the first, and is shown for its full duration', async () => {
  await showToast({ title: 'first', duration: 1000 });
  vi.advanceTimersByTime(900);
  await showToast({ title: 'second', duration: 1000 });
  expect(region()?.textContent).toBe('');
  vi.advanceTimersByTime(900);
  expect(region()?.textContent).toBe('second');
  expect(document.querySelectorAll('[role="status"]')).toHaveLength(1);
});

test('A message does not intercept the pointer', async () => {
  await showToast({ title: 'Copied' });
  expect(region() && getComputedStyle(region() as Element).pointerEvents).toBe('none');
});
