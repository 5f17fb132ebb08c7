import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import {
  ask,
  createConversation,
  type Envelope,
  envelope,
  listMessages,
  logIn,
  type Session,
  textMessage,
  type WireMessage,
} from './support.js';

let standIn: CozeStandIn;
let session: Session;
let conversationId: string;
/** Ids oldest first: q1, a1, q2, a2, q3, a3. */
let ids: readonly string[];

const list = (body: unknown): Promise<Envelope<readonly WireMessage[]>> => envelope(listMessages(session, conversationId, body));
const listedIds = async (body: unknown): Promise<readonly string[]> => (await list(body)).data.map((message) => message.id);

beforeAll(async () => {
  standIn = await startSharedApp();
  session = await logIn(standIn, 'reader');
  conversationId = (await createConversation(standIn, session)).id;
  for (const text of ['one', 'two', 'three']) await ask(standIn, session, conversationId, text);
  ids = await listedIds({ order: 'asc' });
});
afterAll(() => standIn.stop());

describe('Message list of the stand-in', () => {
  it('The list contains questions and answers, the newest first, with one chat id for each turn', async () => {
    const { data, has_more, first_id, last_id } = await list({});
    expect(data.map((message) => [message.role, message.type, message.content])).toEqual([
      ['assistant', 'answer', 'You said: three'],
      ['user', 'question', 'three'],
      ['assistant', 'answer', 'You said: two'],
      ['user', 'question', 'two'],
      ['assistant', 'answer', 'You said: one'],
      ['user', 'question', 'one'],
    ]);
    expect(data[0]?.chat_id).toBe(data[1]?.chat_id);
    expect(data[1]?.chat_id).not.toBe(data[2]?.chat_id);
    expect([has_more, first_id, last_id]).toEqual([false, ids[5], ids[0]]);
  });

  it('The next page after the last id contains older messages', async () => {
    const first = await list({ limit: 4 });
    expect([first.data.length, first.has_more, first.last_id]).toEqual([4, true, ids[2]]);
    const second = await list({ limit: 4, after_id: first.last_id });
    expect(second.data.map((message) => message.id)).toEqual([ids[1], ids[0]]);
    expect(second.has_more).toBe(false);
  });

  it('A page can end between an answer and its question', async () => {
    const first = await list({ limit: 3 });
    expect(first.data.map((message) => message.content)).toEqual(['You said: three', 'three', 'You said: two']);
    const second = await list({ limit: 3, after_id: first.last_id });
    expect(second.data.map((message) => message.content)).toEqual(['two', 'You said: one', 'one']);
    expect(second.has_more).toBe(false);
  });

  it('A page with before_id contains the nearest newer messages', async () => {
    const page = await list({ limit: 2, before_id: ids[1] });
    expect(page.data.map((message) => message.id)).toEqual([ids[3], ids[2]]);
    expect(page.has_more).toBe(true);
    expect((await list({ limit: 2, before_id: ids[3] })).has_more).toBe(false);
  });

  it('A page in ascending order continues with newer messages', async () => {
    expect(await listedIds({ order: 'asc', after_id: ids[1], limit: 2 })).toEqual([ids[2], ids[3]]);
    expect(await listedIds({ order: 'asc', before_id: ids[4], limit: 2 })).toEqual([ids[2], ids[3]]);
  });

  it('A page with two cursors contains the messages between them', async () => {
    expect(await listedIds({ order: 'asc', after_id: ids[0], before_id: ids[3] })).toEqual([ids[1], ids[2]]);
  });

  it('The cursors "0" and "" are ignored', async () => {
    expect(await listedIds({ before_id: '0', after_id: '' })).toHaveLength(6);
  });

  it('The list with a chat id contains only the messages of that chat', async () => {
    const chatId = (await list({ limit: 1 })).data[0]?.chat_id;
    expect(await listedIds({ chat_id: chatId })).toEqual([ids[5], ids[4]]);
  });

  it('The page after the oldest message is empty and has empty cursors', async () => {
    expect(await list({ after_id: ids[0] })).toMatchObject({ data: [], first_id: '', last_id: '', has_more: false });
  });

  it('A page that ends exactly at the oldest message has has_more false', async () => {
    expect(await list({ limit: 6 })).toMatchObject({ has_more: false });
    expect(await list({ limit: 5 })).toMatchObject({ has_more: true });
  });

  it('A cursor that is not a message of the conversation is refused with 4005', async () => {
    expect((await list({ after_id: '7000000000000000000' })).code).toBe(4005);
  });

  it.each([0, 51, 2.5, '20'])('The limit %j is refused with 4000', async (limit) => {
    expect((await list({ limit })).code).toBe(4000);
  });

  it('A page contains at most fifty messages by default', async () => {
    const { id } = await createConversation(standIn, session);
    for (let count = 0; count < 51; count++) {
      await session.post(`/v1/conversation/message/create?conversation_id=${id}`, textMessage(String(count)));
    }
    const page = await envelope<readonly WireMessage[]>(listMessages(session, id));
    expect([page.data.length, page.data[0]?.content, page.has_more]).toEqual([50, '50', true]);
  });

  it('The list fails with the faults for messageList', async () => {
    standIn.setFaults({ messageList: 'http-500' });
    expect((await listMessages(session, conversationId)).status).toBe(500);
    standIn.setFaults({ messageList: 'error-code' });
    expect(await list({})).toMatchObject({ code: 4002 });
    standIn.resetFaults();
    expect((await list({})).code).toBe(0);
  });
});
