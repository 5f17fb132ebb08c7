/** Bodies of the API whose `code` is neither a number nor text: JSON allows it, and `Number()` throws for an object without a prototype. */
import { describe, expect, it } from 'vitest';
import { createCozeGateway, type OperatorEvent } from '../../../../src/server/index.js';
import { GATEWAY_SECRET } from '../../../support/gateway-world.js';
import { quickApp } from '../arrange.js';

const ODD_CODES = ['{}', '{"valueOf":0,"toString":0}', '[]', '[0]', '[{}]', '[[4100]]', '{"code":0}', '"no number"'] as const;

const CLOUD = { oauth: quickApp };
const STUDIO = { studio: { apiBaseUrl: 'https://studio.example', accessToken: 'pat_of_the_site' } };

async function arrange(backend: object, respond: (path: string, userId: string | null) => Response) {
  const events: OperatorEvent[] = [];
  const gateway = createCozeGateway({
    ...backend,
    ...{ bots: ['7400'], secret: GATEWAY_SECRET, identify: () => ({ id: 'alice' }), rateLimit: false, limits: false },
    onEvent: (event: OperatorEvent) => void events.push(event),
    fetch: (input: string) => {
      const { pathname, searchParams } = new URL(input);
      const isExchange = pathname.includes('/oauth2/');
      const token = { access_token: 'czs_some_token', expires_in: 3600 };
      return Promise.resolve(isExchange ? Response.json(token) : respond(pathname, searchParams.get('user_id')));
    },
  } as never);
  const json = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const send = (path: string, body: unknown, headers: object = {}): Promise<Response> =>
    gateway(
      new Request(`https://site.example/coze${path}`, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) }),
    );
  const { access_token: token } = (await (await send('/token', {})).json()) as { readonly access_token: string };
  const call = (path: string, body: unknown): Promise<Response> => send(path, body, { authorization: `Bearer ${token}` });
  return { call, events };
}

const CREATE = { bot_id: '7400', connector_id: '999' };
const QUESTION = { bot_id: '7400', additional_messages: [{ role: 'user', content: 'hello', content_type: 'text' }] };

function jsonBody(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'application/json' } });
}

describe.each([
  ['Coze’s cloud', CLOUD],
  ['Coze Studio', STUDIO],
])('Odd code of %s', (_, backend) => {
  it.each(ODD_CODES)('A response with the code %s is no success, and no fault of the gateway', async (code) => {
    const { call, events } = await arrange(backend, () => jsonBody(`{"code":${code},"msg":"","data":{"id":"1"}}`));
    const response = await call('/v1/conversation/create', CREATE);
    expect([response.status, await response.json()]).not.toEqual([200, expect.objectContaining({ code: 0 })]);
    expect(events.filter(({ type }) => type === 'call_refused')).toEqual([expect.not.objectContaining({ reason: 'unexpected' })]);
  });

  it.each(ODD_CODES)('An event with the code %s ends the turn with an error', async (code) => {
    const stream = `event:conversation.chat.failed\ndata:{"id":"1","last_error":{"code":${code}}}\n\nevent:error\ndata:{"code":${code}}\n\n`;
    const { call } = await arrange(backend, (path, userId) => {
      if (path === '/v3/chat') return new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
      return Response.json({ code: 0, data: { id: '12', conversations: [{ id: '12', user_id: userId }] } });
    });
    const response = await call('/v3/chat?conversation_id=12', QUESTION);
    const text = await response.text();
    expect([response.status, text]).toEqual([200, expect.stringContaining('event:conversation.chat.failed\n')]);
    expect(text).toContain('event:error\ndata:{"code":5000');
  });
});
