/**
 * A site that moderates messages sees everything that a bot will read as the visitor's text, however it is sent, and counts each message.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { startCozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { describeMessage } from '../../../src/server/gateway/call-scope.js';
import type { CozeGatewayOptions, GatewayMessage } from '../../../src/server/index.js';
import { type GatewayClient, type GatewayWorld, startGatewayWorld } from '../../support/gateway-world.js';

let world: GatewayWorld | undefined;
afterEach(() => world?.stop());

const CARD = '4111 1111 1111 1111';

const inWords = (content: string) => ({ role: 'user', content, content_type: 'text' });
const inParts = (...parts: readonly object[]) => ({ role: 'user', content: JSON.stringify(parts), content_type: 'object_string' });
const field = (text: string) => JSON.stringify([{ type: 'text', text }]);
const hidden = { type: 'text', text: `note ${CARD}` };
const hello = { type: 'text', text: 'hello' };

const WAYS: readonly (readonly [string, object])[] = [
  ['a message before the last', { additional_messages: [inWords(CARD), inWords('hello')] }],
  ['a message behind the first', { additional_messages: [inWords('hello'), inWords(CARD)] }],
  ['one of two texts', { additional_messages: [inParts(hello, hidden)] }],
  ['a quote', { additional_messages: [inParts(hello, { ...hidden, is_refer: true })] }],
  ['one of two quotes', { additional_messages: [inParts(hello, { ...hello, is_refer: true }, { ...hidden, is_refer: true })] }],
  ['the field of a shortcut', { additional_messages: [inWords('hello')], shortcut_command: command(field(CARD)) }],
  ['the field of a shortcut alone', { shortcut_command: command(field(CARD)) }],
  ['a field that is no list', { additional_messages: [inWords('hello')], shortcut_command: command(CARD) }],
  ['a field with more than it shows', { shortcut_command: command(JSON.stringify([{ ...hello, note: CARD }])) }],
  ['a field that says two things', { shortcut_command: command(`[{"type":"text","text":"${CARD}","text":"hello"}]`) }],
];

function command(value: string): object {
  return { command_id: '7452', parameters: { city: field('hello'), unit: value } };
}

async function open(options: Partial<CozeGatewayOptions>) {
  world = await startGatewayWorld(({ secondBotId }) => ({ bots: [secondBotId], ...options }) as never);
  const client = await world.visitor('alice');
  const { secondBotId: botId } = world.coze;
  const conversation = await client.begin(botId);
  const send = async (body: object) => {
    const response = await client.fetch('POST', `/v3/chat?conversation_id=${conversation}`, { bot_id: botId, ...body });
    return response.text();
  };
  return { world, client, send };
}

const reached = ({ coze }: GatewayWorld): string =>
  coze.requests
    .filter(({ path }) => path === '/v3/chat')
    .map(({ requestText }) => requestText)
    .join('\n');

async function upload(client: GatewayClient): Promise<string> {
  const { body } = await client.upload('of no matter', 'plan.pdf');
  return String((body.data as { id?: string }).id);
}

describe('Text that a site refuses', () => {
  it.each(WAYS)('A text that the site refuses does not reach the bot as %s', async (_, body) => {
    const { world, send } = await open({ onMessage: ({ text }) => (text.includes(CARD) ? { refuse: 'No cards, please.' } : undefined) });
    await send(body);
    expect(reached(world)).not.toContain(CARD);
  });

  it.each(WAYS)('A text that the site replaces does not reach the bot as %s', async (_, body) => {
    const { world, send } = await open({ onMessage: ({ text }) => ({ text: text.replaceAll(CARD, '[card]') }) });
    await send(body);
    expect(reached(world)).not.toContain(CARD);
  });
});

describe('Message that a site gets to check', () => {
  it('A site gets the visitor’s quote, text and fields of a shortcut that are not in the text, and the number of files', async () => {
    const messages: GatewayMessage[] = [];
    const { client, send } = await open({ onMessage: (message) => void messages.push(message) });
    const file = JSON.stringify([{ type: 'file', file_id: await upload(client) }]);
    await send({ additional_messages: [inParts(hello, { type: 'text', text: 'two\nlines', is_refer: true })] });
    await send({
      additional_messages: [inWords('from Rome to Oslo')],
      shortcut_command: { command_id: '7452', parameters: { from: field('Rome'), class: field('first'), plan: file } },
    });
    await send({ additional_messages: [inParts({ type: 'file', file_id: await upload(client) })] });
    expect(messages.map(({ text, files }) => ({ text, files }))).toEqual([
      { text: '> two\n> lines\n\nhello', files: 0 },
      { text: 'from Rome to Oslo\n\nfirst', files: 1 },
      { text: '', files: 1 },
    ]);
  });
});

it('Fields that almost occur in the text do not block the gateway for seconds', () => {
  const half = 'a'.repeat(4_900);
  const parameters = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`field ${index}`, `${half}b${half}`]));
  const message = { role: 'user', type: 'question', content: 'a'.repeat(100_000), content_type: 'text' };
  const startMs = performance.now();
  const { text } = describeMessage({ additional_messages: [message], shortcut_command: { command_id: '7452', parameters } });
  expect(text.length).toBeGreaterThan(490_000);
  expect(performance.now() - startMs).toBeLessThan(3_000);
});

describe('Text that replaces the visitor’s', () => {
  it('A replaced message keeps its files, and keeps a quote only as part of the text', async () => {
    const { world, client, send } = await open({ onMessage: ({ text }) => ({ text: text.toUpperCase() }) });
    const quote = { type: 'text', text: 'a quote', is_refer: true };
    await send({ additional_messages: [inParts(hello, quote, { type: 'file', file_id: await upload(client) })] });
    expect(reached(world)).toMatch(/^\[\{"type":"text","text":"> A QUOTE\\n\\nHELLO"\},\{"type":"file","file_id":"\d+"\}\]$/);
  });
});

it('A request with several messages is refused, so that each message counts against the visitor’s limit', async () => {
  const { world, send } = await open({ limits: { messagesPerVisitor: { requests: 2, perSeconds: 60 } } });
  expect(await send({ additional_messages: Array.from({ length: 8 }, (_, index) => inWords(`message ${index}`)) })).toContain(
    '"code":4000',
  );
  expect(reached(world)).toBe('');
});

it('A request to a chat workflow has one message, too, and the site checks it', async () => {
  const coze = await startCozeStandIn();
  const { appId, workflowId } = coze;
  await coze.stop();
  const refuse: CozeGatewayOptions['onMessage'] = ({ text }) => (text.includes(CARD) ? { refuse: 'No cards, please.' } : undefined);
  const { client, world } = await open({ apps: [{ appId, workflowId }], onMessage: refuse });
  const created = await client.call('POST', '/v1/conversation/create', {
    ...{ app_id: appId, workflow_id: workflowId, conversation_name: 'default', get_or_create: true },
  });
  const { id } = created.body.data as { readonly id: string };
  const about = { app_id: appId, workflow_id: workflowId, conversation_id: id };
  const send = async (...additional_messages: readonly object[]) => {
    const response = await client.fetch('POST', '/v1/workflows/chat', { ...about, additional_messages });
    return response.text();
  };
  expect(await send(inWords('hello'))).toContain('event:');
  for (const messages of [[inWords(CARD), inWords('hello')], [inParts(hello, { ...hidden, is_refer: true })], []]) {
    expect(await send(...messages)).toMatch(/No cards, please\.|"code":4000/);
  }
  expect(JSON.stringify(world.coze.requests)).not.toContain(CARD);
});
