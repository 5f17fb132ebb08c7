/** Everything that a chat needs first, in one response of the gateway. */
import type { Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startStudioStandIn, type StudioStandIn } from '../../../../demo/studio-stand-in/index.js';
import { createCozeChat, fromCozeOAuthConfig } from '../../../../src/server/index.js';
import { GATEWAY_SECRET, GatewayClient, type GatewayWorld, serveGateway, startGatewayWorld } from '../../../support/gateway-world.js';
import { close } from '../../../support/loopback.js';

let world: GatewayWorld;
beforeAll(async () => {
  world = await startGatewayWorld((coze) => ({ bots: [coze.botId], apps: [{ appId: coze.appId, workflowId: coze.workflowId }] }));
});
afterEach(() => {
  world.coze.resetFaults();
  world.coze.clearRequests();
});
afterAll(() => world.stop());

const LIST = '&connector_id=999&page_num=1&page_size=1';
const start = (client: GatewayClient, botId: string, more = '') => client.call('GET', `/start?bot_id=${botId}&limit=20${more}`);
const askedOf = ({ requests }: GatewayWorld['coze']) => requests.map(({ method, path }) => `${method} ${path}`);

/** The responses to a visitor who sends each request separately. */
async function oneByOne(client: GatewayClient, botId: string, conversation: string): Promise<Record<string, unknown>> {
  const [bot, newest, history] = await Promise.all([
    client.call('GET', `/v1/bots/${botId}`),
    client.call('GET', `/v1/conversations?bot_id=${botId}${LIST}`),
    client.call('POST', `/v1/conversation/message/list?conversation_id=${conversation}`, { limit: 20 }),
  ]);
  return { info: [bot.body], newest: newest.body, history: history.body };
}

