/** The gateway in front of the stand-in for Coze Studio, which does not isolate visitors by itself. */
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStudioStandIn, type StudioStandIn } from '../../../../demo/studio-stand-in/index.js';
import { createCozeGateway, type OperatorEvent } from '../../../../src/server/index.js';
import { GATEWAY_SECRET, GatewayClient, serveGateway } from '../../../support/gateway-world.js';
import { close } from '../../../support/loopback.js';

let studio: StudioStandIn;
let server: Server;
let url: string;
let alice: GatewayClient;
let bob: GatewayClient;
const events: OperatorEvent[] = [];

function options() {
  return {
    studio: { apiBaseUrl: studio.origin, accessToken: studio.accessToken },
    bots: [studio.botId],
    secret: GATEWAY_SECRET,
    identify: (request: Request) => ({ id: request.headers.get('cookie') ?? '' }),
    rateLimit: false,
    limits: false,
    onEvent: (event: OperatorEvent) => void events.push(event),
  } as const;
}

beforeAll(async () => {
  studio = await startStudioStandIn();
  ({ url, server } = await serveGateway(options()));
  [alice, bob] = await Promise.all([GatewayClient.signIn(url, 'alice'), GatewayClient.signIn(url, 'bob')]);
});
afterAll(() => Promise.all([close(server), studio.stop()]));

function contents(answer: { readonly body: { readonly data?: unknown } }): readonly string[] {
  return ((answer.body.data ?? []) as readonly { content: string }[]).map(({ content }) => content);
}

/** All requests with a conversation's id, as a visitor who knows the id would send them. */
async function reach(client: GatewayClient, conversation: string): Promise<string> {
  const listed = await client.call('POST', `/v1/conversation/message/list?conversation_id=${conversation}`, { limit: 50 });
  return contents(listed).join('\n');
}

it('Without the gateway, a client with the token of Studio reads, continues and deletes conversations of others', async () => {
  const [one, other] = [new GatewayClient(studio.origin, studio.accessToken), new GatewayClient(studio.origin, studio.accessToken)];
  const conversation = await one.begin(studio.botId);
  await one.ask(studio.botId, conversation, 'a secret of one');
  expect(await reach(other, conversation)).toContain('a secret of one');
  const listed = await other.call('GET', `/v1/conversations?bot_id=${studio.botId}&connector_id=999&page_num=1&page_size=50`);
  expect(JSON.stringify(listed.body)).toContain(conversation);
  const question = { role: 'user', content: 'a question of another', content_type: 'text' };
  const turn = { bot_id: studio.botId, user_id: 'other', stream: true, additional_messages: [question] };
  const answer = await other.fetch('POST', `/v3/chat?conversation_id=${conversation}`, turn);
  expect(await answer.text()).toContain('You said: a question of another');
  expect(await reach(one, conversation)).toContain('You said: a question of another');
  expect((await other.call('DELETE', `/v1/conversations/${conversation}`)).body.code).toBe(0);
  const remaining = await one.call('GET', `/v1/conversations?bot_id=${studio.botId}&connector_id=999&page_num=1&page_size=50`);
  expect(JSON.stringify(remaining.body)).not.toContain(conversation);
  expect(JSON.stringify((await other.call('GET', `/v1/bots/${studio.botId}`)).body)).toContain(studio.prompt);
});

