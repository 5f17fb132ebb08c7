// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "handleDisabledFileLoadingAsSuccess": true } }
import { describe, expect, it } from 'vitest';
import { identityKey, isIdentityProperty } from '../../../../src/config/identity.js';
import type { ChatApi } from '../../../../src/frame/contract.js';
import type { CozeChatElement } from '../../../../src/index.js';
import { noControls } from '../../../support/chat-controls.js';
import { bootFrame, type ChatPage, frameOf, openPage, openReadyPage, silence, token } from '../page.js';

/** For every property that is part of the identity: a value, and a change that makes the chat another visitor's. */
const CHANGES = {
  tokenEndpoint: { from: { tokenEndpoint: '/token' }, to: { tokenEndpoint: '/other-token' } },
  getToken: { from: { getToken: undefined }, to: { getToken: () => Promise.resolve({ token: 'czs_function', subject: 'bob' }) } },
  credentials: { from: { credentials: 'same-origin' }, to: { credentials: 'omit' } },
  botId: { from: { botId: '1' }, to: { botId: '2' } },
  appId: { from: { botId: '', appId: '10', workflowId: '20' }, to: { appId: '11' } },
  workflowId: { from: { botId: '', appId: '10', workflowId: '20' }, to: { workflowId: '21' } },
  userId: { from: { userId: 'alice' }, to: { userId: 'bob' } },
  identityToken: { from: { identityToken: 'a.l.ice' }, to: { identityToken: 'b.o.b' } },
  apiBaseUrl: { from: { apiBaseUrl: 'https://api.coze.cn' }, to: { apiBaseUrl: 'https://api.coze.com' } },
  connectorId: { from: { connectorId: '999' }, to: { connectorId: '1024' } },
} as const satisfies Record<string, { from: Partial<CozeChatElement>; to: Partial<CozeChatElement> }>;

/** The commands that the test's own frame has carried out. */
interface Carried {
  readonly api: ChatApi;
  readonly commands: string[];
}

function recordCommands(isAnswering: boolean): Carried {
  const commands: string[] = [];
  const never = new Promise<never>(() => {});
  const api: ChatApi = {
    compose: (text) => void commands.push(`compose ${text}`),
    stop: () => false,
    send: (text) => (commands.push(`send ${text}`), isAnswering ? never : Promise.resolve({ role: 'assistant', text: 'ok', id: '1' })),
    clear: () => (commands.push('clear'), isAnswering ? never : Promise.resolve(true)),
    conversations: (name, ...args) => (
      commands.push(`${name} ${args.join(' ')}`),
      isAnswering ? never : noControls.conversations(name, ...args)
    ),
    configure: () => {},
  };
  return { api, commands };
}

/** Brings a page to each moment of a chat's life. Records what the former visitor's frame carries out. */
const MOMENTS: Readonly<Record<string, (page: ChatPage) => Promise<Carried | undefined>>> = {
  'before the code is loaded': () => Promise.resolve(undefined),
  'while a token is requested': async (page) => {
    page.answer(silence);
    page.chat.mode = 'inline';
    await page.settle();
    return undefined;
  },
  'while the frame loads': async (page) => {
    page.chat.mode = 'inline';
    await page.settle();
    return undefined;
  },
  'while the chat is ready': async (page) => {
    page.chat.mode = 'inline';
    await page.settle();
    return startFrame(page, false);
  },
  'while a reply streams': async (page) => {
    page.chat.mode = 'inline';
    await page.settle();
    const carried = await startFrame(page, true);
    void page.chat.sendMessage('a question of the former visitor').catch(() => {});
    await page.settle();
    return carried;
  },
};

async function startFrame({ chat, settle }: ChatPage, isAnswering: boolean): Promise<Carried> {
  const carried = recordCommands(isAnswering);
  bootFrame(chat).host.onReady(carried.api);
  await settle();
  return carried;
}

const COMMANDS: Readonly<Record<string, (chat: CozeChatElement) => Promise<unknown>>> = {
  'sendMessage()': (chat) => chat.sendMessage('SECRET of the former visitor'),
  'composeMessage()': (chat) => chat.composeMessage('words of the former visitor'),
  'clearConversation()': (chat) => chat.clearConversation(),
  'newConversation()': (chat) => chat.newConversation(),
  'listConversations()': (chat) => chat.listConversations(),
  'openConversation()': (chat) => chat.openConversation('7'),
  'renameConversation()': (chat) => chat.renameConversation('7', 'a name of the former visitor'),
  'deleteConversation()': (chat) => chat.deleteConversation('7'),
  'downloadConversation()': (chat) => chat.downloadConversation('json'),
  'deleteConversations()': (chat) => chat.deleteConversations(),
};