describe('Start request of the gateway', () => {
  it('The start contains the bot, the newest conversation and its messages, each like the separate response', async () => {
    const { botId } = world.coze;
    const alice = await world.visitor('alice');
    await alice.ask(botId, await alice.begin(botId), 'before');
    const conversation = await alice.begin(botId);
    await alice.ask(botId, conversation, 'the newest words');
    const { status, body } = await start(alice, botId);
    expect([status, body.code]).toEqual([200, 0]);
    expect(body.data).toEqual(await oneByOne(alice, botId, conversation));
    expect(JSON.stringify(body.data)).toContain('the newest words');
  });

  it('The start of a visitor without conversations requests no messages and begins no conversation', async () => {
    const { botId } = world.coze;
    const nobody = await world.visitor('new');
    world.coze.clearRequests();
    const { body } = await start(nobody, botId);
    expect(body.data).toEqual({ info: [expect.any(Object)], newest: { code: 0, msg: '', data: { has_more: false, conversations: [] } } });
    expect(askedOf(world.coze).filter((request) => request.includes('conversation'))).toEqual(['GET /v1/conversations']);
  });

  it('The start of an app contains the app, its workflow and the conversation with the given name', async () => {
    const { appId, workflowId } = world.coze;
    const alice = await world.visitor('alice');
    const path = `/start?app_id=${appId}&workflow_id=${workflowId}&conversation_name=Default&limit=20`;
    const { body } = await alice.call('GET', path);
    expect(body.data).toMatchObject({ info: [{ data: { app_id: appId } }, { code: 0 }], newest: { code: 0 }, history: { code: 0 } });
    const { id } = (body.data as { newest: { data: { id: string } } }).newest.data;
    const again = await alice.call('GET', path);
    expect(again.body.data).toMatchObject({ newest: { data: { id } }, history: { code: 0 } });
  });

  it('The start with a conversation id contains that conversation only if it is the visitor’s own', async () => {
    const { botId } = world.coze;
    const [alice, bob] = await Promise.all([world.visitor('alice'), world.visitor('bob')]);
    const conversation = await alice.begin(botId);
    await alice.ask(botId, conversation, 'a secret of alice');
    await alice.begin(botId);
    expect(JSON.stringify((await start(alice, botId, `&conversation_id=${conversation}`)).body)).toContain('a secret of alice');
    const foreign = await start(bob, botId, `&conversation_id=${conversation}`);
    expect(foreign.body.data).toEqual({ info: [expect.any(Object)] });
  });

  it('The start contains null for a part that Coze does not return, and the other parts are there', async () => {
    const { botId } = world.coze;
    const alice = await world.visitor('carol');
    world.coze.setFaults({ paths: { [`/v1/bots/${botId}`]: 'http-500' } });
    const { body } = await start(alice, botId);
    expect(body.data).toEqual({ info: [null], newest: expect.any(Object) });
  });

  it.each([
    ['another bot', '/start?bot_id=7599999999999999999&limit=20', 200, 4200],
    ['another app', '/start?app_id=1&workflow_id=2&conversation_name=Default&limit=20', 200, 4200],
    ['no target', '/start?limit=20', 400, 4000],
    ['a name twice', '/start?bot_id=1&bot_id=2&limit=20', 400, 4000],
    ['too many messages', '/start?bot_id=1&limit=51', 400, 4000],
  ])('A start request with %s is refused, and nothing reaches Coze', async (_, path, status, code) => {
    const alice = await world.visitor('alice');
    world.coze.clearRequests();
    expect(await alice.call('GET', path)).toMatchObject({ status, body: { code } });
    expect(world.coze.requests).toEqual([]);
  });

  it('A start request needs a token, and each token response announces the gateway', async () => {
    const response = await fetch(`${world.url}/start?bot_id=${world.coze.botId}&limit=20`);
    expect(response.status).toBe(401);
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie: 'alice' };
    const token = await fetch(`${world.url}/token`, { method: 'POST', headers, body: '{}' });
    expect(await token.json()).toMatchObject({ gateway: true, access_token: expect.any(String) });
  });

  it('createCozeChat() serves the start below its own path, too', async () => {
    const { botId, oauthConfig } = world.coze;
    const oauth = fromCozeOAuthConfig(oauthConfig);
    const gateway = { secret: GATEWAY_SECRET, bots: [botId] };
    const chat = createCozeChat({ oauth, identify: () => ({ id: 'alice' }), rateLimit: false, files: false, gateway });
    const ask = (path: string, init: RequestInit) => chat(new Request(`https://site.example/coze/${path}`, init));
    const signIn = { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }, body: '{}' };
    const { access_token: token } = (await (await ask('token', signIn)).json()) as { access_token: string };
    const response = await ask(`start?bot_id=${botId}&limit=20`, { headers: { authorization: `Bearer ${token}` } });
    expect(await response.json()).toMatchObject({ code: 0, data: { info: [{ code: 0 }] } });
  });
});

describe('Start request in front of Coze Studio', () => {
  let studio: StudioStandIn;
  let server: Server;
  let url: string;
  beforeAll(async () => {
    studio = await startStudioStandIn();
    ({ url, server } = await serveGateway({
      studio: { apiBaseUrl: studio.origin, accessToken: studio.accessToken },
      bots: [studio.botId],
      secret: GATEWAY_SECRET,
      identify: (request: Request) => ({ id: request.headers.get('cookie') ?? '' }),
      rateLimit: false,
      limits: false,
      onEvent: () => undefined,
    }));
  });
  afterAll(() => Promise.all([close(server), studio.stop()]));

  it('Each visitor gets only their own start from Coze Studio, without the prompt of the bot', async () => {
    const [alice, bob] = await Promise.all([GatewayClient.signIn(url, 'alice'), GatewayClient.signIn(url, 'bob')]);
    const conversation = await alice.begin(studio.botId);
    await alice.ask(studio.botId, conversation, 'a secret of alice');
    const mine = await start(alice, studio.botId);
    expect(mine.body.data).toEqual(await oneByOne(alice, studio.botId, conversation));
    expect(JSON.stringify(mine.body)).toContain('a secret of alice');
    const others = await Promise.all([start(bob, studio.botId), start(bob, studio.botId, `&conversation_id=${conversation}`)]);
    expect(others.map(({ body }) => body.code)).toEqual([0, 4002]);
    for (const { body } of others) {
      expect(JSON.stringify(body)).not.toMatch(/a secret of alice/);
      expect(JSON.stringify(body)).not.toContain(studio.prompt);
    }
  });
});
