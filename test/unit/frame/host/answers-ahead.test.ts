import { describe, expect, it, vi } from 'vitest';
import { AnswersAhead } from '../../../../src/frame/host/answers-ahead.js';
import { VirtualTime } from '../../../support/virtual-time.js';

const list = { method: 'POST', path: '/v1/messages?id=1', body: { limit: 20 } } as const;
const URL_OF_LIST = 'https://api.coze.cn/v1/messages?id=1';

function arrange(answer: () => Promise<Response> = () => Promise.resolve(Response.json({ code: 0, data: [] })), token = 'czs_1') {
  const time = new VirtualTime();
  const fetch = vi.fn<typeof globalThis.fetch>(answer);
  let view: { fetch: typeof globalThis.fetch } | undefined = { fetch };
  const ahead = new AnswersAhead({
    apiBaseUrl: 'https://api.coze.cn',
    token: Promise.resolve(token),
    headers: { 'x-tenant': 'shop' },
    view: () => view,
    timers: time.timers,
  });
  return { ahead, fetch, time, setView: (next: typeof view) => (view = next), useFetch: () => (view = { fetch }) };
}

describe('What is asked ahead of the frame’s code', () => {
  it('answers just that request, once.', async () => {
    const { ahead, fetch } = arrange();
    ahead.ask(list);
    expect(ahead.take('POST', URL_OF_LIST, { limit: 50 })).toBeUndefined();
    expect(ahead.take('GET', URL_OF_LIST, undefined)).toBeUndefined();
    const answer = await ahead.take('POST', URL_OF_LIST, { limit: 20 });
    expect(await answer?.json()).toEqual({ code: 0, data: [] });
    expect(ahead.take('POST', URL_OF_LIST, { limit: 20 })).toBeUndefined();
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('is sent with the visitor’s token, to nobody else and without a referrer.', async () => {
    const { ahead, fetch } = arrange();
    ahead.ask(list);
    await ahead.take('POST', URL_OF_LIST, { limit: 20 });
    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe(URL_OF_LIST);
    expect(init).toMatchObject({ method: 'POST', body: '{"limit":20}', redirect: 'error', referrerPolicy: 'no-referrer' });
    expect(Object.fromEntries(new Headers(init?.headers))).toEqual({
      authorization: 'Bearer czs_1',
      'content-type': 'application/json',
      'x-tenant': 'shop',
    });
  });

  it.each([
    ['a refusal in a 200', () => Promise.resolve(Response.json({ code: 4100, msg: '' }))],
    ['an error', () => Promise.resolve(Response.json({ code: 0 }, { status: 500 }))],
    ['no JSON', () => Promise.resolve(new Response('<!doctype html>'))],
    ['nothing at all', () => Promise.reject(new TypeError('no network'))],
  ])('is asked again by the code when the answer is %s.', async (_, answer) => {
    const { ahead } = arrange(answer);
    ahead.ask(list);
    await expect(ahead.take('POST', URL_OF_LIST, { limit: 20 })).resolves.toBeUndefined();
  });

  it('is not sent without a token.', async () => {
    const { ahead, fetch } = arrange(undefined, '');
    ahead.ask(list);
    expect(await ahead.take('POST', URL_OF_LIST, { limit: 20 })).toBeUndefined();
    expect(fetch).not.toHaveBeenCalled();
  });

  it('is sent from another address for caches alone, and only taken if it is what it has to be.', async () => {
    const { ahead, fetch } = arrange(() => Promise.resolve(Response.json({ code: 0, data: 'old' })));
    const get = { method: 'GET', path: '/v1/conversations' } as const;
    ahead.ask(get, Promise.resolve({ sentPath: '/v1/conversations?_=x', accepts: ({ data }) => data === 'new' }));
    expect(await ahead.take('GET', 'https://api.coze.cn/v1/conversations', undefined)).toBeUndefined();
    expect(fetch.mock.calls[0]?.[0]).toBe('https://api.coze.cn/v1/conversations?_=x');
  });

  it('waits for the frame’s document, and for no longer than a second.', async () => {
    const { ahead, fetch, time, setView, useFetch } = arrange();
    setView(undefined);
    ahead.ask(list);
    await time.advance(100);
    expect(fetch).not.toHaveBeenCalled();
    useFetch();
    await time.advance(5);
    expect(fetch).toHaveBeenCalledTimes(1);

    const never = arrange();
    never.setView(undefined);
    never.ahead.ask(list);
    const answer = never.ahead.take('POST', URL_OF_LIST, { limit: 20 });
    await never.time.advance(1_000);
    expect(await answer).toBeUndefined();
    expect(never.time.timerCount).toBe(0);
  });

  it('is over with the frame, and when nobody has taken it.', async () => {
    const { ahead, fetch } = arrange();
    ahead.ask(list);
    await vi.waitFor(() => expect(fetch).toHaveBeenCalled());
    ahead.drop();
    expect(fetch.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);
    expect(ahead.take('POST', URL_OF_LIST, { limit: 20 })).toBeUndefined();
  });
});
