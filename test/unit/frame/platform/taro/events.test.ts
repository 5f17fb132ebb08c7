import { expect, test, vi } from 'vitest';
import { Events } from '../../../../../src/frame/platform/taro/api/events.js';

test('listeners are called in their order with all arguments', () => {
  const calls: unknown[] = [];
  new Events()
    .on('send', (...args) => calls.push(['first', ...args]))
    .on('send', (...args) => calls.push(['second', ...args]))
    .on('other', () => calls.push('other'))
    .trigger('send', 1, 'two');
  expect(calls).toEqual([
    ['first', 1, 'two'],
    ['second', 1, 'two'],
  ]);
});

test('a listener registered twice is called twice, and removed at once', () => {
  const listener = vi.fn();
  const events = new Events().on('send', listener).on('send', listener).trigger('send');
  expect(listener).toHaveBeenCalledTimes(2);
  events.off('send', listener).trigger('send');
  expect(listener).toHaveBeenCalledTimes(2);
});

test('once is called once', () => {
  const listener = vi.fn();
  new Events().once('send', listener).trigger('send', 1).trigger('send', 2);
  expect(listener.mock.calls).toEqual([[1]]);
});

test('off takes away one listener, all of a name, or all', () => {
  const [kept, removed, other] = [vi.fn(), vi.fn(), vi.fn()];
  const events = new Events().on('send', kept).on('send', removed).on('close', other);

  events.off('send', removed).trigger('send');
  expect([kept.mock.calls.length, removed.mock.calls.length]).toEqual([1, 0]);

  events.off('send').trigger('send').trigger('close');
  expect([kept.mock.calls.length, other.mock.calls.length]).toEqual([1, 1]);

  events.off().trigger('close');
  expect(other).toHaveBeenCalledTimes(1);
});

test('a listener removed by an earlier one is still called in this round, as one added is not', () => {
  const events = new Events();
  const [late, removed] = [vi.fn(), vi.fn()];
  events.on('send', () => events.off('send', removed).on('send', late)).on('send', removed);
  events.trigger('send');
  expect([removed.mock.calls.length, late.mock.calls.length]).toEqual([1, 0]);
});
