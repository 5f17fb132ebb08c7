import { expect, test, vi } from 'vitest';
import { withTaroCallbacks } from '../../../../../src/frame/platform/taro/api/with-taro-callbacks.js';

const callbacks = () => ({ success: vi.fn(), fail: vi.fn(), complete: vi.fn() });

test('A successful call resolves, and passes its result to success and complete', async () => {
  const reported = callbacks();
  const result = await withTaroCallbacks('copy', reported, () => Promise.resolve({ data: 1 }));
  expect(result).toEqual({ data: 1, errMsg: 'copy:ok' });
  expect([reported.success.mock.calls, reported.fail.mock.calls, reported.complete.mock.calls]).toEqual([[[result]], [], [[result]]]);
});

test('A failed call passes its error to fail and complete, and its promise does not reject', async () => {
  const reported = callbacks();
  await withTaroCallbacks('copy', reported, () => Promise.reject(new Error('denied')));
  const failure = { errMsg: 'copy:fail denied' };
  expect([reported.success.mock.calls, reported.fail.mock.calls, reported.complete.mock.calls]).toEqual([[], [[failure]], [[failure]]]);
});

test('The promise of a failed call without callbacks rejects', async () => {
  await expect(
    withTaroCallbacks('copy', {}, () => {
      throw new Error('denied');
    }),
  ).rejects.toEqual({ errMsg: 'copy:fail denied' });
});

test('An error that the callback success throws rejects the promise, and fail is not called', async () => {
  const fail = vi.fn();
  const success = (): never => {
    throw new Error('mine');
  };
  await expect(withTaroCallbacks('copy', { success, fail }, () => ({}))).rejects.toThrow('mine');
  expect(fail).not.toHaveBeenCalled();
});