const cases = Object.keys(CHANGES).flatMap((property) =>
  Object.keys(MOMENTS).flatMap((moment) => Object.keys(COMMANDS).map((command) => ({ property, moment, command }))),
);

describe('Commands and changes of the visitor', () => {
  it.each(cases)('$command, called $moment, is not carried out for the next visitor after a change of $property', async (row) => {
    const { from, to } = CHANGES[row.property as keyof typeof CHANGES];
    const page = await openPage({ 'bot-id': null, 'token-endpoint': null });
    const { chat, settle } = page;
    Object.assign(chat, { botId: '1', tokenEndpoint: '/token' }, from);
    await settle();
    const former = await MOMENTS[row.moment]?.(page);
    const before = former?.commands.length ?? 0;

    const outcome = COMMANDS[row.command]?.(chat);
    Object.assign(chat, to);
    page.answer(token);

    await expect(outcome).rejects.toMatchObject({ name: 'CozeChatError', code: 'interrupted' });
    await settle();
    chat.mode = 'inline';
    await settle();
    const next = recordCommands(false);
    bootFrame(chat).host.onReady(next.api);
    await settle();
    expect(next.commands).toEqual([]);
    // Only the former visitor's own frame may have started the command.
    expect((former?.commands.length ?? 0) - before).toBeLessThanOrEqual(1);
  });

  it.each(Object.keys(CHANGES))('refreshToken() rejects as interrupted after a change of %s', async (property) => {
    const { from, to } = CHANGES[property as keyof typeof CHANGES];
    const page = await openPage({ mode: 'inline' });
    Object.assign(page.chat, from);
    await page.settle();
    page.answer(silence);
    const outcome = page.chat.refreshToken();
    await page.settle();
    Object.assign(page.chat, to);
    await expect(outcome).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('sendMessage() before a reload() rejects as interrupted and is not sent afterwards', async () => {
    const { chat, settle } = await openPage();
    const outcome = chat.sendMessage('before the reload');
    chat.reload();
    await expect(outcome).rejects.toMatchObject({ code: 'interrupted' });
    await settle();
    const { api, commands } = recordCommands(false);
    bootFrame(chat).host.onReady(api);
    await settle();
    expect(commands).toEqual([]);
  });
});

const WAY_BACK: Record<string, unknown> = {};
WAY_BACK['itself'] = WAY_BACK;

describe.each([
  ['a bigint', 7n],
  ['an object that contains itself', WAY_BACK],
])('A userId that is %s', (_, userId) => {
  it('A userId that is no text ends a running chat with a warning, and throws no error into the page', async () => {
    const { chat, warnings, settle } = await openReadyPage();
    Object.assign(chat, { userId });
    await settle();
    expect([chat.status, frameOf(chat)]).toEqual(['failed', null]);
    expect(warnings.join()).toContain('user-id must be text');
  });

  it('A userId that is no text makes a starting chat fail with a warning', async () => {
    const { chat, warnings, settle } = await openPage();
    Object.assign(chat, { userId, mode: 'inline' });
    await settle();
    expect([chat.status, warnings.join()]).toEqual(['failed', expect.stringContaining('user-id must be text')]);
  });
});

describe('Identity of a visitor', () => {
  it('Each property of the identity has a change above that gives another key', () => {
    for (const [property, { from, to }] of Object.entries(CHANGES)) {
      expect(isIdentityProperty(property), property).toBe(true);
      expect(identityKey({ ...from, ...to }), property).not.toBe(identityKey(from));
    }
  });

  it('All absent values have the same key, and so have all functions', () => {
    expect(identityKey({ userId: '' })).toBe(identityKey({ userId: undefined }));
    expect(identityKey({ getToken: () => 1 })).toBe(identityKey({ getToken: () => 2 }));
  });

  it('A userId that cannot be compared has another key each time', () => {
    for (const userId of [7n, WAY_BACK]) expect(identityKey({ userId }) === identityKey({ userId })).toBe(false);
    for (const getToken of [7n, WAY_BACK]) expect(identityKey({ getToken }) === identityKey({ getToken })).toBe(true);
  });

  it('A renewed identity token of a named visitor does not change the key', () => {
    const named = { userId: 'alice', identityToken: 'a.b.c' };
    expect(identityKey({ ...named, identityToken: 'a.b.d' })).toBe(identityKey(named));
  });
});
