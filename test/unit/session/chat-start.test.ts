/** The requests to Coze and to a gateway that are sent before the chat's code is loaded. */
import { describe, expect, it, vi } from 'vitest';
import type { ChatOptions } from '../../../src/config/chat-options.js';
import type { ChatEvent, HostApi } from '../../../src/frame/contract.js';
import { ChatStart } from '../../../src/session/chat-start.js';
import { NO_DRAFT } from '../../../src/session/kept-draft.js';
import { noControls } from '../../support/chat-controls.js';
import { flushMicrotasks, VirtualTime } from '../../support/virtual-time.js';

const API = 'https://site.example/coze';
const BOT = `${API}/v1/bots/1`;
const NEWEST = `${API}/v1/conversations?bot_id=1&connector_id=999&page_num=1&page_size=1`;
const HISTORY = (id: string) => `${API}/v1/conversation/message/list?conversation_id=${id}`;
const START = `${API}/start?bot_id=1&connector_id=999&page_num=1&page_size=1&limit=20&conversation_id=`;

const bot = { code: 0, data: { name: 'Bot' } };
const newest = { code: 0, data: { conversations: [{ id: '741' }] } };
const history = { code: 0, data: [{ content: 'before' }] };

interface Changes {
  readonly isGateway?: boolean;
  readonly conversationId?: string;
  readonly token?: Promise<string>;
  readonly answer?: (url: string) => Promise<Response>;
  readonly identity?: object;
  readonly subject?: string | undefined;
  readonly options?: ChatOptions;
  readonly storage?: Pick<Storage, 'getItem' | 'setItem'> | undefined;
  /** Whether the page allows the events of the chat. */
  readonly goesOn?: boolean;
}

function arrange(changes: Changes = {}) {
  const { isGateway = true, conversationId = '', token = Promise.resolve('token'), answer, goesOn = true, options = {}, storage } = changes;
  const onReady = vi.fn<HostApi['onReady']>();
  const fetch = vi.fn<typeof globalThis.fetch>(
    answer === undefined
      ? () => Promise.resolve(Response.json({ code: 0, data: { info: [bot], newest, history } }))
      : (url) => answer(url as string),
  );
  const host: HostApi = {
    mayStillSend: () => true,
    getAccessToken: () => token,
    confirmVisitor: () => Promise.resolve(true),
    prepareMessage: () => Promise.resolve(undefined),
    runTools: () => Promise.resolve(undefined),
    onFocus: () => undefined,
    refreshAccessToken: () => Promise.resolve(''),
    onReady,
    onFailed: () => undefined,
    onEvent: () => goesOn,
    draft: () => NO_DRAFT,
    onDraft: () => undefined,
  };
  const start = new ChatStart({
    identity: { target: { botId: '1' }, connectorId: '999', apiBaseUrl: API, ...changes.identity } as never,
    subject: 'subject' in changes ? changes.subject : 'alice',
    isGateway,
    conversationId,
    options,
    host,
    view: () => ({ fetch }),
    timers: new VirtualTime().timers,
    storage,
    random: () => 0.5,
  });
  const take = async (method: string, url: string, body?: unknown): Promise<unknown> =>
    (await start.host.takeResponse?.(method, url, body))?.json();
  return { start, fetch, take, onReady, asked: () => fetch.mock.calls.map(([url]) => url) };
}

