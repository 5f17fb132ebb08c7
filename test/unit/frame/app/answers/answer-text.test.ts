import { expect, test } from 'vitest';
import { answerText, isBrokenOff } from '../../../../../src/frame/app/answers/answer-text.js';
import { interruptedReply, noticeText } from '../../../../../src/frame/app/answers/interrupted-answer.js';
import { strings } from '../../../../../src/locales/translations/en.js';
import { completed } from '../service/chat-events.js';

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
  const group = groupOf(message({ content: 'Hel' }), interruptedReply(message({ content: 'Hel' }), -1));
  expect(answerText(group)).toBe('Hel');
  expect(isBrokenOff(group)).toBe(true);
});

test.each([
  [4028, 'The answer broke off. The assistant is not available at the moment. Please try again later.'],
  [5000, 'The answer broke off.'],
  [-1, 'The answer broke off.'],
])('the notice for code %i says what a visitor can make of it', (code, text) => {
  expect(noticeText(interruptedReply(message({ content: 'Hel' }), code), strings)).toBe(text);
});
