import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import {
  ask,
  createConversation,
  envelope,
  listConversations,
  listMessages,
  logIn,
  type Session,
  startChat,
  type WireConversation,
  type WireMessage,
} from './support.js';

let standIn: CozeStandIn;

beforeAll(async () => {
  standIn = await startSharedApp();
});
afterAll(() => standIn.stop());

async function conversationIds(session: Session): Promise<readonly string[]> {
  const { data } = await envelope<{ conversations: readonly WireConversation[] }>(listConversations(standIn, session));
  return data.conversations.map((conversation) => conversation.id);
}

async function messageTexts(session: Session, conversationId: string): Promise<readonly string[]> {
  const { data } = await envelope<readonly WireMessage[]>(listMessages(session, conversationId));
  return data.map((message) => message.content);
}

describe('Two session names', () => {
  it('Visitors with two session names see only their own conversations with the same bot', async () => {
    const [alice, bob] = [await logIn(standIn, 'alice-1'), await logIn(standIn, 'bob-1')];
    const [hers, his] = [await createConversation(standIn, alice), await createConversation(standIn, bob)];
    await ask(standIn, alice, hers.id, 'a secret of Alice');
    await ask(standIn, bob, his.id, 'a secret of Bob');

    expect(await conversationIds(alice)).toEqual([hers.id]);
    expect(await conversationIds(bob)).toEqual([his.id]);
    expect(await messageTexts(alice, hers.id)).toEqual(['You said: a secret of Alice', 'a secret of Alice']);
    expect(await messageTexts(bob, his.id)).toEqual(['You said: a secret of Bob', 'a secret of Bob']);

    const seenByBob = standIn.requests.filter((request) => request.sessionName === 'bob-1').map((request) => request.responseText);
    expect(seenByBob.join('')).toContain('a secret of Bob');
    expect(seenByBob.join('')).not.toContain('Alice');
  });

  it('The conversations of two session names have different creator ids', async () => {
    const hers = await createConversation(standIn, await logIn(standIn, 'alice-2'));
    const his = await createConversation(standIn, await logIn(standIn, 'bob-2'));
    expect(hers.creator_id).not.toBe(his.creator_id);
  });

  const doors: readonly [string, (session: Session, id: string) => Promise<Response>][] = [
    ['reads messages', (session, id) => listMessages(session, id)],
    ['sends a message', (session, id) => startChat(standIn, session, id, 'hello')],
    [
      'adds a message',
      (session, id) => session.post(`/v1/conversation/message/create?conversation_id=${id}`, { role: 'user', content: 'x' }),
    ],
    ['clears the context', (session, id) => session.post(`/v1/conversations/${id}/clear`)],
    ['retrieves the conversation', (session, id) => session.get(`/v1/conversation/retrieve?conversation_id=${id}`)],
    ['retrieves a chat', (session, id) => session.get(`/v3/chat/retrieve?conversation_id=${id}&chat_id=1`)],
    ['cancels a chat', (session, id) => session.post('/v3/chat/cancel', { conversation_id: id, chat_id: '1' })],
  ];

  it.each(doors)(
    'A visitor who %s gets the same error 4002 for the conversation of another as for an unknown one',
    async (_what, knock) => {
      const [alice, bob] = [await logIn(standIn, 'alice-3'), await logIn(standIn, 'bob-3')];
      const hers = await createConversation(standIn, alice);
      const [foreign, missing] = [await envelope(knock(bob, hers.id)), await envelope(knock(bob, '7000000000000000000'))];
      expect(foreign.code).toBe(4002);
      expect({ ...foreign, detail: undefined }).toEqual({ ...missing, detail: undefined });
    },
  );
});

