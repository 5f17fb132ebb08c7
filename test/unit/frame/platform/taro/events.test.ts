import { expect, test, vi } from 'vitest';
import { Events } from '../../../../../src/frame/platform/taro/api/events.js';

test('Listeners are called in the order of their registration, with all arguments', () => {
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

test('A listener that is registered twice is called twice, and one off() removes both registrations', () => {
  const listener = vi.fn();
  const events = new Events().on('send', listener).on('send', listener).trigger('send');
  expect(listener).toHaveBeenCalledTimes(2);
  events.off('send', listener).trigger('send');
  expect(listener).toHaveBeenCalledTimes(2);
});

test('A listener that is registered with once() is called once', () => {
  const listener = vi.fn();
  new Events().once('send', listener).trigger('send', 1).trigger('send', 2);
  expect(listener.mock.calls).toEqual([[1]]);
});

test('off() removes one listener, all listeners of an event, or all listeners', () => {
  const [kept, removed, other] = [vi.fn(), vi.fn(), vi.fn()];
  const events = new Events().on('send', kept).on('send', removed).on('close', other);

  events.off('send', removed).trigger('send');
  expect([kept.mock.calls.length, removed.mock.calls.length]).toEqual([1, 0]);

  events.off('send').trigger('send').trigger('close');
  expect([kept.mock.calls.length, other.mock.calls.length]).toEqual([1, 1]);

  events.off().trigger('close');
  expect(other).toHaveBeenCalledTimes(1);
});

test('A listener that is removed while an event is triggered is still called for it, and one that is added is not', () => {
  const events = new Events();
  const [late, removed] = [vi.fn(), vi.fn()];
  events.on('send', () => events.off('send', removed).on('send', late)).on('send', removed);
  events.trigger('send');
  expect([removed.mock.calls.length, late.mock.calls.length]).toEqual([1, 0]);
});
