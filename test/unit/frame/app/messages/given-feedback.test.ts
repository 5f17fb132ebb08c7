import { expect, test } from 'vitest';
import { GivenFeedback } from '../../../../../src/frame/app/messages/bar/given-feedback.js';

function memory(): Pick<Storage, 'getItem' | 'setItem'> & { text(): string } {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    text: () => JSON.stringify([...values]),
  };
}

test('Feedback is known to the next document by conversation and message, and neither id is stored in plain text', async () => {
  const storage = memory();
  await new GivenFeedback(storage).remember('7500', '7601', 'dislike');
  expect(await new GivenFeedback(storage).find('7500', '7601')).toBe('dislike');
  expect(await new GivenFeedback(storage).find('7501', '7601')).toBeUndefined();
  expect(storage.text()).not.toMatch(/7500|7601/);
});

test('Feedback that was withdrawn is forgotten, and only the newest 500 entries are kept', async () => {
  const storage = memory();
  const given = new GivenFeedback(storage);
  for (let id = 0; id < 502; id++) await given.remember('1', String(id), 'like');
  await given.remember('1', '501', undefined);
  const later = new GivenFeedback(storage);
  expect(await Promise.all(['1', '2', '501'].map((id) => later.find('1', id)))).toEqual([undefined, 'like', undefined]);
});

test.each(['not JSON', '{}', '[[1, "like"], ["a", "love"], null]'])('A storage that contains %s counts as empty', async (text) => {
  const storage = memory();
  storage.setItem('coze-chat-feedback', text);
  expect(await new GivenFeedback(storage).find('1', '2')).toBeUndefined();
});

test('Only the feedback in deleted conversations is forgotten', async () => {
  const storage = memory();
  const given = new GivenFeedback(storage);
  for (const [conversation, message] of [
    ['7500', '1'],
    ['7501', '2'],
    ['7500', '3'],
  ] as const)
    await given.remember(conversation, message, 'like');
  await new GivenFeedback(storage).forget(['7500', '7502']);
  const later = new GivenFeedback(storage);
  expect(await Promise.all([later.find('7500', '1'), later.find('7501', '2'), later.find('7500', '3')])).toEqual([
    undefined,
    'like',
    undefined,
  ]);
});

test('Nothing is stored if feedback is forgotten and there is none', async () => {
  const storage = memory();
  await new GivenFeedback(storage).forget(['7500']);
  expect(storage.text()).toBe('[]');
});

test('Feedback is known as long as the document lives if there is no storage', async () => {
  const given = new GivenFeedback(undefined);
  await given.remember('1', '2', 'like');
  expect(await given.find('1', '2')).toBe('like');
});
