/** Responses of Coze, or of a proxy before it, in forms that its documentation has no sample of. */
import { expect, it } from 'vitest';
import { createCozeGateway, type OperatorEvent } from '../../../../src/server/index.js';
import { GATEWAY_SECRET } from '../../../support/gateway-world.js';
import { quickApp } from '../arrange.js';

const CREATED = 'event:conversation.chat.created\ndata:{"id":"1","conversation_id":"2","status":"created"}\n\n';
const DONE = 'event:done\ndata:"[DONE]"\n\n';
const ORIGIN = 'https://site.example';

/** Asks a question. Coze sends one response after the other, and the last one again. */
async function ask(...responses: readonly (() => Response)[]) {
  const events: OperatorEvent[] = [];
  let exchanges = 0;
  let requests = 0;
  const gateway = createCozeGateway({
    ...{ oauth: quickApp, bots: ['7400'], secret: GATEWAY_SECRET, identify: () => ({ id: 'alice' }), rateLimit: false, limits: false },
    onEvent: (event) => events.push(event),
    fetch: async (input) => {
      if (!String(input).includes('/oauth2/')) return (responses[requests++] ?? responses.at(-1))?.() ?? Response.error();
      exchanges += 1;
      return Response.json({ access_token: `czs_token_${exchanges}`, expires_in: 3600 });
    },
  });
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const issued = await gateway(new Request(`${ORIGIN}/coze/token`, { method: 'POST', headers, body: '{}' }));
  const { access_token: token } = (await issued.json()) as { readonly access_token: string };
  const question = { bot_id: '7400', additional_messages: [{ role: 'user', content: 'Hello' }] };
  const response = await gateway(
    new Request(`${ORIGIN}/coze/v3/chat?conversation_id=5`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${token}` },
      body: JSON.stringify(question),
    }),
  );
  return { status: response.status, text: await response.text(), exchanges, requests, events };
}

function stream(text: string): () => Response {
  return () => new Response(text, { headers: { 'content-type': 'text/event-stream' } });
}

it.each([
  ['a comment', ': keep-alive\n\nevent:error\ndata:{"code":4100,"msg":""}\n\n'],
  ['a time to reconnect', 'retry: 3000\n\nevent:error\ndata:{"code":4100,"msg":""}\n\n'],
  ['its own data', 'data:{"code":4100,"msg":""}\nevent:error\n\n'],
  ['a line break in its data', 'event:error\ndata:{"code":4100,\ndata:"msg":""}\n\n'],
  ['the end of the stream in place of a blank line', 'event:error\ndata:{"code":4100,"msg":""}'],
])('A rejected token is replaced if the event about it comes with %s', async (_, rejection) => {
  const { text, exchanges, requests } = await ask(stream(rejection), stream(CREATED + DONE));
  expect([text, exchanges, requests]).toEqual([CREATED + DONE, 2, 2]);
});

it.each([
  ['JSON without a code', () => Response.json({ message: 'slow down' }, { status: 429 })],
  ['HTML', () => new Response('<h1>Too many requests</h1>', { status: 429, headers: { 'content-type': 'text/html' } })],
])('Status 429 with %s is returned as the code for too many requests', async (_, respond) => {
  const { status, text, events } = await ask(respond);
  expect([status, JSON.parse(text)]).toEqual([429, { code: 4020, msg: 'Too many requests.' }]);
  expect(events.at(-1)).toMatchObject({ type: 'call_refused', reason: 'upstream_limited', upstream: { status: 429 } });
});
