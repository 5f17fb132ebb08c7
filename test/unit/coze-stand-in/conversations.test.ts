import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import { ask, createConversation, envelope, listMessages, logIn, textMessage, type WireConversation, type WireMessage } from './support.js';

let standIn: CozeStandIn;

beforeAll(async () => {
  standIn = await startSharedApp();
});
afterAll(() => standIn.stop());

interface ConversationList {
  readonly has_more: boolean;
  readonly conversations: readonly WireConversation[];
}

describe('Conversations of the stand-in', () => {
  it('A conversation has a string id of nineteen digits and a section', async () => {
    const conversation = await createConversation(standIn, await logIn(standIn, 'shape'));
    expect(conversation).toEqual({
      id: expect.stringMatching(/^\d{19}$/) as string,
      name: '',
      meta_data: {},
      creator_id: expect.stringMatching(/^\d{16}$/) as string,
      connector_id: '999',
      created_at: expect.any(Number) as number,
      updated_at: expect.any(Number) as number,
      last_section_id: expect.stringMatching(/^\d{19}$/) as string,
    });
  });

  it('Conversations are listed in pages, the newest first', async () => {
    const session = await logIn(standIn, 'pages');
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) ids.unshift((await createConversation(standIn, session)).id);
    const page = async (query: string): Promise<readonly [readonly string[], boolean]> => {
      const { data } = await envelope<ConversationList>(session.get(`/v1/conversations?bot_id=${standIn.botId}&connector_id=999&${query}`));
      return [data.conversations.map((one) => one.id), data.has_more];
    };
    expect(await page('page_num=1&page_size=1')).toEqual([ids.slice(0, 1), true]);
    expect(await page('page_num=2&page_size=2')).toEqual([ids.slice(2), false]);
    expect(await page('sort_order=ASC')).toEqual([ids.toReversed(), false]);
    expect(await page('page_num=5')).toEqual([[], false]);
  });

  it('A conversation can be created with messages', async () => {
    const session = await logIn(standIn, 'seeded');
    const messages = [textMessage('first'), { role: 'assistant', content: 'second', content_type: 'text' }];
    const { data } = await envelope<WireConversation>(session.post('/v1/conversation/create', { bot_id: standIn.botId, messages }));
    const listed = await envelope<readonly WireMessage[]>(listMessages(session, data.id, { order: 'asc' }));
    expect(listed.data.map((message) => [message.type, message.content])).toEqual([
      ['question', 'first'],
      ['answer', 'second'],
    ]);
  });

  it('A conversation of a Coze app is found again by its name, unless the request asks for a new one', async () => {
    const session = await logIn(standIn, 'app');
    const body = { app_id: standIn.appId, conversation_name: 'Default', connector_id: '999' };
    const create = async (getOrCreate: boolean): Promise<string> =>
      (await envelope<WireConversation>(session.post('/v1/conversation/create', { ...body, get_or_create: getOrCreate }))).data.id;
    const first = await create(true);
    expect(await create(true)).toBe(first);
    const second = await create(false);
    expect(second).not.toBe(first);
    expect(await create(true)).toBe(second);
  });

  it.each(['page_size=0', 'page_size=51', 'page_num=0', 'sort_order=up'])(
    'The list of conversations refuses the query %s with code 4000',
    async (query) => {
      const session = await logIn(standIn, 'bad-query');
      expect((await envelope(session.get(`/v1/conversations?bot_id=${standIn.botId}&${query}`))).code).toBe(4000);
    },
  );
});

