import { expect, test } from 'vitest';
import { answerText, isBrokenOff } from '../../../src/frame/inside/answer-text.js';
import { brokenAnswer } from '../../../src/frame/inside/broken-answer.js';
import { completed } from './chat-events.js';

type Group = Parameters<typeof answerText>[0];
type Message = Group['respMessages'][number];

const message = (fields: Partial<Message>): Message => completed(fields).data as Message;
const groupOf = (...respMessages: readonly Message[]): Group => ({ id: '1', chatId: '1', respMessages: [...respMessages] });

test('the text of a turn is that of its answers', () => {
  const group = groupOf(message({ content: 'Hello' }), message({ type: 'follow_up', content: 'More?' }), message({ content: 'Bye' }));
  expect(answerText(group)).toBe('Hello\nBye');
  expect(isBrokenOff(group)).toBe(false);
});

test('an answer that broke off is told by the notice, which is no part of the text', () => {
  const group = groupOf(message({ content: 'Hel' }), brokenAnswer(message({ content: 'Hel' })));
  expect(answerText(group)).toBe('Hel');
  expect(isBrokenOff(group)).toBe(true);
});
