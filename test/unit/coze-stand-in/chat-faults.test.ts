import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChatFault, CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import {
  answerText,
  ask,
  createConversation,
  envelope,
  listMessages,
  logIn,
  names,
  parseEvents,
  type Session,
  startChat,
  type WireEvent,
  type WireMessage,
} from './support.js';

let standIn: CozeStandIn;
let session: Session;
let conversationId: string;

beforeAll(async () => {
  standIn = await startSharedApp();
  session = await logIn(standIn, 'victim');
});
afterAll(() => standIn.stop());
afterEach(() => standIn.resetFaults());

async function chatUnder(chat: ChatFault, text = 'one two three'): Promise<Response> {
  conversationId = (await createConversation(standIn, session)).id;
  standIn.setFaults({ chat });
  return startChat(standIn, session, conversationId, text);
}

const eventsUnder = async (chat: ChatFault, text?: string): Promise<readonly WireEvent[]> =>
  parseEvents(await (await chatUnder(chat, text)).text());

const history = async (): Promise<readonly string[]> =>
  (await envelope<readonly WireMessage[]>(listMessages(session, conversationId))).data.map((message) => message.content);

const begin = ['conversation.chat.created', 'conversation.chat.in_progress'];
const DELTA = 'conversation.message.delta';

describe('Faults of the connection', () => {
  it('The fault truncate ends the stream cleanly after two deltas, and the answer is in the history', async () => {
    expect(names(await eventsUnder('truncate'))).toEqual([...begin, DELTA, DELTA]);
    await expect.poll(history).toEqual(['You said: one two three', 'one two three']);
  });

  it('The fault drop breaks the connection after two deltas', async () => {
    const reader = (await chatUnder('drop')).body?.getReader();
    let text = '';
    const read = async (): Promise<void> => {
      for (;;) {
        const chunk = await reader?.read();
        if (chunk === undefined || chunk.done) return;
        text += new TextDecoder().decode(chunk.value);
      }
    };
    await expect(read()).rejects.toThrow('terminated');
    expect(names(parseEvents(text))).toEqual([...begin, DELTA, DELTA]);
  });

  it('The fault stall keeps the stream open and silent after two deltas', async () => {
    const reader = (await chatUnder('stall')).body?.getReader();
    const decoder = new TextDecoder();
    let text = '';
    while (text.split(DELTA).length < 3) text += decoder.decode((await reader?.read())?.value, { stream: true });
    await expect.poll(history).toHaveLength(2);

    const next = await Promise.race([reader?.read(), new Promise((resolve) => setImmediate(() => resolve('silence')))]);
    expect(next).toBe('silence');
    await reader?.cancel();
  });

  it('The fault no-done sends all events except `done`', async () => {
    const events = await eventsUnder('no-done');
    expect(answerText(events)).toBe('You said: one two three');
    expect(names(events).at(-1)).toBe('conversation.chat.completed');
  });
});

describe('Faults of the bot', () => {
  it('The fault error-event sends an error before the first delta, and no further event', async () => {
    const events = await eventsUnder('error-event');
    expect(names(events)).toEqual([...begin, 'error']);
    expect(events.at(-1)?.data).toEqual({ code: 5000, msg: 'internal error' });
  });

  it('The fault chat-failed sends the failure and its reason before the first delta', async () => {
    const events = await eventsUnder('chat-failed');
    expect(names(events)).toEqual([...begin, 'conversation.chat.failed']);
    expect(events.at(-1)?.data).toMatchObject({ status: 'failed', last_error: { code: 5000, msg: 'event interval error' } });
    expect(events.at(-1)?.data).toHaveProperty('failed_at');
  });

  it('The fault fail-after-delta makes a chat fail after the first deltas', async () => {
    expect(names(await eventsUnder('fail-after-delta'))).toEqual([...begin, DELTA, DELTA, DELTA, 'conversation.chat.failed']);
  });

  it('A failed chat leaves its question without an answer and frees the conversation', async () => {
    await eventsUnder('chat-failed', 'unanswered');
    expect(await history()).toEqual(['unanswered']);
    standIn.resetFaults();
    expect(await ask(standIn, session, conversationId, 'next')).toBe('You said: next');
  });

  it.each([
    ['fail', 'conversation.chat.failed'],
    ['error', 'error'],
  ])('The message "%s" makes the chat fail without a configured fault', async (word, event) => {
    expect(names(await eventsUnder('none', word)).at(-1)).toBe(event);
  });
});

describe('Faults in place of a stream', () => {
  it.each([
    ['http-429', 429, 4020],
    ['http-500', 500, 5000],
    [{ code: 4028, msg: 'no points left' }, 200, 4028],
  ] as const)('The fault %j answers with an error in one line', async (fault, status, code) => {
    const response = await chatUnder(fault);
    const text = await response.text();
    expect([response.status, (JSON.parse(text) as { code: number }).code]).toEqual([status, code]);
    expect(text).not.toContain('\n');
    expect(await history()).toEqual([]);
  });

  it('The fault json-with-newline answers with an error that ends in a newline', async () => {
    const response = await chatUnder('json-with-newline');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await response.text()).toBe('{"code":5000,"msg":"internal error"}\n');
  });
});

describe('Pace of the stand-in', () => {
  it('The stand-in waits before the answer and between words as configured, and longer for a slow answer', async () => {
    const waits: number[] = [];
    const paced = await startSharedApp({
      wait: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
      faults: { beforeAnswerMs: 200, betweenWordsMs: 30 },
    });
    const visitor = await logIn(paced, 'patient');
    const { id } = await createConversation(paced, visitor);
    const waitsFor = async (text: string): Promise<readonly number[]> => {
      waits.length = 0;
      await ask(paced, visitor, id, text);
      return waits.filter((ms) => ms > 0);
    };
    expect(await waitsFor('hi there')).toEqual([200, 30, 30, 30, 30, 30]);
    expect((await waitsFor('slow')).slice(0, 3)).toEqual([3_200, 330, 330]);

    paced.setFaults({ betweenWordsMs: 0, allDelayMs: 70, oauthDelayMs: 80 });
    expect((await waitsFor('hi there')).slice(0, 2)).toEqual([70, 200]);
    waits.length = 0;
    await logIn(paced, 'patient');
    expect(waits).toEqual([70, 80]);
    await paced.stop();
  });
});