describe('Start with a gateway', () => {
  it('A request to a gateway bypasses every cache, since its address is the same for all visitors', async () => {
    const { take, fetch } = arrange();
    await take('GET', BOT);
    expect(fetch.mock.calls.map(([, init]) => init?.cache)).toEqual(['no-store']);
  });

  it('A part of the gateway’s response that is no plain success is requested by the chat itself', async () => {
    const parts = { info: [{ code: 4100 }], newest: 'none', history: null };
    const { take } = arrange({ answer: () => Promise.resolve(Response.json({ code: 0, data: parts })) });
    expect([await take('GET', BOT), await take('GET', NEWEST)]).toEqual([undefined, undefined]);
  });

  it('One request to a gateway gets everything, and each request of the chat takes its part', async () => {
    const { take, asked } = arrange();
    expect(await take('GET', BOT)).toEqual(bot);
    expect(await take('GET', NEWEST)).toEqual(newest);
    expect(await take('POST', HISTORY('741'), { limit: 20 })).toEqual(history);
    expect(asked()).toEqual([START]);
  });

  it('Nothing is requested from a gateway before there is a token, and nothing without one', async () => {
    let prove: (token: string) => void = () => undefined;
    const { fetch } = arrange({ token: new Promise((resolve) => (prove = resolve)) });
    await vi.waitFor(() => expect(fetch).not.toHaveBeenCalled());
    prove('token');
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));

    const nobody = arrange({ token: Promise.resolve('') });
    expect(await nobody.take('GET', BOT)).toBeUndefined();
    expect(nobody.fetch).not.toHaveBeenCalled();
  });

  it('The messages of a visitor without a conversation are not waited for', async () => {
    const none = { code: 0, data: { conversations: [] } };
    const { take } = arrange({ answer: () => Promise.resolve(Response.json({ code: 0, data: { info: [bot], newest: none } })) });
    expect(await take('GET', NEWEST)).toEqual(none);
    expect(await take('POST', HISTORY('741'), { limit: 20 })).toBeUndefined();
  });

  it('A gateway returns a named conversation with its messages, and without the newest conversation', async () => {
    const { take, asked } = arrange({
      conversationId: '5',
      answer: () => Promise.resolve(Response.json({ code: 0, data: { info: [bot], history } })),
    });
    expect(await take('POST', HISTORY('5'), { limit: 20 })).toEqual(history);
    expect(await take('GET', NEWEST)).toBeUndefined();
    expect(asked()).toEqual([`${START}5`]);
  });

  it.each([
    ['does not know the request', () => Promise.resolve(Response.json({ code: 4000 }, { status: 404 }))],
    ['cannot be reached', () => Promise.reject(new TypeError('no network'))],
    ['returns a response of another form', () => Promise.resolve(Response.json({ code: 0, data: ['bot'] }))],
  ])('The chat sends its own requests where the gateway %s', async (_, answer) => {
    const { take } = arrange({ answer });
    expect(await take('GET', BOT)).toBeUndefined();
    expect(await take('GET', NEWEST)).toBeUndefined();
  });

  it('Early requests end with the frame', async () => {
    const { start, fetch, take } = arrange();
    await vi.waitFor(() => expect(fetch).toHaveBeenCalled());
    start.end();
    expect(fetch.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);
    expect(await take('GET', BOT)).toBeUndefined();
  });
});

function arrangeStorage() {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
}

