import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import {
  answerText,
  createConversation,
  envelope,
  listMessages,
  logIn,
  names,
  parseEvents,
  type Session,
  startChat,
  textMessage,
  type WireMessage,
} from './support.js';

/** While held, pauses last until the test releases them. */
class HeldWait {
  #released = new AbortController();
  #holds = false;

  readonly wait = async (ms: number, signal: AbortSignal): Promise<void> => {
    const end = AbortSignal.any([signal, this.#released.signal]);
    if (ms === 0 || !this.#holds || end.aborted) return;
    await new Promise((resolve) => end.addEventListener('abort', resolve, { once: true }));
  };

  hold(): void {
    this.#holds = true;
  }

  release(): void {
    this.#holds = false;
    this.#released.abort();
    this.#released = new AbortController();
  }
}

const pace = new HeldWait();
let standIn: CozeStandIn;
let session: Session;

beforeAll(async () => {
  standIn = await startSharedApp({ wait: pace.wait, faults: { beforeAnswerMs: 1_000 } });
  session = await logIn(standIn, 'chatter');
});
afterEach(() => pace.release());
afterAll(() => standIn.stop());

const newConversation = async (): Promise<string> => (await createConversation(standIn, session)).id;

interface WireChat {
  readonly id: string;
  readonly conversation_id: string;
  readonly status: string;
}

describe('Event stream of a chat', () => {
  it('Each event of /v3/chat has no blank after the colons, one line of JSON and an empty line', async () => {
    const response = await startChat(standIn, session, await newConversation(), 'hi there');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const text = await response.text();
    expect(text).toMatch(/^(event:[a-z_.]+\ndata:\S.*\n\n)+$/);
    expect(text.endsWith('event:done\ndata:"[DONE]"\n\n')).toBe(true);
  });

  it('The events of a chat are sent in the documented order', async () => {
    const events = parseEvents(await (await startChat(standIn, session, await newConversation(), 'hi there')).text());
    expect(names(events)).toEqual([
      'conversation.chat.created',
      'conversation.chat.in_progress',
      ...Array<string>(5).fill('conversation.message.delta'),
      ...Array<string>(5).fill('conversation.message.completed'),
      'conversation.chat.completed',
      'done',
    ]);
    const completed = events.filter((one) => one.event === 'conversation.message.completed').map((one) => one.data as WireMessage);
    expect(completed.map((message) => message.type)).toEqual(['answer', 'verbose', 'follow_up', 'follow_up', 'follow_up']);
  });

  it('The joined deltas are equal to the complete answer', async () => {
    const events = parseEvents(await (await startChat(standIn, session, await newConversation(), 'one two 世界')).text());
    const answer = events.find((one) => one.event === 'conversation.message.completed')?.data as { content: string };
    expect(answerText(events)).toBe(answer.content);
    expect(answer.content).toBe('你说：one two 世界');
  });

  it('The ids of conversation, chat and section are strings', async () => {
    const conversationId = await newConversation();
    const events = parseEvents(await (await startChat(standIn, session, conversationId, 'ids')).text());
    const id = expect.stringMatching(/^\d{19}$/) as string;
    expect(events[0]?.data).toMatchObject({
      id,
      conversation_id: conversationId,
      bot_id: standIn.botId,
      section_id: id,
      status: 'created',
    });
    expect(events[2]?.data).toMatchObject({ id, chat_id: (events[0]?.data as WireChat).id, role: 'assistant', type: 'answer' });
    expect(events.at(-2)?.data).toMatchObject({ status: 'completed', completed_at: expect.any(Number) as number, last_error: { code: 0 } });
  });

  it('The first event is sent before the words of the answer', async () => {
    pace.hold();
    const reader = (await startChat(standIn, session, await newConversation(), 'slowly')).body?.getReader();
    const first = new TextDecoder().decode((await reader?.read())?.value);
    expect(first).toContain('conversation.chat.created');
    expect(first).not.toContain('conversation.message.delta');
    pace.release();
    await reader?.cancel();
  });

  it('A chat without a conversation id creates a conversation', async () => {
    const body = { bot_id: standIn.botId, connector_id: '999', stream: true, additional_messages: [textMessage('new')] };
    const events = parseEvents(await (await session.post('/v3/chat', body)).text());
    const { conversation_id: id } = events[0]?.data as WireChat;
    expect((await envelope<readonly WireMessage[]>(listMessages(session, id))).data).toHaveLength(2);
  });

  it('The complete answer is in the history after the reader has disconnected', async () => {
    pace.hold();
    const conversationId = await newConversation();
    const reader = (await startChat(standIn, session, conversationId, 'unheard')).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await expect
      .poll(async () =>
        (await envelope<readonly WireMessage[]>(listMessages(session, conversationId))).data.map((message) => message.content),
      )
      .toEqual(['You said: unheard', 'unheard']);
  });

  it('A chat with auto_save_history off stores no messages', async () => {
    const conversationId = await newConversation();
    await (await startChat(standIn, session, conversationId, 'off the record', { auto_save_history: false })).text();
    expect((await envelope<readonly WireMessage[]>(listMessages(session, conversationId))).data).toEqual([]);
  });

  it('Additional messages are stored in the history, and the bot remembers them', async () => {
    const conversationId = await newConversation();
    const messages = [textMessage('earlier'), { role: 'assistant', content: 'I see' }, textMessage('What did I say?')];
    const response = await startChat(standIn, session, conversationId, '', { additional_messages: messages });
    expect(answerText(parseEvents(await response.text()))).toContain('1. earlier');
    const { data } = await envelope<readonly WireMessage[]>(listMessages(session, conversationId, { order: 'asc' }));
    expect(data.map((message) => message.type)).toEqual(['question', 'answer', 'question', 'answer']);
  });

  it('A chat without messages answers the last question again', async () => {
    const conversationId = await newConversation();
    await (await startChat(standIn, session, conversationId, 'again')).text();
    const response = await startChat(standIn, session, conversationId, '', { additional_messages: [] });
    expect(answerText(parseEvents(await response.text()))).toBe('You said: again');
  });
});

describe('Refused chats', () => {
  const codeOf = async (response: Promise<Response>): Promise<number> => (await envelope(response)).code;

  it('A chat is refused with 4016 only while another runs in the conversation', async () => {
    pace.hold();
    const conversationId = await newConversation();
    const running = await startChat(standIn, session, conversationId, 'first');
    expect(await codeOf(startChat(standIn, session, conversationId, 'second'))).toBe(4016);
    pace.release();
    await running.text();
    expect((await startChat(standIn, session, conversationId, 'third')).headers.get('content-type')).toBe('text/event-stream');
  });

  it('The error of a refused chat is one line of JSON without a newline, as the SDK needs it', async () => {
    const response = await startChat(standIn, session, '7000000000000000000', 'x');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await response.text()).not.toContain('\n');
  });

  it('A chat is refused with 4015 for an unpublished bot and with 4200 for an unknown one', async () => {
    const conversationId = await newConversation();
    expect(await codeOf(startChat(standIn, session, conversationId, 'x', { bot_id: standIn.unpublishedBotId }))).toBe(4015);
    expect(await codeOf(startChat(standIn, session, conversationId, 'x', { bot_id: '42' }))).toBe(4200);
  });

  it('A chat with more than a hundred messages is refused with 4004', async () => {
    const messages = Array.from({ length: 101 }, () => textMessage('x'));
    expect(await codeOf(startChat(standIn, session, await newConversation(), '', { additional_messages: messages }))).toBe(4004);
  });

  it('A chat without a question, with an unknown role or with broken multimodal content is refused with 4000', async () => {
    const conversationId = await newConversation();
    for (const messages of [
      [],
      [{ role: 'system', content: 'x' }],
      [{ role: 'user', content: 'no json', content_type: 'object_string' }],
    ]) {
      expect(await codeOf(startChat(standIn, session, conversationId, '', { additional_messages: messages }))).toBe(4000);
    }
  });

  it('A chat whose body is not JSON is refused with 4000', async () => {
    const response = fetch(`${standIn.origin}/v3/chat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session.token}` },
      body: '{',
    });
    expect(await codeOf(response)).toBe(4000);
  });
});

