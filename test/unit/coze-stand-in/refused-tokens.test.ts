import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../demo/coze-stand-in/app.js';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import type { StandInState } from '../../../demo/coze-stand-in/state.js';
import { startSharedApp } from '../../support/stand-in.js';
import {
  createConversation,
  envelope,
  listConversations,
  listMessages,
  logIn,
  parseEvents,
  type Session,
  sessionOf,
  startChat,
  textMessage,
} from './support.js';

const START_MS = 1_763_820_000_000;
let nowMs = START_MS;
let standIn: CozeStandIn;
let session: Session;
let conversationId: string;

beforeAll(async () => {
  standIn = await startSharedApp({ now: () => nowMs });
  session = await logIn(standIn, 'visitor', { nowSeconds: START_MS / 1000 });
  conversationId = (await createConversation(standIn, session)).id;
});
afterAll(() => standIn.stop());
afterEach(() => {
  nowMs = START_MS;
  standIn.resetFaults();
});

function afterExpiry(): void {
  nowMs = START_MS + 900_000;
}
const WRONG_TOKEN = 'The token you entered is incorrect. Please double-check and try again.';

/** Every request that needs a token. */
const ENDPOINTS: readonly [method: string, path: string][] = createApp({ catalogue: {} } as StandInState)
  .routes.filter(({ method, path }) => method !== 'ALL' && /^\/v\d/.test(path))
  .map(({ method, path }) => [method, path]);

function call(method: string, path: string): Promise<Response> {
  const headers = { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' };
  return fetch(`${standIn.origin}${path.replace(':id', conversationId).replace(/:\w+/, '1')}`, {
    method,
    headers,
    ...(method !== 'GET' && { body: '{}' }),
  });
}

it('The stand-in has endpoints of each group', () => {
  const groups = new Set(ENDPOINTS.map(([, path]) => path.split('/', 3).join('/')));
  expect([...groups].toSorted()).toEqual([
    '/v1/apps',
    '/v1/audio',
    '/v1/bot',
    '/v1/bots',
    '/v1/conversation',
    '/v1/conversations',
    '/v1/files',
    '/v1/workflows',
    '/v3/chat',
  ]);
});

describe('Expired token', () => {
  const calls: readonly [string, () => Promise<Response>][] = [
    ['the bot', () => session.get(`/v1/bot/get_online_info?bot_id=${standIn.botId}`)],
    ['the list of conversations', () => listConversations(standIn, session)],
    ['a new conversation', () => session.post('/v1/conversation/create', {})],
    ['the messages', () => listMessages(session, conversationId)],
    ['clearing', () => session.post(`/v1/conversations/${conversationId}/clear`)],
    ['uploads', () => session.post('/v1/files/upload')],
    ['speech', () => session.post('/v1/audio/speech', {})],
    ['polling', () => session.post(`/v3/chat/retrieve?conversation_id=${conversationId}&chat_id=1`)],
    ['cancelling', () => session.post('/v3/chat/cancel', {})],
    ['a workflow chat', () => session.post('/v1/workflows/chat', {})],
  ];

  it.each(calls)('An expired token gets 401 and 700012006 from %s', async (_what, call) => {
    afterExpiry();
    const response = await call();
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      code: 700012006,
      msg: 'access token invalid',
      detail: { logid: response.headers.get('x-tt-logid') },
    });
  });

  it('An expired token gets 200 and 4101 from a chat, as in production', async () => {
    afterExpiry();
    const response = await startChat(standIn, session, conversationId, 'x');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await envelope(response)).toMatchObject({ code: 4101, msg: WRONG_TOKEN });
  });

  it('An expired token gets 401 from a chat in the mode http-401', async () => {
    afterExpiry();
    standIn.setFaults({ expiredOnChat: 'http-401' });
    const response = await startChat(standIn, session, conversationId, 'x');
    expect([response.status, (await envelope(response)).code]).toEqual([401, 700012006]);
  });

  it('An expired token gets 200 and 4100 from a chat in the mode code-4100', async () => {
    afterExpiry();
    standIn.setFaults({ expiredOnChat: 'code-4100' });
    const response = await startChat(standIn, session, conversationId, 'x');
    expect(response.status).toBe(200);
    expect(await envelope(response)).toMatchObject({ code: 4100, msg: 'authentication is invalid' });
  });

  it('An expired token gets an error event from a chat in the mode sse-error', async () => {
    afterExpiry();
    standIn.setFaults({ expiredOnChat: 'sse-error' });
    const response = await startChat(standIn, session, conversationId, 'x');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    expect(parseEvents(await response.text())).toEqual([{ event: 'error', data: { code: 4101, msg: WRONG_TOKEN } }]);
  });

  it('An expired token gets from a workflow chat the error of the mode for workflow chats', async () => {
    afterExpiry();
    standIn.setFaults({ expiredOnWorkflowChat: 'code-4101' });
    const response = await session.post('/v1/workflows/chat', {});
    expect([response.status, (await envelope(response)).code]).toEqual([200, 4101]);
  });

  it('A chat with an expired token stores no message', async () => {
    afterExpiry();
    await startChat(standIn, session, conversationId, 'lost');
    nowMs = START_MS;
    expect((await envelope(listMessages(session, conversationId))).data).toEqual([]);
  });

  it('The request log distinguishes valid, expired, unknown and missing tokens', async () => {
    standIn.clearRequests();
    await listConversations(standIn, session);
    afterExpiry();
    await listConversations(standIn, session);
    await listConversations(standIn, sessionOf(standIn, 'czs_made-up'));
    await fetch(`${standIn.origin}/v1/conversations`);
    expect(standIn.requests.map(({ token, sessionName, status }) => [token, sessionName, status])).toEqual([
      ['valid', 'visitor', 200],
      ['expired', 'visitor', 401],
      ['unknown', undefined, 401],
      ['none', undefined, 401],
    ]);
  });
});

