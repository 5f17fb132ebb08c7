/** The bot's intermediate steps that the chat does not show never leave the gateway: neither in the stream nor in the history. */
import { expect, it } from 'vitest';
import { type CozeGatewayOptions, createCozeGateway } from '../../../src/server/index.js';
import { GATEWAY_SECRET } from '../../support/gateway-world.js';
import { NOW_MS, NOW_SECONDS, quickApp, SITE_ORIGIN } from '../../unit/server/arrange.js';
import { cozeTokenAnswer } from '../../unit/server/coze/fake-coze.js';

const INTERNAL = '7499999999999999999';
const MESSAGES = [
  {
    type: 'function_call',
    content: JSON.stringify({ name: 'weather', arguments: { city: 'Oslo' }, plugin_id: INTERNAL, api_id: INTERNAL }),
  },
  {
    type: 'knowledge',
    content: JSON.stringify({ msg_type: 'knowledge_recall', data: JSON.stringify({ chunks: [{ slice: 'a page', id: INTERNAL }] }) }),
  },
  { type: 'verbose', content: JSON.stringify({ msg_type: 'hooks', data: JSON.stringify({ prompt: INTERNAL }) }) },
  { type: 'answer', content: 'It rains.' },
].map((message, index) => ({ ...message, id: `1${index}`, role: 'assistant', content_type: 'text', meta_data: { model: INTERNAL } }));

const gateway = createCozeGateway({
  ...{ oauth: quickApp, bots: ['7400'], secret: GATEWAY_SECRET, rateLimit: false, limits: false, identify: () => ({ id: 'alice' }) },
  ...{ now: () => NOW_MS, onEvent: () => undefined },
  fetch: (input: RequestInfo | URL) => {
    const url = String(input);
    if (url.includes('/oauth2/')) return Promise.resolve(cozeTokenAnswer('czs_of_alice', NOW_SECONDS + 3600));
    if (url.includes('/message/list')) return Promise.resolve(Response.json({ code: 0, data: MESSAGES, has_more: false }));
    if (url.includes('/v1/')) return Promise.resolve(Response.json({ code: 0, data: { conversations: [{ id: '1' }] } }));
    const events = MESSAGES.map((message) => `event:conversation.message.completed\ndata:${JSON.stringify(message)}\n\n`);
    const headers = { 'content-type': 'text/event-stream' };
    return Promise.resolve(new Response(`${events.join('')}event:done\ndata:"[DONE]"\n\n`, { headers }));
  },
} as CozeGatewayOptions);

async function ask(method: string, path: string, body?: object): Promise<string> {
  const json = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const issued = await (await gateway(new Request(`${SITE_ORIGIN}/coze/token`, { method: 'POST', headers: json, body: '{}' }))).text();
  const [, token = ''] = /"access_token":"([^"]+)"/.exec(issued) ?? [];
  const headers = { ...json, authorization: `Bearer ${token}` };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  return (await gateway(new Request(`${SITE_ORIGIN}/coze/${path}`, init))).text();
}

it.each<readonly [string, string, string, object | undefined]>([
  ['the stream', 'POST', 'v3/chat?conversation_id=1', { bot_id: '7400', additional_messages: [{ role: 'user', content: 'hi' }] }],
  ['the history', 'POST', 'v1/conversation/message/list?conversation_id=1', {}],
  ['the start of a chat', 'GET', 'start?bot_id=7400&limit=20', undefined],
])('Ids, prompts and models are removed from %s, and visible parts are kept', async (_, method, path, body) => {
  const text = await ask(method, path, body);
  expect(text).not.toContain(INTERNAL);
  for (const shown of ['weather', 'Oslo', 'a page', 'It rains.']) expect(text).toContain(shown);
});
