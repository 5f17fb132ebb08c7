/** The options of the site: limits, permissions, and the events that it gets. */
import { afterEach, describe, expect, it } from 'vitest';
import type { CozeGatewayOptions, GatewayMessage, GatewayReply } from '../../../../src/server/index.js';
import { type GatewayClient, type GatewayWorld, startGatewayWorld } from '../../../support/gateway-world.js';

let world: GatewayWorld | undefined;
afterEach(() => world?.stop());

async function open(options: Partial<CozeGatewayOptions>, name = 'alice') {
  world = await startGatewayWorld(options as never);
  const client = await world.visitor(name);
  const { botId } = world.coze;
  return { world, client, botId, conversation: await client.begin(botId) };
}

function codesOf(answers: readonly string[]): readonly (number | undefined)[] {
  return answers.map((text) => (text.startsWith('{') ? (JSON.parse(text) as { code: number }).code : undefined));
}

describe('Limits of the gateway', () => {
  it('A visitor over the limit of messages gets 429 with the time to wait, and other visitors are not affected', async () => {
    const { world, client, botId, conversation } = await open({ limits: { messagesPerVisitor: { requests: 2, perSeconds: 60 } } });
    for (const text of ['one', 'two']) await client.ask(botId, conversation, text);
    const third = await client.chat(botId, conversation, 'three');
    expect([third.status, await third.json(), Number(third.headers.get('retry-after'))]).toEqual([
      ...[429, { code: 4020, msg: 'Too many requests.' }, expect.any(Number)],
    ]);
    const bob = await world.visitor('bob');
    expect(await bob.ask(botId, await bob.begin(botId), 'one')).toContain('You said: one');
    expect(world.events.filter(({ type }) => type === 'call_refused')).toEqual([expect.objectContaining({ reason: 'visitor_limited' })]);
  });

  it('Limits apply to an address, to the whole site, and to all calls of a visitor', async () => {
    const rule = { requests: 2, perSeconds: 60 };
    const ofAddress = await open({ limits: { messagesPerAddress: rule }, rateLimit: { clientAddress: () => '203.0.113.7' } });
    const answers = [];
    for (const name of ['a', 'b', 'c']) {
      const visitor = await ofAddress.world.visitor(name);
      answers.push(await visitor.ask(ofAddress.botId, await visitor.begin(ofAddress.botId), name));
    }
    expect(codesOf(answers)).toEqual([undefined, undefined, 4020]);
    await world?.stop();

    const ofSite = await open({ limits: { messages: rule } });
    const bob = await ofSite.world.visitor('bob');
    const own = await bob.begin(ofSite.botId);
    const all = [
      await ofSite.client.ask(ofSite.botId, ofSite.conversation, 'a'),
      await bob.ask(ofSite.botId, own, 'b'),
      await bob.ask(ofSite.botId, own, 'c'),
    ];
    expect(codesOf(all)).toEqual([undefined, undefined, 4020]);
    await world?.stop();

    const ofCalls = await open({ limits: { callsPerVisitor: rule } });
    expect((await ofCalls.client.call('GET', `/v1/bots/${ofCalls.botId}`)).status).toBe(200);
    expect((await ofCalls.client.call('GET', `/v1/bots/${ofCalls.botId}`)).status).toBe(429);
  });
});

describe('onMessage', () => {
  it('onMessage gets each message before it is sent, and can refuse it with a sentence or change its text', async () => {
    const messages: GatewayMessage[] = [];
    const { world, client, botId, conversation } = await open({
      onMessage: (message) => {
        messages.push(message);
        if (message.text.includes('rude')) return { refuse: 'Please ask that in other words.' };
        return message.text.includes('4111') ? { text: message.text.replace(/\d{4,}/, '…') } : undefined;
      },
    });
    const refused = await client.ask(botId, conversation, 'something rude');
    expect(refused).toContain('"content":"Please ask that in other words."');
    expect(refused.endsWith('event:done\ndata:"[DONE]"\n\n')).toBe(true);
    expect(await client.ask(botId, conversation, 'my card is 41111111')).toContain('You said: my card is …');
    expect(world.coze.requests.map(({ requestText }) => requestText).join()).not.toMatch(/rude|4111/);
    const about = { user: { id: 'alice' }, subject: client.subject, botId, conversationId: conversation, files: 0 };
    expect(messages).toEqual([
      { ...about, text: 'something rude' },
      { ...about, text: 'my card is 41111111' },
    ]);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('secret of the site'))],
    ['returns an object with unknown fields', () => ({ refused: 'yes' })],
    ['returns true', () => true],
    [
      'returns a text that throws on reading',
      () => Object.defineProperty({}, 'text', { get: () => expect.unreachable('secret of the site') }),
    ],
  ])('An onMessage that %s stops the message, and the response is 500', async (_, onMessage) => {
    const { world, client, botId, conversation } = await open({ onMessage: onMessage as never });
    const response = await client.chat(botId, conversation, 'hello');
    expect([response.status, await response.json()]).toEqual([500, { code: 5000, msg: 'The service is not available.' }]);
    expect(world.coze.requests.some(({ path }) => path === '/v3/chat')).toBe(false);
    expect(world.events.at(-1)).toMatchObject({ reason: 'hook_failed', detail: 'on_message' });
    expect(JSON.stringify(world.events)).not.toContain('secret of the site');
  });
});

