/** What a visitor sends costs the gateway about as much as its size says: nothing small keeps the process from everybody else. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeMessage } from '../../../src/server/gateway/call-scope.js';
import { countPlaces } from '../../../src/server/gateway/endpoints/bounded-json.js';
import { openUpload } from '../../../src/server/gateway/upload/multipart-file.js';
import { type GatewayClient, type GatewayWorld, startGatewayWorld } from '../../support/gateway-world.js';

let world: GatewayWorld | undefined;
afterEach(() => world?.stop());

const TOOLS = '/v3/chat/submit_tool_outputs?conversation_id=1&chat_id=2';
const CHAT = '/v3/chat?conversation_id=1';
const many = (value: string, count: number): readonly unknown[] =>
  JSON.parse(`[${Array<string>(count).fill(value).join(',')}]`) as unknown[];

async function send(client: GatewayClient, path: string, body: object): Promise<{ readonly status: number; readonly reached: boolean }> {
  const before = world?.coze.requests.length;
  const response = await client.fetch('POST', path, body);
  await response.text();
  return { status: response.status, reached: world?.coze.requests.length !== before };
}

function message(botId: string, rest: object): object {
  return { bot_id: botId, additional_messages: [{ role: 'user', content: 'hello', content_type: 'text' }], ...rest };
}

describe('Request with more values than a chat sends', () => {
  it('A request with too many outputs of tools or parameters is refused before they are parsed', async () => {
    world = await startGatewayWorld();
    const [alice, { botId }] = [await world.visitor('alice'), world.coze];
    const refused = { status: 400, reached: false };
    expect(await send(alice, TOOLS, { tool_outputs: many('{}', 600_000) })).toEqual(refused);
    expect(await send(alice, TOOLS, { tool_outputs: [{ tool_call_id: 'a', output: 'b' }], rest: many('1', 20_000) })).toEqual(refused);
    expect(await send(alice, CHAT, message(botId, { parameters: { a: many('{}', 20_000) } }))).toEqual(refused);
    expect(await send(alice, CHAT, message(botId, { parameters: { a: many('{}', 1_000) } }))).toEqual({ status: 200, reached: true });
  });

  it('A request with too many values in the JSON texts of its parameters together is refused', async () => {
    world = await startGatewayWorld();
    const [alice, { botId }] = [await world.visitor('alice'), world.coze];
    const inTexts = (count: number, values: number) => ({
      a: Array<string>(count).fill(JSON.stringify(['file_id', ...many('{}', values)])),
    });
    expect((await send(alice, CHAT, message(botId, { parameters: inTexts(10, 4_000) }))).reached).toBe(false);
    expect((await send(alice, CHAT, message(botId, { parameters: inTexts(10, 400) }))).reached).toBe(true);
  });

  it('A request with too many files in its parameters is refused', async () => {
    world = await startGatewayWorld();
    const [alice, { botId }] = [await world.visitor('alice'), world.coze];
    const { id } = (await alice.upload('of no matter')).body.data as { readonly id: string };
    const files = (count: number) => message(botId, { parameters: { a: many(JSON.stringify({ file_id: id }), count) } });
    expect(await send(alice, CHAT, files(101))).toEqual({ status: 400, reached: false });
    expect(await send(alice, CHAT, files(100))).toEqual({ status: 200, reached: true });
  });
});

it('countPlaces() ignores separators inside a text, and counts all others', () => {
  expect(countPlaces('"a,[{\\",[{\\\\"')).toBe(1);
  expect(countPlaces('[{},{"a,b":[1,2]},"\\\\",3]')).toBe(9);
  expect(countPlaces('"never ends, \\')).toBe(1);
});

it('A field of a shortcut with more items than a chat sends is passed to the site as text', () => {
  const field = JSON.stringify(Array<object>(3_000).fill({}));
  expect(describeMessage({ shortcut_command: { parameters: { field } } })).toEqual({ text: field, files: 0 });
});

it('Fields are not searched for in a question if that takes too long', () => {
  const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, 'abab']));
  const question = { role: 'user', type: 'question', content: 'ab'.repeat(50_000), content_type: 'text' };
  const lengthWith = (count: number) =>
    describeMessage({ additional_messages: [question], shortcut_command: { parameters: fields(count) } }).text.length;
  expect(lengthWith(10)).toBe(100_000);
  expect(lengthWith(100)).toBe(100_600);
});

/** Returns how many views of bytes were made, which cost more than comparing them. */
async function countViews(chunks: readonly Uint8Array<ArrayBuffer>[]): Promise<number> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const views = vi.spyOn(Uint8Array.prototype, 'subarray');
  try {
    const call = { boundary: 'ours', signal: new AbortController().signal, stop: () => undefined };
    const rules = { maxBytes: 1e6, accepts: () => true };
    const opened = openUpload({ contentType: 'multipart/form-data; boundary=x', body }, rules, call);
    await opened.then(({ body: form }) => new Response(form).arrayBuffer()).catch(() => undefined);
    return views.mock.calls.length;
  } finally {
    views.mockRestore();
  }
}

it('A form of line breaks, each of which may begin its end, costs as much as any other form', async () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const head = bytes('--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n');
  const file = (byte: string) => [head, bytes(byte.repeat(50_000)), bytes('\r\n--x--\r\n')];
  const endless = (byte: string) => Array.from({ length: 4_097 }, () => bytes(byte));
  for (const form of [file, endless]) {
    const views = await countViews(form('a'));
    for (const byte of ['\r', '\n', '-']) expect(await countViews(form(byte))).toBeLessThan(views + 10);
  }
});