describe('One identity', () => {
  it('A visitor sees their conversations with every new token', async () => {
    const hers = await createConversation(standIn, await logIn(standIn, 'alice-4'));
    expect(await conversationIds(await logIn(standIn, 'alice-4'))).toEqual([hers.id]);
  });

  it('Visitors whose assertions have no session_name or an empty one share their conversations', async () => {
    const [one, other, empty] = [await logIn(standIn, undefined), await logIn(standIn, undefined), await logIn(standIn, '')];
    const conversation = await createConversation(standIn, one);
    await ask(standIn, one, conversation.id, 'everybody reads this');
    expect(await messageTexts(other, conversation.id)).toContain('everybody reads this');
    expect(await conversationIds(empty)).toContain(conversation.id);
  });

  it('The same session name in another account has other conversations', async () => {
    const own = await createConversation(standIn, await logIn(standIn, 'alice-5'));
    const elsewhere = await logIn(standIn, 'alice-5', { path: '/api/permission/oauth2/account/77/token' });
    expect(await conversationIds(elsewhere)).toEqual([]);
    expect((await envelope(listMessages(elsewhere, own.id))).code).toBe(4002);
  });

  it('A visitor has separate conversations with every bot', async () => {
    const session = await logIn(standIn, 'alice-10');
    const withFirst = await createConversation(standIn, session);
    const secondBot = { bot_id: standIn.secondBotId };
    const withSecond = await envelope<WireConversation>(session.post('/v1/conversation/create', { ...secondBot, connector_id: '999' }));
    expect(await conversationIds(session)).toEqual([withFirst.id]);

    expect((await envelope(startChat(standIn, session, withFirst.id, 'hello', secondBot))).code).toBe(4002);
    const response = await startChat(standIn, session, withSecond.data.id, 'hello', secondBot);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
  });

  it('A conversation without a connector is not in the list of the connector 999', async () => {
    const session = await logIn(standIn, 'alice-6');
    const { data } = await envelope<WireConversation>(session.post('/v1/conversation/create', { bot_id: standIn.botId }));
    expect(data.connector_id).toBe('1024');
    expect(await conversationIds(session)).toEqual([]);
  });

  it('The connector "undefined", which the SDK sends without a connector, is the default one', async () => {
    const session = await logIn(standIn, 'alice-7');
    const created = await envelope<WireConversation>(session.post('/v1/conversation/create', { bot_id: standIn.botId }));
    const listed = await envelope<{ conversations: readonly WireConversation[] }>(
      session.get(`/v1/conversations?bot_id=${standIn.botId}&connector_id=undefined`),
    );
    expect(listed.data.conversations[0]?.id).toBe(created.data.id);
  });
});

describe('Memory of the bot', () => {
  it('The bot remembers only the messages of the same conversation', async () => {
    const alice = await logIn(standIn, 'alice-8');
    const conversation = await createConversation(standIn, alice);
    await ask(standIn, alice, conversation.id, 'my cat is grey');
    await ask(standIn, alice, conversation.id, 'my dog is brown');
    expect(await ask(standIn, alice, conversation.id, 'What did I say?')).toBe(
      'In this conversation you said:\n\n1. my cat is grey\n2. my dog is brown',
    );
    const other = await createConversation(standIn, alice);
    expect(await ask(standIn, alice, other.id, 'What did I say?')).toBe('You have not said anything in this conversation yet.');
  });

  it('The bot forgets earlier messages after a clear of the context, and they stay in the history with their section', async () => {
    const alice = await logIn(standIn, 'alice-9');
    const conversation = await createConversation(standIn, alice);
    await ask(standIn, alice, conversation.id, 'before');
    const cleared = await envelope<{ id: string; conversation_id: string }>(alice.post(`/v1/conversations/${conversation.id}/clear`));
    expect(cleared.data.conversation_id).toBe(conversation.id);
    expect(cleared.data.id).not.toBe(conversation.last_section_id);

    expect(await ask(standIn, alice, conversation.id, 'What did I say?')).toBe('You have not said anything in this conversation yet.');
    const { data } = await envelope<readonly WireMessage[]>(listMessages(alice, conversation.id));
    expect(data.map((message) => [message.content, message.section_id])).toEqual([
      ['You have not said anything in this conversation yet.', cleared.data.id],
      ['What did I say?', cleared.data.id],
      ['You said: before', conversation.last_section_id],
      ['before', conversation.last_section_id],
    ]);
  });
});