describe('Reports about turns', () => {
  it('An event reports the result of each turn without its text, and onReply gets the text', async () => {
    const replies: GatewayReply[] = [];
    const { world, client, botId, conversation } = await open({ onReply: (reply) => void replies.push(reply) });
    await client.ask(botId, conversation, 'a very private matter');
    const turn = world.events.find(({ type }) => type === 'turn_ended');
    expect(turn).toEqual({
      ...{
        type: 'turn_ended',
        requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
        subject: client.subject.slice(0, 12),
        outcome: 'completed',
      },
      ...{ questionCharacters: 21, files: 0, answerCharacters: 31, firstEventMs: expect.any(Number), durationMs: expect.any(Number) },
    });
    expect(JSON.stringify(world.events)).not.toContain('private');
    expect(replies).toEqual([
      {
        ...{ user: { id: 'alice' }, subject: client.subject, botId, conversationId: conversation, chatId: expect.stringMatching(/^\d+$/) },
        ...{ text: 'You said: a very private matter', outcome: 'completed' },
      },
    ]);
  });

  it.each([
    ['chat-failed', 'failed'],
    ['error-event', 'failed'],
    ['truncate', 'interrupted'],
    ['drop', 'interrupted'],
    ['http-500', 'failed'],
  ] as const)('A turn with the fault %s is reported with the outcome "%s"', async (chat, outcome) => {
    const { world, client, botId, conversation } = await open({});
    world.coze.setFaults({ chat });
    const text = await client.ask(botId, conversation, 'hello').catch(() => '');
    await expect.poll(() => world.events.find(({ type }) => type === 'turn_ended')).toMatchObject({ outcome });
    if (outcome === 'interrupted')
      expect(text.endsWith('event:error\ndata:{"code":5000,"msg":"The answer ended with code 5000."}\n\n')).toBe(true);
  });
});

describe('Uploads through the gateway', () => {
  async function upload(client: GatewayClient, parts: readonly string[], boundary = 'X') {
    const body = `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;
    const headers = { authorization: `Bearer ${client.token}`, 'content-type': `multipart/form-data; boundary=${boundary}` };
    const response = await fetch(`${client.url}/v1/files/upload`, { method: 'POST', headers, body });
    return (await response.json()) as { code: number; data?: { file_name: string; bytes: number } };
  }
  const part = (content: string, name = 'a.txt', field = 'file') =>
    `Content-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\n${content}`;

  it('Uploads reach Coze byte for byte, whatever they contain', async () => {
    const received: string[] = [];
    const { client } = await open({
      fetch: async (input, init) => {
        const request = new Request(input, { ...init, duplex: 'half' } as RequestInit);
        if (request.url.endsWith('/v1/files/upload')) {
          const file = (await request.clone().formData()).get('file') as File;
          received.push(await file.text());
        }
        return fetch(request);
      },
    });
    // Some begin like the boundary.
    const contents = ['x', '\r\n--X', '--XX--', '\r\n\r\n--Y--\r\n', '\r\n-', 'é界'.repeat(100_000), '\r\n--'.repeat(50_000)];
    for (const content of contents) {
      const answer = await upload(client, [part(content)], 'XX');
      expect([answer.code, answer.data?.bytes]).toEqual([0, new TextEncoder().encode(content).length]);
      expect(received.splice(0)).toEqual([content]);
    }
  });

  it('Uploads of other types, of no file, of an empty one, of two and of too large ones are refused with Coze’s codes', async () => {
    const { world, client } = await open({ uploads: { maxBytes: 1000 } });
    const before = world.coze.requests.length;
    const answers = [
      await upload(client, [part('x', 'page.svg').replace('text/plain', 'image/svg+xml')]),
      await upload(client, [part('x', 'run.exe').replace('text/plain', 'application/octet-stream')]),
      await upload(client, [part('x', 'a.txt', 'other')]),
      await upload(client, ['Content-Disposition: form-data; name="file"\r\n\r\nno file']),
      await upload(client, []),
      await upload(client, [part('')]),
      await upload(client, [part('x'), part('y')]),
      await upload(client, [part('x'.repeat(1001))]),
      await upload(client, [part('x'.repeat(20_000))]),
    ];
    expect(answers.map(({ code }) => code)).toEqual([4303, 4303, 4300, 4300, 4300, 4300, 4300, 4302, 4302]);
    expect(world.coze.requests.slice(before).filter(({ status }) => status === 200)).toEqual([]);
    expect((await upload(client, [part('x'.repeat(1000))])).code).toBe(0);
  });

  it('Only files that `accepts` allows are uploaded, also if it returns a promise', async () => {
    const isText = (name: string): boolean => name.endsWith('.txt');
    for (const accepts of [isText, async (name: string) => isText(name)]) {
      const { world, client } = await open({ uploads: { accepts } });
      const answers = [await upload(client, [part('x', 'a.txt')]), await upload(client, [part('x', 'a.pdf')])];
      expect(answers.map(({ code }) => code)).toEqual([0, 4303]);
      await world.stop();
    }
  });

  it('The file name of an upload reaches Coze without quotes, slashes and backslashes', async () => {
    const { client } = await open({});
    const answer = await upload(client, [part('x', 'a\\"; filename=../../etc/passwd;.txt'.replaceAll('"', ''))]);
    expect(answer).toMatchObject({ code: 0, data: { file_name: expect.not.stringMatching(/["/\\]/) } });
  });

  it('Uploads are refused with code 4303 when the site switches them off', async () => {
    const { client } = await open({ uploads: false });
    expect((await client.upload('x')).body.code).toBe(4303);
  });
});
