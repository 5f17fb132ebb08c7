/** The endpoint behind a real HTTP server, with the local stand-in for Coze behind a real network: what only a network can show. */
import { request as httpRequest, type Server } from 'node:http';
import { ChatEventType, CozeAPI, RoleType } from '@coze/api';
import { createAdaptorServer } from '@hono/node-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn, OAuthFault } from '../../../../demo/coze-stand-in/index.js';
import { createTokenEndpoint, fromCozeOAuthConfig, type OperatorEvent } from '../../../../src/server/index.js';
import { close, listen } from '../../../support/loopback.js';
import { startSharedApp } from '../../../support/stand-in.js';
import { json } from '../arrange.js';

let coze: CozeStandIn;
let server: Server;
let url: string;
const events: OperatorEvent[] = [];
/** The signal of each request to Coze. */
const signals: (AbortSignal | null | undefined)[] = [];

beforeAll(async () => {
  coze = await startSharedApp();
  const endpoint = createTokenEndpoint({
    oauth: fromCozeOAuthConfig(coze.oauthConfig, { audience: 'api.coze.cn' }),
    identify: (request) => ({ id: request.headers.get('cookie')?.replace('session=', '') ?? '' }),
    onEvent: (event) => events.push(event),
    fetch: (input, init) => {
      signals.push(init?.signal);
      return fetch(input, init);
    },
  });
  server = createAdaptorServer({ fetch: endpoint }) as Server;
  url = `${await listen(server)}/api/coze/token`;
});

afterAll(async () => {
  await close(server);
  await coze.stop();
});

afterEach(() => {
  coze.resetFaults();
  coze.clearRequests();
  events.length = 0;
  signals.length = 0;
});

function post(user: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    body: '{"reason":"initial"}',
    ...init,
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie: `session=${user}`, ...init.headers },
  });
}

async function tokenOf(user: string): Promise<string> {
  return String((await json(await post(user)))['access_token']);
}

async function callCoze(token: string, path: string, body?: object): Promise<Record<string, unknown>> {
  return json(
    await fetch(`${coze.origin}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );
}

describe('Tokens from the endpoint', () => {
  it('A token gives access to the conversations of its own visitor only', async () => {
    const [alice, bob, aliceAgain] = [await tokenOf('alice'), await tokenOf('bob'), await tokenOf('alice')];
    const created = await callCoze(alice, '/v1/conversation/create', { bot_id: coze.botId, connector_id: '999' });
    const { id } = created['data'] as { id: string };
    const listed = async (token: string): Promise<string> =>
      JSON.stringify(await callCoze(token, `/v1/conversations?bot_id=${coze.botId}&connector_id=999&page_num=1&page_size=20`));

    expect(await listed(alice)).toContain(id);
    expect(await listed(aliceAgain)).toContain(id);
    expect(await listed(bob)).not.toContain(id);
    expect(await callCoze(bob, `/v1/conversation/message/list?conversation_id=${id}`, {})).toMatchObject({ code: 4002 });
  });

  it('Coze’s own client can chat with a token, and another visitor cannot read that conversation', async () => {
    const clientOf = async (user: string) => new CozeAPI({ token: await tokenOf(user), baseURL: coze.origin });
    const [alice, bob] = [await clientOf('alice'), await clientOf('bob')];
    const { id } = await alice.conversations.create({ bot_id: coze.botId });
    const events: string[] = [];
    let reply = '';
    const stream = alice.chat.stream({
      bot_id: coze.botId,
      conversation_id: id,
      user_id: 'alice',
      additional_messages: [{ role: RoleType.User, content: 'Hello', content_type: 'text' }],
    });
    for await (const { event, data } of stream) {
      events.push(event);
      if (event === ChatEventType.CONVERSATION_MESSAGE_DELTA && data.type === 'answer') reply += data.content;
    }
    expect(events).toContain(ChatEventType.CONVERSATION_CHAT_COMPLETED);
    expect(events.at(-1)).toBe(ChatEventType.DONE);

    const { data: messages } = await alice.conversations.messages.list(id);
    expect(reply).not.toBe('');
    expect(messages.map(({ content }) => content)).toEqual(expect.arrayContaining(['Hello', reply]));
    await expect(bob.conversations.messages.list(id)).rejects.toMatchObject({ code: 4002 });
  });

  it('The expiry of a token response is an hour from now, as a time and as a duration', async () => {
    const body = await json(await post('alice'));
    expect(Math.abs(Number(body['expires_at']) - (Date.now() / 1000 + 3600))).toBeLessThan(5);
    expect(body['expires_in']).toBeGreaterThan(3595);
    expect(body['expires_in']).toBeLessThanOrEqual(3600);
  });

  it('F14: Each exchange has a new assertion, because the stand-in accepts an assertion only once', async () => {
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await post('alice')).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

describe('Faults of Coze', () => {
  it.each<[OAuthFault, number, string, number]>([
    ['reject-jwt', 500, 'upstream_rejected', 1],
    ['http-400', 500, 'upstream_rejected', 1],
    ['access-deny', 500, 'upstream_rejected', 1],
    ['http-429', 503, 'upstream_unavailable', 1],
    ['http-500', 503, 'upstream_unavailable', 2],
    ['http-503', 503, 'upstream_unavailable', 2],
    ['drop', 503, 'upstream_unavailable', 2],
    ['code-in-200', 503, 'upstream_unavailable', 2],
    ['html', 502, 'upstream_invalid', 1],
    ['cut-json', 502, 'upstream_invalid', 1],
    ['huge-body', 502, 'upstream_invalid', 1],
  ])('F17: The fault %s becomes %i %s after %i exchanges', async (fault, status, error, exchanges) => {
    coze.setFaults({ oauth: fault });
    const response = await post('alice');
    expect([response.status, (await json(response))['error'], coze.requests.length]).toEqual([status, error, exchanges]);
  });

  it('A refused connection to Coze becomes 503', async () => {
    const endpoint = createTokenEndpoint({
      oauth: { ...fromCozeOAuthConfig(coze.oauthConfig), apiBaseUrl: 'http://127.0.0.1:1' },
      identify: () => ({ id: 'alice' }),
      onEvent: () => undefined,
    });
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
    expect((await endpoint(new Request(url, { method: 'POST', headers }))).status).toBe(503);
  });
});

describe('Clients on the wire', () => {
  it('F23: A client that sends 10 MB in chunks gets 413 or a reset connection', async () => {
    const chunk = new Uint8Array(65_536).fill(32);
    let left = 160;
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()) });
    const outcome = await post('alice', { body, duplex: 'half' } as RequestInit).then(
      ({ status }) => status,
      () => 'reset',
    );
    expect([413, 'reset']).toContain(outcome);
    expect(coze.requests).toEqual([]);
  });

  it('F26: A client that disconnects during the exchange ends the exchange, and is reported as disconnected', async () => {
    coze.setFaults({ oauth: 'hang' });
    const client = httpRequest(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie: 'session=alice' },
    });
    client.on('error', () => undefined);
    client.end('{}');
    await expect.poll(() => coze.requests.length).toBe(1);
    expect(signals.map((signal) => signal?.aborted)).toEqual([false]);
    client.destroy();
    await expect.poll(() => events).toEqual([expect.objectContaining({ reason: 'client_disconnected' })]);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  });

  it('F8: A client that sends a form gets 415', async () => {
    expect(
      (
        await post('alice', {
          body: new URLSearchParams({ user_id: 'bob' }),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        })
      ).status,
    ).toBe(415);
  });
});
