/** The requests to Coze and to a gateway that are sent before the chat's code is loaded. */
import { describe, expect, it, vi } from 'vitest';
import type { HostApi } from '../../../src/frame/contract.js';
import { ChatStart } from '../../../src/session/chat-start.js';
import { NO_DRAFT } from '../../../src/session/kept-draft.js';
import { VirtualTime } from '../../support/virtual-time.js';

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
  readonly answer?: () => Promise<Response>;
}

function arrange({ isGateway = true, conversationId = '', token = Promise.resolve('token'), answer }: Changes = {}) {
  const fetch = vi.fn<typeof globalThis.fetch>(
    answer ?? (() => Promise.resolve(Response.json({ code: 0, data: { info: [bot], newest, history } }))),
  );
  const host: HostApi = {
    getAccessToken: () => token,
    confirmVisitor: () => Promise.resolve(true),
    prepareMessage: () => Promise.resolve(undefined),
    runTools: () => Promise.resolve(undefined),
    onFocus: () => undefined,
    refreshAccessToken: () => Promise.resolve(''),
    onReady: () => undefined,
    onFailed: () => undefined,
    onEvent: () => true,
    draft: () => NO_DRAFT,
    onDraft: () => undefined,
  };
  const start = new ChatStart({
    identity: { target: { botId: '1' }, connectorId: '999', apiBaseUrl: API } as never,
    subject: 'alice',
    isGateway,
    conversationId,
    options: {},
    host,
    view: () => ({ fetch }),
    timers: new VirtualTime().timers,
    storage: undefined,
    random: () => 0.5,
  });
  const take = async (method: string, url: string, body?: unknown): Promise<unknown> =>
    (await start.host.takeResponse?.(method, url, body))?.json();
  return { start, fetch, take, asked: () => fetch.mock.calls.map(([url]) => url) };
}

describe('Of a gateway', () => {
  it('no cache is asked, since the address is the same for all visitors.', async () => {
    const { take, fetch } = arrange();
    await take('GET', BOT);
    expect(fetch.mock.calls.map(([, init]) => init?.cache)).toEqual(['no-store']);
  });

  it('a part that is no plain success is asked for by the chat itself.', async () => {
    const parts = { info: [{ code: 4100 }], newest: 'none', history: null };
    const { take } = arrange({ answer: () => Promise.resolve(Response.json({ code: 0, data: parts })) });
    expect([await take('GET', BOT), await take('GET', NEWEST)]).toEqual([undefined, undefined]);
  });

  it('all is asked for in one request, and each question has its part of the answer.', async () => {
    const { take, asked } = arrange();
    expect(await take('GET', BOT)).toEqual(bot);
    expect(await take('GET', NEWEST)).toEqual(newest);
    expect(await take('POST', HISTORY('741'), { limit: 20 })).toEqual(history);
    expect(asked()).toEqual([START]);
  });

  it('nothing is asked for before the token has proven whose the chat is, and nothing where it does not.', async () => {
    let prove: (token: string) => void = () => undefined;
    const { fetch } = arrange({ token: new Promise((resolve) => (prove = resolve)) });
    await vi.waitFor(() => expect(fetch).not.toHaveBeenCalled());
    prove('token');
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));

    const nobody = arrange({ token: Promise.resolve('') });
    expect(await nobody.take('GET', BOT)).toBeUndefined();
    expect(nobody.fetch).not.toHaveBeenCalled();
  });

  it('a visitor without a conversation waits for no messages.', async () => {
    const none = { code: 0, data: { conversations: [] } };
    const { take } = arrange({ answer: () => Promise.resolve(Response.json({ code: 0, data: { info: [bot], newest: none } })) });
    expect(await take('GET', NEWEST)).toEqual(none);
    expect(await take('POST', HISTORY('741'), { limit: 20 })).toBeUndefined();
  });

  it('a conversation that is named comes with its messages, and without the newest.', async () => {
    const { take, asked } = arrange({
      conversationId: '5',
      answer: () => Promise.resolve(Response.json({ code: 0, data: { info: [bot], history } })),
    });
    expect(await take('POST', HISTORY('5'), { limit: 20 })).toEqual(history);
    expect(await take('GET', NEWEST)).toBeUndefined();
    expect(asked()).toEqual([`${START}5`]);
  });

  it.each([
    ['has no such answer', () => Promise.resolve(Response.json({ code: 4000 }, { status: 404 }))],
    ['is not reached', () => Promise.reject(new TypeError('no network'))],
    ['has another form', () => Promise.resolve(Response.json({ code: 0, data: ['bot'] }))],
  ])('the chat asks by itself where it %s.', async (_, answer) => {
    const { take } = arrange({ answer });
    expect(await take('GET', BOT)).toBeUndefined();
    expect(await take('GET', NEWEST)).toBeUndefined();
  });

  it('what was asked ends with the frame.', async () => {
    const { start, fetch, take } = arrange();
    await vi.waitFor(() => expect(fetch).toHaveBeenCalled());
    start.end();
    expect(fetch.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);
    expect(await take('GET', BOT)).toBeUndefined();
  });
});

it('Of Coze each is asked for by itself.', async () => {
  const { take, asked } = arrange({ isGateway: false, answer: () => Promise.resolve(Response.json(bot)) });
  expect(await take('GET', BOT)).toEqual(bot);
  await vi.waitFor(() => expect(asked()).toHaveLength(2));
  expect(asked().some((url) => String(url).startsWith(`${API}/start`))).toBe(false);
});
