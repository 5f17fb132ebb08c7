import { expect, test } from 'vitest';
import { interruptedReply, stoppedReply } from '../../../../../src/frame/app/answers/interrupted-answer.js';
import { findReply, PendingReply } from '../../../../../src/frame/app/bridge/pending-reply.js';
import { message } from '../service/chat-events.js';

type Group = Parameters<PendingReply['resolve']>[0];

const groupOf = (...respMessages: readonly object[]): Group => ({ id: '1', chatId: '1', respMessages }) as unknown as Group;
const answer = message({ id: '20', content: 'Hello' });
const reply = { role: 'assistant', text: 'Hello', id: '20' };

test('The reply of a turn has the id of its first answer, not of the steps before it', () => {
  const steps = [message({ type: 'function_call', id: '18' }), message({ type: 'tool_response', id: '19' })];
  expect(findReply(groupOf(...steps, answer))).toEqual(reply);
});

test.each([
  ['was received completely', [answer], reply],
  ['was stopped', [answer, stoppedReply(answer)], 'stopped'],
  ['broke off', [answer, interruptedReply(answer, -1)], 'unanswered'],
  ['was not received', [], 'unanswered'],
])('A command whose answer %s gets that outcome, and no later one', async (_, messages, outcome) => {
  const turns = new PendingReply();
  const sent = turns.start();
  turns.resolve(groupOf(...messages));
  turns.resolve(groupOf(message({ content: 'another' })));
  await expect(sent).resolves.toEqual(outcome);
});

test('A command whose message was not sent is told so', async () => {
  const turns = new PendingReply();
  const sent = turns.start();
  turns.cancel();
  await expect(sent).resolves.toBe('not-sent');
});

test('A turn that is left has no reply, even if all that was received looks complete', async () => {
  const turns = new PendingReply();
  const sent = turns.start();
  turns.leave(() => turns.resolve(groupOf(answer)));
  await expect(sent).resolves.toBe('unanswered');
  expect(turns.isLeft).toBe(false);
});

test('A failure while a turn is left does not mark the next turn as left', () => {
  const turns = new PendingReply();
  const end = (): never => {
    throw new Error('The turn cannot be ended.');
  };
  expect(() => turns.leave(end)).toThrow();
  expect(turns.isLeft).toBe(false);
});

test('A command that waits goes on when the chat is idle, and not when it is told so while an answer is running', async () => {
  const turns = new PendingReply();
  let isBusy = true;
  let isGoingOn = false;
  const waiting = turns.untilIdle(() => isBusy).then(() => (isGoingOn = true));
  turns.becomeIdle();
  await new Promise((resolve) => setTimeout(resolve));
  expect(isGoingOn).toBe(false);
  isBusy = false;
  turns.becomeIdle();
  await waiting;
  expect(isGoingOn).toBe(true);
});
