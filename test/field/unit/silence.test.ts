import type { StreamChatData } from '@coze/api';
import { expect, test } from 'vitest';
import { TurnConnection } from '../../../src/frame/app/service/turn/turn-connection.js';
import { terminateStream } from '../../../src/frame/app/service/turn/turn-stream.js';
import { VirtualTime } from '../../support/virtual-time.js';
import { chatCompleted, created, delta, done, listen, outline } from '../../unit/frame/app/service/chat-events.js';

/** A turn whose events and whose time the test controls. */
function arrange() {
  const time = new VirtualTime();
  const connection = new TurnConnection();
  const seen: StreamChatData[] = [];
  const sent: StreamChatData[] = [];
  let wake = (): void => {};
  async function* stream(): AsyncGenerator<StreamChatData> {
    for (;;) {
      const event = sent.shift();
      if (event !== undefined) yield event;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  void listen(terminateStream(stream(), connection, time.timers), (event) => seen.push(event));
  const send = async (...events: StreamChatData[]): Promise<void> => {
    sent.push(...events);
    wake();
    await time.advance(0);
  };
  /** Comments in the event stream, one every 10 s. */
  const ping = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      await time.advance(10_000);
      connection.reportBytes();
    }
  };
  return { time, connection, send, ping, seen: () => outline(seen) };
}

test('An answer continues after 70 s of nothing but comments', async () => {
  const { send, ping, seen } = arrange();
  await send(created, delta('Hel'));
  await ping(7);
  await send(delta('lo'), chatCompleted, done);
  expect(seen()).toEqual(['conversation.chat.created', 'delta Hel', 'delta lo', 'conversation.chat.completed', 'done']);
});

test('An answer is broken off 60 s after the last byte, and the failure says how long nothing came', async () => {
  const { send, ping, time, connection, seen } = arrange();
  await send(created, delta('Hel'));
  await ping(7);
  await time.advance(59_999);
  expect(seen().at(-1)).toBe('delta Hel');
  await time.advance(1);
  expect(seen().slice(-2)).toEqual(['completed broken-answer', 'done']);
  expect(connection.failure).toBe('nothing came for 60 s');
});

test('A bot may work for ten minutes while comments arrive, and the SDK gets an event often enough not to give up', async () => {
  const { send, ping, seen } = arrange();
  await send(created);
  await ping(60);
  // The SDK gives up 210 s after the last event.
  expect(seen()).toEqual(['conversation.chat.created', ...Array.from({ length: 3 }, () => 'conversation.chat.in_progress')]);
  await send(delta('Done.'), done);
  expect(seen().slice(-2)).toEqual(['delta Done.', 'done']);
});

test('A complete answer ends although comments still arrive', async () => {
  const { send, time, connection, seen } = arrange();
  await send(created, delta('Hello'), chatCompleted);
  for (let index = 0; index < 4; index += 1) {
    await time.advance(500);
    connection.reportBytes();
  }
  expect(seen().at(-1)).toBe('done');
});

test('No timer is left when the turn is over', async () => {
  const { send, ping, time } = arrange();
  await send(created, delta('Hello'));
  await ping(3);
  await send(done);
  expect(time.timerCount).toBe(0);
});
