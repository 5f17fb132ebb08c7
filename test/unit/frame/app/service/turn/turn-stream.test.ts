import type { StreamChatData } from '@coze/api';
import { expect, test } from 'vitest';
import { TurnConnection } from '../../../../../../src/frame/app/service/turn/turn-connection.js';
import { terminateStream } from '../../../../../../src/frame/app/service/turn/turn-stream.js';
import { VirtualTime } from '../../../../../support/virtual-time.js';
import {
  chatCompleted,
  chatFailed,
  completed,
  created,
  delta,
  done,
  error,
  inProgress,
  listen,
  outline,
  requiresAction,
  streamOf,
} from '../chat-events.js';

function arrange(stream: AsyncIterable<StreamChatData>) {
  const time = new VirtualTime();
  const connection = new TurnConnection();
  const events: StreamChatData[] = [];
  const over = listen(terminateStream(stream, connection, time.timers), (event) => events.push(event));
  return { time, connection, over, events, seen: () => outline(events) };
}

async function turnOf(stream: AsyncIterable<StreamChatData>): Promise<readonly string[]> {
  const { over, seen } = arrange(stream);
  await over;
  return seen();
}

const opening = [created, inProgress];
const openingSeen = ['conversation.chat.created', 'conversation.chat.in_progress'];

test('A complete stream passes unchanged, and its connection is not aborted', async () => {
  const { over, seen, connection } = arrange(
    streamOf([...opening, delta('Hel'), delta('lo'), completed({ content: 'Hello' }), chatCompleted, done]),
  );
  await over;
  expect(seen()).toEqual([...openingSeen, 'delta Hel', 'delta lo', 'completed Hello', 'conversation.chat.completed', 'done']);
  expect(connection.signal.aborted).toBe(false);
});

test('No event is read after done', async () => {
  expect(await turnOf(streamOf([...opening, done, delta('late')]))).toEqual([...openingSeen, 'done']);
});

test.each([
  ['closes', 'closes'],
  ['breaks', new Error('network error')],
] as const)('A stream that %s before the first message ends with an error event', async (_, end) => {
  expect(await turnOf(streamOf(opening, end))).toEqual([...openingSeen, 'error -1 ""']);
});

test('A stream without any event ends with an error event', async () => {
  expect(await turnOf(streamOf([]))).toEqual(['error -1 ""']);
});

test.each([
  ['closes', 'closes'],
  ['breaks', new Error('network error')],
] as const)('A stream that %s in the middle of an answer completes it and adds the notice of an interruption', async (_, end) => {
  const { over, seen, connection } = arrange(streamOf([...opening, delta('Hel')], end));
  await over;
  expect(seen()).toEqual([...openingSeen, 'delta Hel', 'completed Hel', 'completed broken-answer', 'done']);
  expect(connection.signal.aborted).toBe(true);
});

test.each([
  ['an error event', error(5000, 'internal error')],
  ['a failed chat', chatFailed({ last_error: { code: 5000, msg: 'event interval error' } })],
])('An answer is completed and gets the notice of an interruption when this arrives in the middle of it: %s', async (_, failure) => {
  expect(await turnOf(streamOf([...opening, delta('Hel'), failure], 'stays open'))).toEqual([
    ...openingSeen,
    'delta Hel',
    'completed Hel',
    'completed broken-answer',
    'done',
  ]);
});

test('The notice of an interruption follows a complete message without completing it again', async () => {
  const events = await turnOf(streamOf([...opening, completed({ type: 'function_call', content: '{}' }), error(5000)]));
  expect(events).toEqual([...openingSeen, 'completed {}', 'completed broken-answer', 'done']);
});

test('The notice of an interruption belongs to the same turn, and has the code of the error', async () => {
  const { over, events } = arrange(streamOf([...opening, delta('Hel'), error(4028, 'used up')]));
  await over;
  expect(events.at(-2)?.data).toMatchObject({
    chat_id: '7382159487131697202',
    type: 'answer',
    content_type: 'card',
    content: '',
    meta_data: { code: '4028' },
  });
});

test.each([
  ['an error event', error(4028, 'The balance of the bot owner is used up'), 'error 4028 ""'],
  ['a failed chat', chatFailed({ last_error: { code: 4013, msg: 'model error' } }), 'error 4013 ""'],
  ['a failed chat without last_error', chatFailed({ code: 701231, msg: 'error' }), 'error 701231 ""'],
  ['a failed chat that gives no reason', chatFailed({ last_error: { code: 0, msg: '' } }), 'error -1 ""'],
  ['a failed workflow, whose code is text', chatFailed({ code: '720702204', msg: '会话名不存在' }), 'error 720702204 ""'],
])('An error before the first message keeps its code and loses the text for the owner of the bot: %s', async (_, failure, expected) => {
  expect(await turnOf(streamOf([...opening, failure]))).toEqual([...openingSeen, expected]);
});