describe('Chat without a stream', () => {
  const begin = async (conversationId: string, text: string): Promise<WireChat> =>
    (await envelope<WireChat>(startChat(standIn, session, conversationId, text, { stream: false }))).data;
  const at = (path: string, chat: WireChat): string => `${path}?conversation_id=${chat.conversation_id}&chat_id=${chat.id}`;

  it('A chat without a stream is answered in the background and read by polling', async () => {
    pace.hold();
    const chat = await begin(await newConversation(), 'poll me');
    expect(chat.status).toBe('in_progress');
    expect((await envelope<WireChat>(session.get(at('/v3/chat/retrieve', chat)))).data.status).toBe('in_progress');
    pace.release();
    await expect.poll(async () => (await envelope<WireChat>(session.get(at('/v3/chat/retrieve', chat)))).data.status).toBe('completed');
    const { data } = await envelope<readonly WireMessage[]>(session.get(at('/v3/chat/message/list', chat)));
    expect(data.map((message) => message.type)).toEqual(['answer', 'verbose', 'follow_up', 'follow_up', 'follow_up']);
  });

  it('A chat without a stream and without history is refused with 4007', async () => {
    const response = startChat(standIn, session, await newConversation(), 'x', { stream: false, auto_save_history: false });
    expect((await envelope(response)).code).toBe(4007);
  });

  it('A chat without a stream can be cancelled while it runs, and another one can start then', async () => {
    pace.hold();
    const conversationId = await newConversation();
    const chat = await begin(conversationId, 'never mind');
    const cancel = { conversation_id: conversationId, chat_id: chat.id };
    expect((await envelope<WireChat>(session.post('/v3/chat/cancel', cancel))).data.status).toBe('canceled');
    expect((await begin(conversationId, 'next')).status).toBe('in_progress');
    expect((await envelope(session.post('/v3/chat/cancel', cancel))).code).toBe(4104);

    pace.release();
    const answers = async (): Promise<number> =>
      (await envelope<readonly WireMessage[]>(listMessages(session, conversationId))).data.filter((message) => message.type === 'answer')
        .length;
    await expect.poll(answers).toBe(2);
    expect((await envelope<WireChat>(session.get(at('/v3/chat/retrieve', chat)))).data.status).toBe('canceled');
  });

  it('An unknown chat id gets 4001', async () => {
    const chat = { id: '1', conversation_id: await newConversation(), status: '' };
    expect((await envelope(session.get(at('/v3/chat/retrieve', chat)))).code).toBe(4001);
  });
});
