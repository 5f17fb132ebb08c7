/** Changes of a visitor's conversations: renaming and deleting, as far as the OAuth app has the permissions. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
  type WireConversation,
} from './support.js';

let standIn: CozeStandIn;
beforeAll(async () => {
  standIn = await startSharedApp();
});
afterEach(() => standIn.resetFaults());
afterAll(() => standIn.stop());

interface ConversationList {
  readonly has_more: boolean;
  readonly conversations: readonly WireConversation[];
}

const listed = async (session: Session): Promise<readonly (readonly [string, string])[]> =>
  (await envelope<ConversationList>(listConversations(standIn, session))).data.conversations.map(({ id, name }) => [id, name]);

describe('Changes of a conversation', () => {
  it('A conversation has its first question as its name, also after later ones', async () => {
    const session = await logIn(standIn, 'named');
    const { id } = await createConversation(standIn, session);
    await ask(standIn, session, id, 'Where is my order?');
    await ask(standIn, session, id, 'And the other one?');
    expect(await listed(session)).toEqual([[id, 'Where is my order?']]);
  });

  it('The name of a conversation is limited to the first 100 characters of a long question', async () => {
    const session = await logIn(standIn, 'long');
    const { id } = await createConversation(standIn, session);
    await ask(standIn, session, id, 'o'.repeat(300));
    expect(await listed(session)).toEqual([[id, 'o'.repeat(100)]]);
  });

  it('A conversation has no name with the fault leavesUnnamed', async () => {
    standIn.setFaults({ leavesUnnamed: true });
    const session = await logIn(standIn, 'unnamed');
    const { id } = await createConversation(standIn, session);
    await ask(standIn, session, id, 'hello');
    expect(await listed(session)).toEqual([[id, '']]);
  });

  it('A conversation can get a name of up to 100 characters, and a longer or missing one is refused', async () => {
    const session = await logIn(standIn, 'rename');
    const { id } = await createConversation(standIn, session);
    const rename = (body: unknown) => envelope<WireConversation>(session.put(`/v1/conversations/${id}`, body));
    expect(await rename({ name: '🦜'.repeat(50) })).toMatchObject({ code: 0, data: { id, name: '🦜'.repeat(50) } });
    expect((await rename({ name: 'o'.repeat(101) })).code).toBe(4000);
    expect((await rename({})).code).toBe(4000);
    expect(await listed(session)).toEqual([[id, '🦜'.repeat(50)]]);
  });

  it('A deleted conversation is gone with its messages, and the response has no data', async () => {
    const session = await logIn(standIn, 'delete');
    const { id } = await createConversation(standIn, session);
    await ask(standIn, session, id, 'hello');
    expect(await envelope(session.delete(`/v1/conversations/${id}`))).toEqual({
      code: 0,
      msg: '',
      detail: { logid: expect.any(String) as string },
    });
    expect(await listed(session)).toEqual([]);
    for (const answer of [
      listMessages(session, id),
      session.get(`/v1/conversation/retrieve?conversation_id=${id}`),
      session.delete(`/v1/conversations/${id}`),
    ])
      expect((await envelope(answer)).code).toBe(4002);
  });

  it('A conversation of another visitor cannot be named or deleted, and gets the error of an unknown one', async () => {
    const [alice, bob] = [await logIn(standIn, 'alice'), await logIn(standIn, 'bob')];
    const { id } = await createConversation(standIn, alice);
    const answers = [
      bob.put(`/v1/conversations/${id}`, { name: 'mine' }),
      bob.put('/v1/conversations/42', { name: 'mine' }),
      bob.delete(`/v1/conversations/${id}`),
    ];
    const [named, unknown, deleted] = await Promise.all(answers.map((answer) => envelope(answer)));
    expect([named?.code, deleted?.code]).toEqual([4002, 4002]);
    expect(named?.msg).toBe(unknown?.msg);
    expect(await listed(alice)).toEqual([[id, '']]);
  });
});

describe('List of conversations', () => {
  it('The list is sorted by the last change when `sort_field` asks for it', async () => {
    let now = Date.now();
    const other = await startSharedApp({ now: () => (now += 1_000) });
    const session = await logIn(other, 'order', { nowSeconds: Math.floor(now / 1000) });
    const [older, newer] = [await createConversation(other, session), await createConversation(other, session)];
    await session.put(`/v1/conversations/${older.id}`, { name: 'changed' });
    const path = `/v1/conversations?bot_id=${other.botId}&connector_id=999`;
    const ids = async (query: string) =>
      (await envelope<ConversationList>(session.get(path + query))).data.conversations.map(({ id }) => id);
    expect(await ids('')).toEqual([newer.id, older.id]);
    expect(await ids('&sort_field=updated_at')).toEqual([older.id, newer.id]);
    await other.stop();
  });

  it('The list is empty for a channel other than that of the Chat SDK', async () => {
    const session = await logIn(standIn, 'channel');
    await session.post('/v1/conversation/create', { bot_id: standIn.botId, connector_id: '1058' });
    const { data } = await envelope<ConversationList>(session.get(`/v1/conversations?bot_id=${standIn.botId}&connector_id=1058`));
    expect(data).toEqual({ has_more: false, conversations: [] });
  });

  it('The list of the conversations of a Coze app is refused with code 4000', async () => {
    const session = await logIn(standIn, 'app');
    expect((await envelope(session.get(`/v1/conversations?app_id=${standIn.appId}&connector_id=999`))).code).toBe(4000);
  });
});

describe('Permission that was not granted', () => {
  it.each([
    ['listConversation', (session: Session) => listConversations(standIn, session)],
    ['createConversation', (session: Session) => session.post('/v1/conversation/create', { bot_id: standIn.botId })],
    ['retrieveConversation', (session: Session, id: string) => session.get(`/v1/conversation/retrieve?conversation_id=${id}`)],
    ['editConversation', (session: Session, id: string) => session.put(`/v1/conversations/${id}`, { name: 'new' })],
    ['editConversation', (session: Session, id: string) => session.delete(`/v1/conversations/${id}`)],
    ['editConversation', (session: Session, id: string) => session.post(`/v1/conversations/${id}/clear`)],
    ['listMessage', (session: Session, id: string) => listMessages(session, id)],
    ['cancelChat', (session: Session, id: string) => session.post('/v3/chat/cancel', { conversation_id: id, chat_id: '1' })],
  ] as const)('The error names the missing permission: %s', async (point, request) => {
    const session = await logIn(standIn, `without ${point}`);
    const { id } = await createConversation(standIn, session);
    standIn.setFaults({ missingPermissions: [point] });
    expect(await envelope(request(session, id))).toMatchObject({
      code: 4101,
      msg: expect.stringMatching(new RegExp(` ${point}\\. Please`)) as string,
    });
    standIn.resetFaults();
    expect((await envelope(request(session, id))).code).not.toBe(4101);
  });

  it('A missing permission does not affect requests that need another one', async () => {
    standIn.setFaults({ missingPermissions: ['editConversation'] });
    const session = await logIn(standIn, 'others');
    const { id } = await createConversation(standIn, session);
    expect(await ask(standIn, session, id, 'good day')).toBe('You said: good day');
  });
});
