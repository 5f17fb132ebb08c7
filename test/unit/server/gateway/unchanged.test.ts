/** What the visitor and the page send reaches the API as they wrote it: the gateway only replaces ids of files. */
import { createServer, type Server } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GATEWAY_SECRET, GatewayClient, serveGateway } from '../../../support/gateway-world.js';
import { close, listen } from '../../../support/loopback.js';
import { quickApp } from '../arrange.js';

const FILE_ID = '7400000000000000001';
const BOT_ID = '7400';

interface Sent {
  readonly additional_messages: readonly { readonly content: string }[];
  readonly parameters?: unknown;
  readonly shortcut_command?: { readonly parameters: unknown };
}

let sent: Sent | undefined;
let api: Server;
let gateway: Server;
let alice: GatewayClient;
let sealed: string;
beforeAll(async () => {
  api = createServer((request, response) => {
    void readText(request).then((body) => {
      const { url = '' } = request;
      if (url.includes('/oauth2/')) return response.end(JSON.stringify({ access_token: 'czs_some_token', expires_in: 3600 }));
      if (url.includes('/files/')) return response.end(JSON.stringify({ code: 0, data: { id: FILE_ID } }));
      sent = JSON.parse(body) as Sent;
      return response.end('{"code":4000}');
    });
  });
  const oauth = { ...quickApp, apiBaseUrl: await listen(api) };
  const options = { oauth, bots: [BOT_ID], secret: GATEWAY_SECRET, identify: () => ({ id: 'alice' }), onEvent: () => undefined };
  const served = await serveGateway({ ...options, rateLimit: false, limits: false });
  gateway = served.server;
  alice = await GatewayClient.signIn(served.url, 'alice');
  sealed = String(((await alice.upload('of no matter')).body.data as { readonly id: string }).id);
});
afterAll(() => Promise.all([close(gateway), close(api)]));

async function send(body: object): Promise<{ readonly status: number; readonly sent: Sent | undefined }> {
  sent = undefined;
  const { status } = await alice.fetch('POST', '/v3/chat?conversation_id=1', { bot_id: BOT_ID, ...body });
  return { status, sent };
}

const parts = (text: string) => [
  { type: 'text', text },
  { type: 'file', file_id: sealed },
];

const TEXTS: readonly string[] = [
  '{"order":9007199254740993}',
  '[1.0, 2.50, 1e400, -0]',
  '{\n  "price": 1.0\n}',
  '"quoted"',
  '{"name":"\\u4f60\\u597d"}',
  `${'['.repeat(40)}${']'.repeat(40)}`,
  '{"a":1,"a":2}',
  '{ not JSON \t at all',
];

it.each([...TEXTS, '{"file_id":"why is this refused?"}', '{"file_id":7}'])(
  'A text beside a file reaches the API unchanged: %j',
  async (text) => {
    const { sent } = await send({
      additional_messages: [{ role: 'user', content_type: 'object_string', content: JSON.stringify(parts(text)) }],
    });
    expect(JSON.parse(sent?.additional_messages[0]?.content ?? '')).toEqual([
      { type: 'text', text },
      { type: 'file', file_id: FILE_ID },
    ]);
  },
);

it.each([...TEXTS, 'what is a file_id?'])(
  'A text in parameters and in the field of a shortcut reaches the API unchanged: %j',
  async (text) => {
    const parameters = { plain: text, nested: { list: [text] } };
    const shortcut = { command_id: '1', parameters: { field: text } };
    const { sent } = await send({ additional_messages: [{ role: 'user', content: 'hello' }], parameters, shortcut_command: shortcut });
    expect([sent?.parameters, sent?.shortcut_command]).toEqual([parameters, shortcut]);
  },
);

it('Ids of files are replaced in parameters, at any depth', async () => {
  const parameters = { plan: JSON.stringify({ file_id: sealed }), list: [{ file_id: sealed }] };
  const { sent } = await send({ additional_messages: [{ role: 'user', content: 'hello' }], parameters });
  expect(sent?.parameters).toEqual({ plan: JSON.stringify({ file_id: FILE_ID }), list: [{ file_id: FILE_ID }] });
});

it.each([
  '{"order":9007199254740993,"file_id":"FILE"}',
  '[{"file_id":"FILE"},1.0,2.50,1e400,-0,12345678901234567890]',
  String.raw`{"file_id":"FILE","a":"1.0, \"2.50\"","b":"\\","c":1.0}`,
  String.raw`{"file_id":"FILE","a":"x\"\u0000number 5","__proto__":{"b":"\ud800"}}`,
  JSON.stringify({ file_id: 'FILE', inner: '{"file_id":"FILE","order":9007199254740993}', outer: '{"order":1.0}' }),
])('Numbers and texts beside the id of a file are forwarded unchanged: %j', async (text) => {
  const parameters = { plan: text.replaceAll('FILE', sealed) };
  const { sent } = await send({ additional_messages: [{ role: 'user', content: 'hello' }], parameters });
  expect(sent?.parameters).toEqual({ plan: text.replaceAll('FILE', FILE_ID) });
});

it('A visitor’s text in the gateway’s internal form of a number becomes a number, and no structure', async () => {
  const parameters = {
    plan: String.raw`{"file_id":"FILE","a":"\u0000number 5","b":"\u0000number 5,\"file_id\":\"7\""}`.replace('FILE', sealed),
  };
  const { sent } = await send({ additional_messages: [{ role: 'user', content: 'hello' }], parameters });
  const { plan } = sent?.parameters as { readonly plan: string };
  expect(JSON.parse(plan)).toEqual({ file_id: FILE_ID, a: 5, b: '\u0000number 5,"file_id":"7"' });
});

it.each(['{1:0,"file_id":"FILE"}', '[01,{"file_id":"FILE"}]', '{"file_id":"FILE","a":.5}'])(
  'Invalid JSON with the id of a file is refused: %j',
  async (text) => {
    const parameters = { plan: text.replaceAll('FILE', sealed) };
    const { sent } = await send({ additional_messages: [{ role: 'user', content: 'hello' }], parameters });
    expect(sent).toBeUndefined();
  },
);

it.each([20, 1000, 1500, 2000, 2500, 3000, 20_000])('Parameters with %i levels of nesting are refused with 400', async (depth) => {
  const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const body = `{"bot_id":"${BOT_ID}","additional_messages":[{"role":"user","content":"x"}],"parameters":{"deep":${deep}}}`;
  const headers = { authorization: `Bearer ${alice.token}`, 'content-type': 'application/json' };
  const response = await fetch(`${alice.url}/v3/chat?conversation_id=1`, { method: 'POST', headers, body });
  expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ code: 4000 })]);
});