describe('Bots of the stand-in', () => {
  it('The profile of a bot has a name, an icon and a prologue with the placeholder for the visitor’s name', async () => {
    const session = await logIn(standIn, 'bot');
    const { data } = await envelope<Record<string, unknown>>(
      session.get(`/v1/bot/get_online_info?bot_id=${standIn.botId}&connector_id=999`),
    );
    expect(data).toMatchObject({ bot_id: standIn.botId, name: 'Parrot', bot_mode: 0 });
    expect(data['onboarding_info']).toMatchObject({ prologue: expect.stringContaining('{{user_name}}') as string });
    expect(String(data['icon_url'])).toMatch(new RegExp(`^${standIn.origin}/`));
    expect((await fetch(String(data['icon_url']))).headers.get('content-type')).toBe('image/svg+xml');
  });

  it('The Chinese bot has a name, a prologue and suggested questions in Chinese', async () => {
    const session = await logIn(standIn, 'bot');
    const { data } = await envelope<Record<string, unknown>>(session.get(`/v1/bots/${standIn.chineseBotId}`));
    expect(data).toMatchObject({
      name: '鹦鹉',
      onboarding_info: {
        prologue: expect.stringMatching(/^\{\{user_name\}\}，你好！/) as string,
        suggested_questions: ['你会什么？', '给我看一个表格', '我说过什么？'],
      },
    });
  });

  it('The icon of a bot has the public origin as its host when one is configured', async () => {
    const farStandIn = await startSharedApp({ publicOrigin: 'http://far.test' });
    try {
      const session = await logIn(farStandIn, 'bot');
      const { data } = await envelope<Record<string, unknown>>(session.get(`/v1/bots/${farStandIn.botId}`));
      expect(data['icon_url']).toBe('http://far.test/assets/parrot.svg');
    } finally {
      await farStandIn.stop();
    }
  });

  it.each(['/v1/bots/', '/v1/bot/get_online_info?bot_id='])('A request to %s for an unpublished bot gets 4015', async (path) => {
    const session = await logIn(standIn, 'bot');
    expect(await envelope(session.get(path + standIn.unpublishedBotId))).toMatchObject({
      code: 4015,
      msg: expect.stringContaining(standIn.unpublishedBotId) as string,
    });
  });

  it('A request for an unknown bot gets 4200', async () => {
    const session = await logIn(standIn, 'bot');
    expect(await envelope(session.get('/v1/bots/42'))).toMatchObject({ code: 4200, msg: expect.stringContaining('bot_id=42') as string });
    expect((await envelope(session.post('/v1/conversation/create', { bot_id: '42' }))).code).toBe(4200);
  });

  it('A request for a bot outside the scope of the token gets 4101', async () => {
    const scopeFor = (botIds: readonly string[]) => ({
      scope: {
        account_permission: { permission_list: ['Connector.botChat'] },
        attribute_constraint: { connector_bot_chat_attribute: { bot_id_list: botIds } },
      },
    });
    const [inside, outside] = [
      await logIn(standIn, 'scope', { body: scopeFor([standIn.botId]) }),
      await logIn(standIn, 'scope', { body: scopeFor(['1']) }),
    ];
    expect((await envelope(inside.get(`/v1/bots/${standIn.botId}`))).code).toBe(0);
    expect((await envelope(outside.get(`/v1/bots/${standIn.botId}`))).code).toBe(4101);
    const chat = { bot_id: standIn.botId, stream: true, additional_messages: [textMessage('hi')] };
    expect((await envelope(outside.post('/v3/chat', chat))).code).toBe(4101);
  });
});

describe('Single messages of a conversation', () => {
  it('A message can be added, retrieved, changed and deleted', async () => {
    const session = await logIn(standIn, 'single');
    const { id } = await createConversation(standIn, session);
    const at = (verb: string, messageId = ''): string =>
      `/v1/conversation/message/${verb}?conversation_id=${id}${messageId && `&message_id=${messageId}`}`;

    const added = await envelope<WireMessage>(session.post(at('create'), textMessage('old')));
    await session.post(at('modify', added.data.id), { content: 'new' });
    expect((await envelope<WireMessage>(session.get(at('retrieve', added.data.id)))).data.content).toBe('new');
    expect(await ask(standIn, session, id, 'what did i say')).toContain('1. new');

    await session.post(at('delete', added.data.id));
    expect((await envelope(session.get(at('retrieve', added.data.id)))).code).toBe(4005);
  });
});
