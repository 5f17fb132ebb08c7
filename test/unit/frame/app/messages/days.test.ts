import type { ChatMessageGroup } from '@coze/chat-sdk';
import { expect, test } from 'vitest';
import { findDay, nameDay, writtenAt } from '../../../../../src/frame/app/messages/days.js';

const NOON = new Date(2026, 10, 27, 12).getTime();
const DAY_MS = 86_400_000;
const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);

test('The time of a message is read from seconds or milliseconds, and a greeting has none', () => {
  expect([1_760_000_000, NOON, 0].map((created_at) => writtenAt({ created_at }))).toEqual([1_760_000_000_000, NOON, undefined]);
  expect(writtenAt({})).toBeUndefined();
});

test('A turn belongs to the day of its question, or of its answer if it has no question', () => {
  const group = (members: object): ChatMessageGroup => ({ respMessages: [], ...members }) as unknown as ChatMessageGroup;
  expect(findDay(group({ query: { created_at: NOON } }))).toBe(midnight(NOON));
  expect(findDay(group({ respMessages: [{ created_at: NOON / 1_000 }] }))).toBe(midnight(NOON));
  expect(findDay(group({}))).toBeUndefined();
});

test.each([
  [0, 'en', 'Today'],
  [1, 'en', 'Yesterday'],
  [1, 'de', 'Gestern'],
  [1, 'zh-CN', '昨天'],
  [2, 'en', 'Wed, November 25'],
  [400, 'en', 'Thu, October 23, 2025'],
])('The day %d days ago has this name in %s: %s', (daysAgo, locale, name) => {
  expect(nameDay(midnight(NOON - daysAgo * DAY_MS), NOON, locale)).toBe(name);
});