describe('Start with the API of Coze', () => {
  const answers: Readonly<Record<string, object>> = { '/bots': bot, '/conversations': newest, '/message/list': history };
  const answer = (url: string): Promise<Response> =>
    Promise.resolve(Response.json(Object.entries(answers).find(([part]) => url.includes(part))?.[1] ?? { code: 4000 }));
  const arrangeCoze = (changes: Changes = {}) => arrange({ isGateway: false, answer, ...changes });
  const conversation = (id: string, isNewest = true) => ({ type: 'conversation', id, isNewest }) as const;
  const isReturning = ({ start }: ReturnType<typeof arrange>) => start.host.isReturning;

  /** A storage after a visit in which the chat has reported `event`. */
  async function arrangeVisited(event: ChatEvent = conversation('741'), changes: Changes = {}) {
    const storage = arrangeStorage();
    const setItem = vi.spyOn(storage, 'setItem');
    const { start } = arrangeCoze({ ...changes, storage });
    start.host.onEvent(event);
    await start.host.isReturning;
    await flushMicrotasks();
    return { storage, setItem };
  }

  it('The bot and the list are requested separately from Coze, and the list bypasses every cache', async () => {
    const { take, asked } = arrangeCoze();
    expect([await take('GET', BOT), await take('GET', NEWEST)]).toEqual([bot, newest]);
    expect(asked()).toEqual([BOT, `${NEWEST}&_=i`]);
  });

  it('A named conversation is requested from Coze with its messages, and without the list', async () => {
    const { storage } = await arrangeVisited();
    const { take, asked } = arrangeCoze({ conversationId: '5', storage });
    expect(await take('POST', HISTORY('5'), { limit: 20 })).toEqual(history);
    expect(asked()).toEqual([BOT, HISTORY('5')]);
  });

  it.each(['a&page_size=2', 'half a parrot \ud83e'])('An id with special characters (%j) is sent encoded', async (id) => {
    const { asked } = arrange({ isGateway: false, conversationId: id, identity: { connectorId: id } });
    const { asked: withoutConversation } = arrange({ isGateway: false, identity: { connectorId: id } });
    await vi.waitFor(() => expect([asked().length, withoutConversation().length]).toEqual([2, 2]));
    const [, history] = asked() as string[];
    const [, newest] = withoutConversation() as string[];
    const named = new URL(history ?? '').searchParams.get('conversation_id');
    const { connector_id: connector, page_size: size } = Object.fromEntries(new URL(newest ?? '').searchParams);
    const sent = id.replace('\ud83e', '\ufffd');
    expect([named, connector, size]).toEqual([sent, sent, '1']);
  });

  it('The newest conversation of the last visit is requested from Coze with its messages', async () => {
    const { storage } = await arrangeVisited();
    const { start, take, asked } = arrangeCoze({ storage });
    await start.host.isReturning;
    expect(await take('POST', HISTORY('741'), { limit: 20 })).toEqual(history);
    expect(await take('GET', NEWEST)).toEqual(newest);
    expect(asked().sort()).toEqual([BOT, `${NEWEST}&_=i`, HISTORY('741')].sort());
  });

  it('The list is requested by the chat itself if another conversation is the newest', async () => {
    const { storage } = await arrangeVisited(conversation('700'));
    expect(await arrangeCoze({ storage }).take('GET', NEWEST)).toBeUndefined();
  });

  it('The conversation of an app is requested at its plain address, since no cache keeps it', async () => {
    const path = `${API}/v1/conversation/create`;
    const body = {
      app_id: '3',
      workflow_id: '4',
      conversation_name: 'Default',
      get_or_create: true,
      draft_mode: false,
      connector_id: '999',
    };
    const created = { code: 0, data: { id: '741' } };
    const target = { appId: '3', workflowId: '4' };
    const changes: Changes = { identity: { target }, answer: () => Promise.resolve(Response.json(created)) };
    const { storage } = await arrangeVisited(conversation('741'), changes);
    const { take, asked } = arrangeCoze({ ...changes, storage });
    expect(await take('POST', path, body)).toEqual(created);
    expect(asked()).toContain(path);
  });

  it.each<[string, ChatEvent, Changes]>([
    ['it is not the newest', conversation('741', false), {}],
    ['the page cancels its event', conversation('741'), { goesOn: false }],
    ['the event is about something else', { type: 'escape' }, {}],
    ['the backend names no subject', conversation('741'), { subject: undefined }],
  ])('A conversation is not remembered in this case: %s', async (_, event, changes) => {
    const { setItem } = await arrangeVisited(event, changes);
    expect(setItem).not.toHaveBeenCalled();
  });

  it.each<[string, Changes]>([
    ['visitor', { subject: 'bob' }],
    ['bot', { identity: { target: { botId: '2' } } }],
    ['channel', { identity: { connectorId: '1024' } }],
    ['API', { identity: { apiBaseUrl: 'https://api.coze.com' } }],
    ['name of conversations', { options: { conversationName: 'Sales' } }],
  ])('A conversation is remembered for its own %s only', async (_, changes) => {
    const { storage } = await arrangeVisited();
    expect(await isReturning(arrangeCoze({ storage, ...changes }))).toBe(false);
    expect(await isReturning(arrangeCoze({ storage }))).toBe(true);
  });

  it('A visitor is returning if they have a conversation or the page names one', async () => {
    expect(await isReturning(arrangeCoze())).toBe(false);
    expect(await isReturning(arrangeCoze({ conversationId: '5' }))).toBe(true);
  });
});

it('A ready chat takes no more of the early responses', async () => {
  const { start, take, onReady } = arrange();
  start.host.onReady(noControls);
  expect(onReady).toHaveBeenCalledExactlyOnceWith(noControls);
  expect(await take('GET', BOT)).toBeUndefined();
});
