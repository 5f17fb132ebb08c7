// @vitest-environment node
/** A package of the server has polluted `Object.prototype`: the gateway responds as if it had not. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CozeGatewayOptions, createCozeGateway } from '../../../src/server/index.js';
import { GATEWAY_SECRET } from '../../support/gateway-world.js';
import { NOW_MS, NOW_SECONDS, quickApp, SITE_ORIGIN } from '../../unit/server/arrange.js';
import { cozeTokenAnswer } from '../../unit/server/coze/fake-coze.js';

/** Without the names that jose reads from a header: they invalidate every token, which locks everybody out and lets nobody in. */
const NAMES = [
  ...[
    'query',
    'serverQuery',
    'server',
    'body',
    'data',
    'beside',
    'kind',
    'bot_id',
    'app_id',
    'workflow_id',
    'conversation_id',
    'user_id',
    'code',
  ],
  ...['detail', 'retryAfterSeconds', 'upstream', 'file', 'language', 'size', 'type', 'highWaterMark', 'refuse', 'text', 'bots', 'apps'],
  ...['limits', 'uploads', 'studio', 'formerSecret', 'onMessage', 'audience', 'exp', 'msg', 'tenant'],
];
const VALUES: readonly unknown[] = ['7499', 'x', '', true, false, 0, 1, null, {}, [], ['7499'], { id: '7499' }];

async function callAll(): Promise<readonly string[]> {
  const sent: string[] = [];
  const gateway = createCozeGateway({
    ...{ oauth: quickApp, bots: ['7400'], secret: GATEWAY_SECRET, rateLimit: false, limits: false, identify: () => ({ id: 'alice' }) },
    ...{ now: () => NOW_MS, onEvent: () => undefined, randomBytes: (length: number) => new Uint8Array(length) },
    fetch: async (input: RequestInfo | URL, init: RequestInit = {}) => {
      if (String(input).includes('/oauth2/')) return cozeTokenAnswer('czs_of_alice', NOW_SECONDS + 3600);
      sent.push(`${init.method} ${String(input)} ${typeof init.body === 'string' ? init.body : ''}`);
      if (!String(input).includes('/v3/chat'))
        return new Response('{"code":0,"data":{"id":"7","name":"n"}}', { headers: { 'content-type': 'application/json' } });
      const events = 'event:conversation.chat.created\ndata:{"id":"1"}\n\nevent:done\ndata:"[DONE]"\n\n';
      return new Response(events, { headers: { 'content-type': 'text/event-stream' } });
    },
  } as CozeGatewayOptions);
  const json = [
    ['content-type', 'application/json'],
    ['sec-fetch-site', 'same-origin'],
  ] as [string, string][];
  const make = (method: string, path: string, headers: [string, string][], body: string | null): Request =>
    new Request(`${SITE_ORIGIN}/coze/${path}`, Object.assign(Object.create(null) as RequestInit, { method, headers, body }));
  const issued = await (await gateway(make('POST', 'token', json, '{}'))).text();
  const [, token = ''] = /"access_token":"([^"]+)"/.exec(issued) ?? [];
  const headers: [string, string][] = [...json, ['authorization', `Bearer ${token}`]];
  const question = '{"bot_id":"7400","additional_messages":[{"role":"user","content":"hi","content_type":"text"}]}';
  const answers = [];
  for (const request of [
    make('GET', 'v1/bots/7400', headers, null),
    make('GET', 'v1/bots/7499', headers, null),
    make('POST', 'v3/chat?conversation_id=1', headers, question),
    make('POST', 'v1/conversation/create', headers, '{"bot_id":"7400"}'),
    make('DELETE', 'v1/conversations/1', headers, null),
    make('GET', 'v1/nothing', headers, null),
  ]) {
    const response = await gateway(request);
    answers.push(`${response.status} ${await response.text()}`);
  }
  return [...answers, ...sent];
}

it('The gateway gives the same responses to the same calls, whatever Object.prototype contains', async () => {
  const expected = await callAll();
  expect(expected[0]).toBe('200 {"code":0,"msg":"","data":{"name":"n"}}');
  const pollutions = fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES), {
    minKeys: 1,
    maxKeys: 4,
    noNullPrototype: true,
  });
  // Each name with each value alone, then several at once.
  const each = NAMES.flatMap((name) => VALUES.map((value): [Record<string, unknown>] => [{ [name]: value }]));
  await fc.assert(
    fc.asyncProperty(pollutions, async (names) => {
      const entries = Object.entries(names);
      for (const [name, value] of entries) Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
      try {
        const answers = await callAll();
        for (const [name] of entries) Reflect.deleteProperty(Object.prototype, name);
        expect(answers).toEqual(expected);
      } finally {
        for (const [name] of entries) Reflect.deleteProperty(Object.prototype, name);
      }
    }),
    { numRuns: each.length + 150, examples: each },
  );
}, 60_000);
