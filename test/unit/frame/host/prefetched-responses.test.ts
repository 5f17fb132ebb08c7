import { describe, expect, it, vi } from 'vitest';
import { PrefetchedResponses } from '../../../../src/frame/host/prefetched-responses.js';
import { VirtualTime } from '../../../support/virtual-time.js';

const list = { method: 'POST', path: '/v1/messages?id=1', body: { limit: 20 } } as const;
const URL_OF_LIST = 'https://api.coze.cn/v1/messages?id=1';

function arrange(answer: () => Promise<Response> = () => Promise.resolve(Response.json({ code: 0, data: [] })), token = 'czs_1') {
  const time = new VirtualTime();
  const fetch = vi.fn<typeof globalThis.fetch>(answer);
  let view: { fetch: typeof globalThis.fetch } | undefined = { fetch };
  const prefetched = new PrefetchedResponses({
    apiBaseUrl: 'https://api.coze.cn',
    token: Promise.resolve(token),
    headers: { 'x-tenant': 'shop' },
    view: () => view,
    timers: time.timers,
  });
  return { prefetched, fetch, time, setView: (next: typeof view) => (view = next), useFetch: () => (view = { fetch }) };
}

describe('Prefetched responses', () => {
  it('A prefetched response serves only a request with the same method, URL and body, and only once', async () => {
    const { prefetched, fetch } = arrange();
    prefetched.prefetch(list);
    expect(prefetched.take('POST', URL_OF_LIST, { limit: 50 })).toBeUndefined();
    expect(prefetched.take('GET', URL_OF_LIST, undefined)).toBeUndefined();
    const answer = await prefetched.take('POST', URL_OF_LIST, { limit: 20 });
    expect(await answer?.json()).toEqual({ code: 0, data: [] });
    expect(prefetched.take('POST', URL_OF_LIST, { limit: 20 })).toBeUndefined();
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('A prefetching request has the visitor’s token, follows no redirect and sends no referrer', async () => {
    const { prefetched, fetch } = arrange();
    prefetched.prefetch(list);
    await prefetched.take('POST', URL_OF_LIST, { limit: 20 });
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
    ['an error code with status 200', () => Promise.resolve(Response.json({ code: 4100, msg: '' }))],
    ['an error status', () => Promise.resolve(Response.json({ code: 0 }, { status: 500 }))],
    ['no JSON', () => Promise.resolve(new Response('<!doctype html>'))],
    ['missing because there is no network', () => Promise.reject(new TypeError('no network'))],
  ])('A prefetched response is not used when it is %s', async (_, answer) => {
    const { prefetched, fetch } = arrange(answer);
    prefetched.prefetch(list);
    const response = prefetched.take('POST', URL_OF_LIST, { limit: 20 });
    expect(response).toBeInstanceOf(Promise);
    expect(await response).toBeUndefined();
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('A prefetching request is not sent without a token', async () => {
    const { prefetched, fetch } = arrange(undefined, '');
    prefetched.prefetch(list);
    expect(await prefetched.take('POST', URL_OF_LIST, { limit: 20 })).toBeUndefined();
    expect(fetch).not.toHaveBeenCalled();
  });

  it('A prefetching request can use another path, and a response that is not accepted is not used', async () => {
    const get = { method: 'GET', path: '/v1/conversations' } as const;
    const details = { sentPath: '/v1/conversations?_=x', accepts: ({ data }: { data?: unknown }) => data === 'new' };
    const ask = async (data: string) => {
      const { prefetched, fetch } = arrange(() => Promise.resolve(Response.json({ code: 0, data })));
      prefetched.prefetch(get, Promise.resolve(details));
      const response = await prefetched.take('GET', 'https://api.coze.cn/v1/conversations', undefined);
      expect(fetch.mock.calls.map(([url]) => url)).toEqual(['https://api.coze.cn/v1/conversations?_=x']);
      return response?.json();
    };
    expect([await ask('old'), await ask('new')]).toEqual([undefined, { code: 0, data: 'new' }]);
  });

  it('A prefetching request waits for the document of the frame, for one second at most', async () => {
    const { prefetched, fetch, time, setView, useFetch } = arrange();
    setView(undefined);
    prefetched.prefetch(list);
    await time.advance(100);
    expect(fetch).not.toHaveBeenCalled();
    useFetch();
    await time.advance(5);
    expect(fetch).toHaveBeenCalledTimes(1);

    const never = arrange();
    never.setView(undefined);
    never.prefetched.prefetch(list);
    const answer = never.prefetched.take('POST', URL_OF_LIST, { limit: 20 });
    await never.time.advance(1_000);
    expect(await answer).toBeUndefined();
    expect(never.time.timerCount).toBe(0);
  });

  it('discard() aborts a prefetching request, and its response cannot be taken any more', async () => {
    const { prefetched, fetch } = arrange();
    prefetched.prefetch(list);
    await vi.waitFor(() => expect(fetch).toHaveBeenCalled());
    prefetched.discard();
    expect(fetch.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);
    expect(prefetched.take('POST', URL_OF_LIST, { limit: 20 })).toBeUndefined();
  });
});