test('The code of an error that the stream throws is kept', async () => {
  const refused = Object.assign(new Error('quota'), { code: 4028 });
  expect(await turnOf(streamOf([], refused))).toEqual(['error 4028 ""']);
});

test.each([
  ['closes', 'closes'],
  ['breaks', new Error('network error')],
] as const)('A completed turn is complete although the stream %s without done', async (_, end) => {
  const events = await turnOf(streamOf([...opening, delta('Hello'), completed({ content: 'Hello' }), chatCompleted], end));
  expect(events.slice(-3)).toEqual(['completed Hello', 'conversation.chat.completed', 'done']);
});

test('A turn that waits for tools of the page is no error although its stream ends without done', async () => {
  expect(await turnOf(streamOf([...opening, requiresAction]))).toEqual([...openingSeen, 'conversation.chat.requires_action', 'done']);
});

test('A completed turn waits for done for 2 seconds', async () => {
  const { time, over, seen, connection } = arrange(streamOf([...opening, completed({ content: 'Hello' }), chatCompleted], 'stays open'));
  await time.advance(1_999);
  expect(seen().at(-1)).toBe('conversation.chat.completed');
  await time.advance(1);
  await over;
  expect(seen().at(-1)).toBe('done');
  expect(connection.signal.aborted).toBe(true);
});

test('An answer without new events is interrupted after 60 seconds', async () => {
  const { time, over, seen, connection } = arrange(streamOf([...opening, delta('Hel')], 'stays open'));
  await time.advance(59_999);
  expect(seen().at(-1)).toBe('delta Hel');
  await time.advance(1);
  await over;
  expect(seen().slice(-3)).toEqual(['completed Hel', 'completed broken-answer', 'done']);
  expect(connection.signal.aborted).toBe(true);
  expect(time.timerCount).toBe(0);
});

test('A turn without a message fails after 180 seconds without events', async () => {
  const { time, over, seen } = arrange(streamOf([...opening], 'stays open'));
  await time.advance(179_999);
  expect(seen()).toEqual(openingSeen);
  await time.advance(1);
  await over;
  expect(seen()).toEqual([...openingSeen, 'error -1 ""']);
});

test('Every event restarts the timeout of a turn', async () => {
  let speak = (_: StreamChatData): void => {};
  async function* slowly(): AsyncGenerator<StreamChatData> {
    while (true) yield await new Promise<StreamChatData>((resolve) => (speak = resolve));
  }
  const { time, over, seen } = arrange(slowly());
  for (const word of ['a', 'b', 'c']) {
    await time.advance(50_000);
    speak(delta(word));
  }
  await time.advance(50_000);
  speak(done);
  await over;
  expect(seen()).toEqual(['delta a', 'delta b', 'delta c', 'done']);
});

test('A turn that is aborted in the middle of an answer ends with the text so far, without an error', async () => {
  const { time, connection, over, seen } = arrange(streamOf([...opening, delta('Hel')], 'stays open'));
  await time.advance(0);
  connection.abort();
  await over;
  expect(seen()).toEqual([...openingSeen, 'delta Hel', 'completed Hel', 'done']);
});

test('A turn that is aborted before its first event ends without an error', async () => {
  const { connection, over, seen } = arrange(streamOf([], 'stays open'));
  connection.abort();
  await over;
  expect(seen()).toEqual(['done']);
});

test.each([
  ['before its request is opened', [], ['completed stopped-answer', 'done']],
  ['before the first word', opening, [...openingSeen, 'completed stopped-answer', 'done']],
  ['in the middle', [...opening, delta('Hel')], [...openingSeen, 'delta Hel', 'completed Hel', 'completed stopped-answer', 'done']],
  [
    'after the last word',
    [...opening, delta('Hello'), completed({ content: 'Hello' }), chatCompleted],
    [...openingSeen, 'delta Hello', 'completed Hello', 'conversation.chat.completed', 'done'],
  ],
])(
  'A turn that is stopped %s ends at once with the text so far, and its request goes on if the turn is incomplete',
  async (_, events, seenAtLast) => {
    const { connection, over, seen, time } = arrange(streamOf(events, 'stays open'));
    await time.advance(0);
    connection.stop();
    await over;
    expect(seen()).toEqual(seenAtLast);
    const isWhole = events.includes(chatCompleted);
    expect(connection.signal.aborted).toBe(isWhole);
  },
);
