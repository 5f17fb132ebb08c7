import { expect, test } from 'vitest';
import { answerText, isIncomplete } from '../../../../../src/frame/app/answers/answer-text.js';
import { interruptedReply, noticeText } from '../../../../../src/frame/app/answers/interrupted-answer.js';
import { strings } from '../../../../../src/locales/translations/en.js';
import { completed } from '../service/chat-events.js';

type Group = Parameters<typeof isIncomplete>[0];
type Message = Group['respMessages'][number];

const message = (fields: Partial<Message>): Message => completed(fields).data as Message;
const groupOf = (...respMessages: readonly Message[]): Group => ({ id: '1', chatId: '1', respMessages: [...respMessages] });

test('The text of a turn consists of its answers, without the suggested questions', () => {
  const group = groupOf(message({ content: 'Hello' }), message({ type: 'follow_up', content: 'More?' }), message({ content: 'Bye' }));
  expect(answerText(group)).toBe('Hello\nBye');
  expect(isIncomplete(group)).toBe(false);
});

test('A turn with the notice of an interruption counts as interrupted, and the notice is not part of its text', () => {
  const group = groupOf(message({ content: 'Hel' }), interruptedReply(message({ content: 'Hel' }), -1));
  expect(answerText(group)).toBe('Hel');
  expect(isIncomplete(group)).toBe(true);
});

test.each([
  [4028, 'The answer broke off. The assistant is not available at the moment. Please try again later.'],
  [5000, 'The answer broke off.'],
  [-1, 'The answer broke off.'],
])('The notice of an interrupted answer has the sentence that belongs to code %i', (code, text) => {
  expect(noticeText(interruptedReply(message({ content: 'Hel' }), code), strings)).toBe(text);
});