describe('Valid token', () => {
  it('A stream continues to its end after its token has expired', async () => {
    const response = await startChat(standIn, session, conversationId, 'long');
    afterExpiry();
    expect(parseEvents(await response.text()).at(-1)?.event).toBe('done');
  });

  it.each(ENDPOINTS)('A valid token is rejected by %s %s with the fault rejectAllTokens', async (method, path) => {
    standIn.setFaults({ rejectAllTokens: true });
    const response = await call(method, path);
    const expected = path === '/v3/chat' ? [200, 4101] : [401, 700012006];
    expect([response.status, (await envelope(response)).code]).toEqual(expected);
  });

  it('The tokens of one session name or of all can be ended early', async () => {
    const nowSeconds = START_MS / 1000;
    const [alice, bob] = [await logIn(standIn, 'alice', { nowSeconds }), await logIn(standIn, 'bob', { nowSeconds })];
    const statuses = async (): Promise<readonly number[]> => [
      (await listConversations(standIn, alice)).status,
      (await listConversations(standIn, bob)).status,
    ];
    standIn.expireTokens('alice');
    expect(await statuses()).toEqual([401, 200]);
    const aliceAgain = await logIn(standIn, 'alice', { nowSeconds });
    expect((await listConversations(standIn, aliceAgain)).status).toBe(200);

    const other = await startSharedApp({ now: () => nowMs });
    const there = await logIn(other, 'alice', { nowSeconds });
    other.expireTokens();
    expect((await listConversations(other, there)).status).toBe(401);
    expect((await listConversations(standIn, aliceAgain)).status).toBe(200);
    await other.stop();
  });

  it('A token of one stand-in is rejected by another', async () => {
    const other = await startSharedApp({ now: () => nowMs });
    expect((await listConversations(other, sessionOf(other, session.token))).status).toBe(401);
    await other.stop();
  });
});

describe('Faults for requests with a valid token', () => {
  describe.each([
    ['http-401', 401, 700012006],
    ['http-429', 429, 4020],
    ['http-500', 500, 5000],
    [{ code: 4009, msg: 'busy' }, 200, 4009],
  ] as const)('The fault of the API %j', (api, status, code) => {
    it.each(ENDPOINTS)('The fault makes each request fail: %s %s', async (method, path) => {
      standIn.setFaults({ api });
      const response = await call(method, path);
      expect([response.status, (await envelope(response)).code]).toEqual([status, code]);
    });
  });

  it('A fault for one path does not affect the others', async () => {
    standIn.setFaults({ paths: { '/v1/conversation/create': 'http-500' } });
    expect((await session.post('/v1/conversation/create', {})).status).toBe(500);
    expect((await listConversations(standIn, session)).status).toBe(200);
  });

  it('A path that Coze does not have gets 404 and code 4000', async () => {
    const response = await session.post('/v1/nothing', { additional_messages: [textMessage('x')] });
    expect([response.status, (await envelope(response)).code]).toEqual([404, 4000]);
  });
});