describe('Gateway in front of Coze Studio', () => {
  it('A visitor gets the same events from Coze Studio as from Coze’s cloud', async () => {
    const conversation = await alice.begin(studio.botId);
    const answer = await alice.ask(studio.botId, conversation, 'hello studio');
    expect(answer).toContain('You said: hello studio');
    expect(answer.endsWith('event:done\ndata:"[DONE]"\n\n')).toBe(true);
    expect(answer).not.toMatch(/stream\.done|bot_state/);
    expect(await reach(alice, conversation)).toBe('You said: hello studio\nhello studio');
  });

  it('A visitor cannot read, rename, delete, clear, continue or list a conversation of another visitor', async () => {
    const conversation = await alice.begin(studio.botId);
    await alice.ask(studio.botId, conversation, 'a secret of alice');
    expect(await reach(bob, conversation)).toBe('');
    const calls = [
      bob.call('POST', `/v1/conversation/message/list?conversation_id=${conversation}`, { limit: 50 }),
      bob.call('PUT', `/v1/conversations/${conversation}`, { name: 'mine' }),
      bob.call('DELETE', `/v1/conversations/${conversation}`),
      bob.call('POST', `/v1/conversations/${conversation}/clear`),
    ];
    expect((await Promise.all(calls)).map(({ body }) => body.code)).toEqual([4002, 4002, 4002, 4002]);
    expect(await (await bob.chat(studio.botId, conversation, 'what was said')).json()).toMatchObject({ code: 4002 });
    const listed = await bob.call('GET', `/v1/conversations?bot_id=${studio.botId}&page_num=1&page_size=50`);
    expect(JSON.stringify(listed.body)).not.toContain(conversation);
    expect(await reach(alice, conversation)).toContain('a secret of alice');
  });

  it('An instance that has just started finds the conversations of each visitor, and only for that visitor', async () => {
    const conversation = await alice.begin(studio.botId);
    await alice.ask(studio.botId, conversation, 'before the restart');
    const restarted = await serveGateway(options());
    try {
      const [mine, theirs] = await Promise.all([GatewayClient.signIn(restarted.url, 'alice'), GatewayClient.signIn(restarted.url, 'bob')]);
      expect(await reach(theirs, conversation)).toBe('');
      expect(await reach(mine, conversation)).toContain('before the restart');
    } finally {
      await close(restarted.server);
    }
  });

  it.each([
    ['says of no conversation whose it is', undefined],
    ['says whose each conversation is', 'somebody'],
  ])('No visitor gets conversations from a Studio that ignores user_id and %s', async (_, owner) => {
    const conversation = await alice.begin(studio.botId);
    await alice.ask(studio.botId, conversation, 'a secret of alice');
    const seen: OperatorEvent[] = [];
    const old = await serveGateway({
      ...options(),
      onEvent: (event) => void seen.push(event),
      fetch: async (input, init) => {
        const address = new URL(String(input));
        address.searchParams.delete('user_id');
        const response = await fetch(address, init);
        if (address.pathname !== '/v1/conversations') return response;
        return new Response(
          (await response.text()).replaceAll(/"user_id":"[^"]*"/g, owner ? `"user_id":"${owner}"` : '"ext":""'),
          response,
        );
      },
    });
    try {
      const stranger = await GatewayClient.signIn(old.url, 'bob');
      const listed = await stranger.call('GET', `/v1/conversations?bot_id=${studio.botId}&page_num=1&page_size=50`);
      expect([listed.status, listed.body]).toEqual([502, { code: 5000, msg: 'The service is not available.' }]);
      expect(seen.at(-1)).toMatchObject({ type: 'call_refused', reason: 'upstream_invalid', detail: 'user_id' });
      expect(await reach(stranger, conversation)).toBe('');
      expect(await stranger.ask(studio.botId, conversation, 'what was said')).not.toContain('You said');
    } finally {
      await close(old.server);
    }
  });

  it('A visitor can cancel their own running answer, but not that of another visitor', async () => {
    const [mine, theirs] = await Promise.all([alice.begin(studio.botId), bob.begin(studio.botId)]);
    studio.holdAnswers(true);
    const response = await alice.chat(studio.botId, mine, 'a long answer');
    const reader = response.body?.getReader();
    const first = new TextDecoder().decode((await reader?.read())?.value);
    const [, chat = ''] = /"id":"(\d+)"/.exec(first) ?? [];
    const foreign = await bob.call('POST', '/v3/chat/cancel', { conversation_id: theirs, chat_id: chat });
    expect(foreign.body.code).toBe(4001);
    const own = await alice.call('POST', '/v3/chat/cancel', { conversation_id: mine, chat_id: chat });
    expect(own.body).toMatchObject({ code: 0, data: { id: chat, status: 'canceled' } });
    const again = await alice.call('POST', '/v3/chat/cancel', { conversation_id: mine, chat_id: chat });
    expect(again.body.code).toBe(4104);
    await reader?.cancel();
    studio.holdAnswers(false);
  });

  it('A deleted conversation gets code 4002, although Studio still answers for it', async () => {
    const conversation = await alice.begin(studio.botId);
    expect((await alice.call('DELETE', `/v1/conversations/${conversation}`)).body.code).toBe(0);
    expect((await alice.call('POST', `/v1/conversation/message/list?conversation_id=${conversation}`, { limit: 5 })).body.code).toBe(4002);
  });

  it('A request for a feature that Studio lacks gets 404 from the gateway and does not reach Studio', async () => {
    const conversation = await alice.begin(studio.botId);
    const before = studio.requests.length;
    const feedback = await alice.call('POST', `/v1/conversations/${conversation}/messages/1/feedback`, { feedback_type: 'like' });
    expect([feedback.status, feedback.body.code]).toEqual([404, 4000]);
    expect(studio.requests.length).toBe(before);
  });

  it('A visitor uploads a file, and another visitor cannot send it', async () => {
    const uploaded = await alice.upload('words', 'plan.pdf');
    const { id } = uploaded.body.data as { id: string };
    expect(uploaded.body.data).toEqual({ id: expect.stringMatching(/^\d+\./), bytes: 5, file_name: 'plan.pdf' });
    const conversation = await bob.begin(studio.botId);
    const content = JSON.stringify([{ type: 'file', file_id: id }]);
    const messages = [{ role: 'user', content, content_type: 'object_string' }];
    const stolen = await bob.call('POST', `/v3/chat?conversation_id=${conversation}`, {
      bot_id: studio.botId,
      additional_messages: messages,
    });
    expect(stolen.body.code).toBe(4304);
  });

  it('Neither responses nor events contain the token or the prompt, also when Studio rejects the token', async () => {
    const profile = await alice.call('GET', `/v1/bots/${studio.botId}`);
    expect(profile.body).toMatchObject({ data: { name: 'Starling' } });
    const wrong = await serveGateway({ ...options(), studio: { apiBaseUrl: studio.origin, accessToken: 'pat_that_has_expired_long_ago' } });
    try {
      const carol = await GatewayClient.signIn(wrong.url, 'carol');
      const refused = await carol.call('GET', `/v1/bots/${studio.botId}`);
      expect([refused.status, refused.body.code]).toEqual([502, 5000]);
    } finally {
      await close(wrong.server);
    }
    const out = JSON.stringify([profile.body, events]);
    for (const secret of [studio.prompt, studio.accessToken, 'pat_that', GATEWAY_SECRET, 'internal']) expect(out).not.toContain(secret);
    expect(events.at(-1)).toMatchObject({ type: 'call_refused', endpoint: 'bot', reason: 'upstream_rejected' });
  });
});

it.each([
  [{ apps: [{ appId: '1', workflowId: '2' }] }, /apps: Coze Studio has one conversation/],
  [{ studio: { apiBaseUrl: 'http://studio.example', accessToken: 'pat_0123456789' } }, /must use https outside of a network/],
  [{ studio: { apiBaseUrl: 'https://studio.example/v1', accessToken: 'pat_0123456789' } }, /an origin alone/],
  [{ studio: { apiBaseUrl: 'https://studio.example', accessToken: 'czs_0123456789' } }, /personal access token/],
  [{ bots: [] }, /give "bots" or "apps"/],
  [{ secret: 'short' }, /secret: must have at least 32 bytes/],
])('createCozeGateway() throws an error with a clear sentence for the options %o', (change, sentence) => {
  expect(() => createCozeGateway({ ...options(), ...change } as never)).toThrow(sentence);
});
