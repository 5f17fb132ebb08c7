import { expect, test } from 'vitest';
import { AnswerWatch } from '../../../../../src/frame/app/answers/answer-watch.js';
import { interruptedReply, stoppedReply } from '../../../../../src/frame/app/answers/interrupted-answer.js';
import type { ChatEvent } from '../../../../../src/frame/contract.js';
import { created, delta, message } from '../service/chat-events.js';

type Group = Parameters<AnswerWatch['end']>[0];
const CHAT_ID = '7382159487131697202';

function arrange() {
  const events: ChatEvent[] = [];
  let nowMs = 1_000;
  const watch = new AnswerWatch({ onEvent: (event) => events.push(event) > 0 }, () => nowMs);
  const end = (respMessages: readonly object[], query: object = {}): void =>
    watch.end({ id: '1', query, respMessages } as unknown as Group);
  return { watch, events, end, pass: (ms: number) => void (nowMs += ms) };
}

test.each([
  ['whole', [message({})], 'complete'],
  ['stopped', [message({}), stoppedReply(message({}))], 'stopped'],
  ['broken off', [message({}), interruptedReply(message({}), -1)], 'failed'],
])('An answer that is %s is reported with its ids, and with times that are measured from the question', (_, messages, outcome) => {
  const { watch, events, end, pass } = arrange();
  watch.begin('2');
  pass(40.4);
  watch.observe(created);
  pass(60);
  watch.observe(delta('Hel'));
  pass(100);
  watch.observe(delta('lo'));
  end(messages);
  end(messages);
  expect(events).toEqual([
    { type: 'answer-started', answer: { conversationId: '2', chatId: CHAT_ID } },
    {
      type: 'answer-ended',
      answer: { outcome, conversationId: '2', chatId: CHAT_ID, messageId: message({}).id, firstWordMs: 100, durationMs: 200 },
    },
  ]);
});

test('A question that the API does not accept is reported as a failed answer that ended, and not as one that started', () => {
  const { watch, events, end, pass } = arrange();
  watch.begin('2');
  pass(5);
  end([], { error: new Error('4016') });
  expect(events).toEqual([
    {
      type: 'answer-ended',
      answer: { outcome: 'failed', conversationId: '2', chatId: '', messageId: '', firstWordMs: undefined, durationMs: 5 },
    },
  ]);
});
