import { expect, test } from 'vitest';
import { requestFeature } from '../../../../../src/frame/app/service/feature-request.js';
import { VirtualTime } from '../../../../support/virtual-time.js';

const request = { method: 'POST', path: '/v1/feedback', body: { a: 1 } } as const;

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** An API that returns `answers` one after the other, and a page with tokens `token-1`, `token-2` … */
function arrange(answers: readonly (() => Promise<Response> | Response)[], firstToken = 'token-1') {
  const sent: Sent[] = [];
  const refused: string[] = [];
  const time = new VirtualTime();
  const api = {
    apiBaseUrl: 'https://api.coze.cn',
    headers: { 'x-tenant': 'shop' },
    tokens: {
      getAccessToken: () => Promise.resolve(firstToken),
      refreshAccessToken: (token: string) => {
        refused.push(token);
        return Promise.resolve('token-2');
      },
    },
    fetch: (async (url, init = {}) => {
      sent.push({ url: url as string, init });
      return (answers[sent.length - 1] ?? answers.at(-1))?.() as Promise<Response>;
    }) as typeof globalThis.fetch,
    timers: time.timers,
  };
  const tokensSent = () => sent.map(({ init }) => new Headers(init.headers).get('authorization'));
  return { api, sent, refused, time, tokensSent };
}

const json =
  (body: unknown, status = 200) =>
  (): Response =>
    new Response(JSON.stringify(body), { status });

test('A request has the visitor’s token, the headers of the page and the fetch options of all requests of the frame', async () => {
  const { api, sent } = arrange([json({ code: 0, data: 7 })]);
  expect(await requestFeature(api, request)).toEqual({ ok: true, body: { code: 0, data: 7 } });
  expect(sent[0]).toMatchObject({
    url: 'https://api.coze.cn/v1/feedback',
    init: { method: 'POST', body: '{"a":1}', cache: 'default', redirect: 'error', referrerPolicy: 'no-referrer' },
  });
  expect(Object.fromEntries(new Headers(sent[0]?.init.headers))).toEqual({
    authorization: 'Bearer token-1',
    'content-type': 'application/json',
    'x-tenant': 'shop',
  });
});

test('The headers of the page do not replace the visitor’s token', async () => {
  const { api, tokensSent } = arrange([json({ code: 0 })]);
  await requestFeature({ ...api, headers: { authorization: 'Bearer of-everybody' } }, request);
  expect(tokensSent()).toEqual(['Bearer token-1']);
});

test.each([
  ['401 of the API', json({ code: 401 })],
  ['4100', json({ code: 4100 })],
  ['700012006', json({ code: '700012006' })],
  ['HTTP status 401', () => new Response('', { status: 401 })],
])('A token that is rejected by %s is replaced once', async (_, answer) => {
  const { api, refused, tokensSent } = arrange([answer, answer]);
  expect(await requestFeature(api, request)).toMatchObject({ ok: false });
  expect(tokensSent()).toEqual(['Bearer token-1', 'Bearer token-2']);
  expect(refused).toEqual(['token-1']);
});

test('A missing permission does not cause a refresh of the token', async () => {
  const { api, refused } = arrange([json({ code: 4101 })]);
  expect(await requestFeature(api, request)).toEqual({ ok: false, code: 4101 });
  expect(refused).toEqual([]);
});

test.each<[string, () => Promise<Response> | Response, number]>([
  ['a page of a gateway', () => new Response('<html>', { status: 502 }), 502],
  ['a page in place of an answer', () => new Response('<html>'), 200],
  ['no network', () => Promise.reject(new TypeError('Failed to fetch')), -1],
])('A request returns a failed result with a code when this happens: %s', async (_, answer, code) => {
  const { api } = arrange([answer]);
  expect(await requestFeature(api, request)).toEqual({ ok: false, code });
});

test('A request to an API that does not respond fails after 20 seconds, and is aborted', async () => {
  const { api, sent, time } = arrange([() => new Promise<Response>(() => {})]);
  const result = requestFeature(api, request);
  await time.advance(19_999);
  expect(sent[0]?.init.signal?.aborted).toBe(false);
  await time.advance(1);
  expect(await result).toEqual({ ok: false, code: -1 });
  expect(sent[0]?.init.signal?.aborted).toBe(true);
});

test('No request is sent without a token', async () => {
  const { api, sent } = arrange([], '');
  expect(await requestFeature(api, request)).toEqual({ ok: false, code: -1 });
  expect(sent).toEqual([]);
});
