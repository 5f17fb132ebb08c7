/** The gateway on a real port, in front of the Coze stand-in. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createCozeGateway } from '../../../../src/server/index.js';
import { type GatewayClient, gatewayOptions, type GatewayWorld, startGatewayWorld } from '../../../support/gateway-world.js';

let world: GatewayWorld;
let alice: GatewayClient;
let bob: GatewayClient;
beforeAll(async () => {
  world = await startGatewayWorld((coze) => ({
    bots: [coze.botId, coze.secondBotId],
    apps: [{ appId: coze.appId, workflowId: coze.workflowId }],
  }));
  [alice, bob] = await Promise.all([world.visitor('alice'), world.visitor('bob')]);
});
afterEach(() => {
  world.coze.resetFaults();
  world.coze.clearRequests();
  world.events.length = 0;
});
afterAll(() => world.stop());

const botId = () => world.coze.botId;

describe('Gateway in front of Coze', () => {
  it('A visitor begins a conversation, asks a question, and reads both messages again', async () => {
    const conversation = await alice.begin(botId());
    const events = await alice.ask(botId(), conversation, 'alice says hello');
    expect(events).toContain('event:conversation.chat.created\n');
    expect(events).toContain('You said: alice says hello');
    expect(events.endsWith('event:done\ndata:"[DONE]"\n\n')).toBe(true);
    const { body } = await alice.call('POST', `/v1/conversation/message/list?conversation_id=${conversation}`, { limit: 20 });
    expect((body.data as { content: string }[]).map(({ content }) => content)).toEqual(['You said: alice says hello', 'alice says hello']);
    expect(body).toMatchObject({ code: 0, has_more: false, first_id: expect.any(String), last_id: expect.any(String) });
  });

  it('Coze rejects tokens of the gateway, and the gateway rejects tokens of Coze and invalid tokens', async () => {
    const direct = await fetch(`${world.coze.origin}/v1/conversations?bot_id=${botId()}`, {
      headers: { authorization: `Bearer ${alice.token}` },
    });
    expect([direct.status, world.coze.requests.at(-1)?.token]).toEqual([401, 'unknown']);
    for (const token of ['czs_made_up', 'pat_made_up', `${alice.token}x`, alice.token.slice(0, -4), '']) {
      const response = await fetch(`${world.url}/v1/conversations?bot_id=${botId()}`, { headers: { authorization: `Bearer ${token}` } });
      expect([response.status, await response.json()]).toEqual([401, expect.objectContaining({ code: 700012006 })]);
    }
  });

  it('A request body that does not arrive is cancelled after ten seconds, with status 400', async () => {
    const gateway = createCozeGateway(gatewayOptions(world.coze));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const cancel = vi.fn();
      const headers = { authorization: `Bearer ${alice.token}`, 'content-type': 'application/json' };
      let body: ReadableStream<Uint8Array> | undefined;
      const isAskedFor = new Promise<void>((resolve) => {
        body = new ReadableStream({ pull: () => resolve(), cancel }, { highWaterMark: 0 });
      });
      const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body: body ?? null, duplex: 'half' };
      const pending = gateway(new Request(`${world.url}/v1/conversation/create`, init));
      await isAskedFor;
      await vi.advanceTimersByTimeAsync(10_000);
      expect((await pending).status).toBe(400);
      expect(cancel).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });

  it('The gateway replaces the connector id of the browser with its own', async () => {
    const conversation = await alice.begin(botId());
    await alice.ask(botId(), conversation, 'and who am I');
    const { body } = await alice.call('GET', `/v1/conversations?bot_id=${botId()}&connector_id=1024&page_num=1&page_size=50`);
    const { conversations } = body.data as { conversations: { id: string }[] };
    expect(conversations.map(({ id }) => id)).toContain(conversation);
    expect(world.coze.requests.filter(({ path }) => path === '/v1/conversations').map(({ query }) => query)).toEqual([
      expect.stringContaining('connector_id=999'),
    ]);
  });

  it('A visitor cannot read, rename, delete, clear or continue a conversation of another visitor', async () => {
    const conversation = await alice.begin(botId());
    await alice.ask(botId(), conversation, 'a secret of alice');
    const calls = await Promise.all([
      bob.call('POST', `/v1/conversation/message/list?conversation_id=${conversation}`, { limit: 20 }),
      bob.call('PUT', `/v1/conversations/${conversation}`, { name: 'mine' }),
      bob.call('DELETE', `/v1/conversations/${conversation}`),
      bob.call('POST', `/v1/conversations/${conversation}/clear`),
    ]);
    expect(calls.map(({ body }) => body.code)).toEqual([4002, 4002, 4002, 4002]);
    const answer = await (await bob.chat(botId(), conversation, 'What did I say?')).text();
    expect(JSON.parse(answer)).toEqual({ code: 4002, msg: 'Coze answered with code 4002.' });
  });

  it('Requests for a bot, an app or a workflow that is not configured get code 4200 and do not reach Coze', async () => {
    const { coze } = world;
    const narrow = await startGatewayWorld();
    try {
      const carol = await narrow.visitor('carol');
      const conversation = await carol.begin(narrow.coze.botId);
      for (const call of [
        carol.call('GET', `/v1/bots/${coze.secondBotId}`),
        carol.call('GET', `/v1/bot/get_online_info?bot_id=${coze.secondBotId}`),
        carol.call('GET', `/v1/conversations?bot_id=${coze.secondBotId}`),
        carol.call('POST', '/v1/conversation/create', { bot_id: coze.secondBotId }),
        carol.call('GET', `/v1/apps/${coze.appId}`),
        carol.call('GET', `/v1/workflows/${coze.workflowId}`),
      ]) {
        expect((await call).body.code).toBe(4200);
      }
      expect(await (await carol.chat(coze.secondBotId, conversation, 'hello')).json()).toMatchObject({ code: 4200 });
      expect(narrow.coze.requests.filter(({ path }) => path.startsWith('/v')).map(({ path }) => path)).toEqual(['/v1/conversation/create']);
    } finally {
      await narrow.stop();
    }
  });

  it('The profile of a bot is returned without its prompt, plugins and model', async () => {
    const { body } = await alice.call('GET', `/v1/bots/${world.coze.secondBotId}`);
    const profile = body.data as Record<string, unknown>;
    expect(profile).toMatchObject({ name: 'Magpie', onboarding_info: { prologue: expect.stringContaining('another bot') } });
    expect(profile).toMatchObject({ voice_info_list: [{ voice_id: expect.any(String), language_code: 'en' }] });
    expect(profile['shortcut_commands']).toHaveLength(2);
    expect(JSON.stringify(body)).not.toMatch(/prompt|plugin|model|Repeat what/);
  });

  it('A visitor chats with an app, and the URL of its editor is removed from the events', async () => {
    const app = { app_id: world.coze.appId, workflow_id: world.coze.workflowId };
    const created = await alice.call('POST', '/v1/conversation/create', {
      ...app,
      ...{ conversation_name: 'Default', get_or_create: true, draft_mode: true, connector_id: '999' },
    });
    const { id: conversation_id } = created.body.data as { id: string };
    const question = { role: 'user', content: 'app says hello', content_type: 'text' };
    const response = await alice.fetch('POST', '/v1/workflows/chat', {
      ...{ ...app, conversation_id, additional_messages: [question], parameters: {}, ext: { user_id: 'mallory' } },
    });
    const events = await response.text();
    expect(events).toContain('You said: app says hello');
    expect(events).not.toContain('debug_url');
    expect((await alice.call('GET', `/v1/workflows/${app.workflow_id}`)).body).toMatchObject({ data: { role: { name: 'Parrot' } } });
  });

  it('A visitor submits tool outputs only to their own turn, and the outputs do not count as messages', async () => {
    const asked: string[] = [];
    const limits = { messagesPerVisitor: { requests: 1, perSeconds: 60 } };
    const shop = await startGatewayWorld({ limits, onMessage: ({ text }) => void asked.push(text) });
    try {
      const [carol, mallory] = await Promise.all([shop.visitor('carol'), shop.visitor('mallory')]);
      const conversation = await carol.begin(shop.coze.botId);
      const events = await carol.ask(shop.coze.botId, conversation, 'Put decaf into my cart');
      const [, chat] = /requires_action\ndata:\{"id":"(\d+)"/.exec(events) ?? [];
      const [, call] = /"tool_calls":\[\{"id":"([^"]+)"/.exec(events) ?? [];
      const path = `/v3/chat/submit_tool_outputs?conversation_id=${conversation}&chat_id=${chat}`;
      const outputs = { tool_outputs: [{ tool_call_id: call, output: 'Decaf is in the cart.' }], stream: false, execute_mode: 'DEBUG' };
      expect(await (await mallory.fetch('POST', path, outputs)).json()).toMatchObject({ code: 4002 });
      const rest = await (await carol.fetch('POST', path, outputs)).text();
      expect(rest).toContain('event:conversation.chat.completed\n');
      expect(rest).toContain('Done. Decaf is in the cart.');
      expect((await carol.fetch('POST', path, { tool_outputs: [] })).status).toBe(400);
      expect(asked).toEqual(['Put decaf into my cart']);
    } finally {
      await shop.stop();
    }
  });

  it('Speech is transcribed, and text is returned as speech', async () => {
    const form = new FormData();
    form.append('file', new Blob(['sound'], { type: 'audio/webm;codecs=opus' }), 'voice.webm');
    const transcribed = await fetch(`${world.url}/v1/audio/transcriptions`, {
      ...{ method: 'POST', headers: { authorization: `Bearer ${alice.token}` }, body: form },
    });
    expect(await transcribed.json()).toMatchObject({ code: 0, data: { text: 'What can you do?' } });
    const speech = { input: 'Hello', voice_id: '7426720361733144585', response_format: 'wav', sampling_rate: 8000, sample_rate: 24_000 };
    const spoken = await alice.fetch('POST', '/v1/audio/speech', speech);
    expect([spoken.status, spoken.headers.get('content-type')]).toEqual([200, 'audio/wav']);
    expect((await spoken.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  });

  it('A visitor gives and withdraws feedback, deletes a message, and names, clears and deletes a conversation', async () => {
    const conversation = await alice.begin(botId());
    await alice.ask(botId(), conversation, 'something to think of');
    const page = await alice.call('POST', `/v1/conversation/message/list?conversation_id=${conversation}`, { limit: 2 });
    const [answer] = page.body.data as { id: string }[];
    const feedback = `/v1/conversations/${conversation}/messages/${answer?.id}/feedback`;
    expect((await alice.call('POST', feedback, { feedback_type: 'like' })).body.code).toBe(0);
    expect(world.coze.feedbackOn(answer?.id ?? '')).toMatchObject({ feedback_type: 'like' });
    expect((await alice.call('DELETE', feedback)).body.code).toBe(0);
    const deleted = await alice.call('POST', `/v1/conversation/message/delete?conversation_id=${conversation}&message_id=${answer?.id}`);
    expect(deleted.body).toMatchObject({ code: 0, data: { id: answer?.id } });
    expect((await alice.call('PUT', `/v1/conversations/${conversation}`, { name: 'Thoughts' })).body).toMatchObject({
      data: { name: 'Thoughts' },
    });
    expect((await alice.call('POST', `/v1/conversations/${conversation}/clear`)).body).toMatchObject({ data: { id: expect.any(String) } });
    expect((await alice.call('DELETE', `/v1/conversations/${conversation}`)).body.code).toBe(0);
  });
});
