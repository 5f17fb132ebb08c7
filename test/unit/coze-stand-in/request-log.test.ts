import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CozeStandIn, startCozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { ask, createConversation, exchange, goodAssertion, logIn, type Session, sign, startChat } from './support.js';

let standIn: CozeStandIn;
let session: Session;

beforeAll(async () => {
  standIn = await startCozeStandIn({ now: () => 1_763_820_000_000 });
  session = await logIn(standIn, 'logged', { nowSeconds: 1_763_820_000 });
});
afterAll(() => standIn.stop());
beforeEach(() => standIn.clearRequests());

describe('Request log of the stand-in', () => {
  it('The log contains each request with its session name and its response', async () => {
    const { id } = await createConversation(standIn, session);
    await ask(standIn, session, id, 'note this');
    expect(standIn.requests).toEqual([
      expect.objectContaining({ method: 'POST', path: '/v1/conversation/create', status: 200, sessionName: 'logged', token: 'valid' }),
      {
        method: 'POST',
        path: '/v3/chat',
        query: `?conversation_id=${id}`,
        status: 200,
        at: 1_763_820_000_000,
        sessionName: 'logged',
        token: 'valid',
        requestText: 'note this',
        responseText: expect.stringContaining('You said: note this') as string,
      },
    ]);
  });

  it('The log contains a stream as far as it was sent', async () => {
    standIn.setFaults({ chat: 'truncate' });
    const { id } = await createConversation(standIn, session);
    await (await startChat(standIn, session, id, 'one two three')).text();
    standIn.resetFaults();
    const text = standIn.requests.at(-1)?.responseText;
    expect(text).toContain('"content":"You "');
    expect(text).not.toContain('three');
  });

  it('The log contains no token and no assertion', async () => {
    const parts = goodAssertion(standIn, 1_763_820_000);
    const jwt = await sign(parts);
    const { access_token: token } = (await (await exchange(standIn, jwt)).json()) as { access_token: string };
    await exchange(standIn, jwt);
    await session.get('/v1/bots/42');
    const log = JSON.stringify(standIn.requests);
    expect(standIn.requests).toHaveLength(3);
    expect(standIn.requests[0]).toMatchObject({
      path: '/api/permission/oauth2/token',
      sessionName: 'alice',
      status: 200,
      responseText: '',
    });
    for (const secret of [token, session.token, jwt, jwt.split('.')[2] ?? '', String(parts.claims['jti'])])
      expect(log).not.toContain(secret);
  });

  it('The log does not contain binary responses', async () => {
    await session.post('/v1/audio/speech', { input: 'x', voice_id: 'v', response_format: 'wav' });
    expect(standIn.requests[0]).toMatchObject({ status: 200, responseText: '' });
  });
});

describe('stop() of the stand-in', () => {
  it('stop() ends running streams and frees the port', async () => {
    const other = await startCozeStandIn({ faults: { beforeAnswerMs: 600_000 } });
    const visitor = await logIn(other, 'late');
    const response = await startChat(other, visitor, (await createConversation(other, visitor)).id, 'hi');
    await other.stop();
    await expect(response.text()).rejects.toThrow('terminated');
    await expect(fetch(other.origin)).rejects.toThrow('fetch failed');

    const again = await startCozeStandIn({ port: Number(new URL(other.origin).port) });
    expect(again.origin).toBe(other.origin);
    await again.stop();
  });
});

describe('startCozeStandIn()', () => {
  it('startCozeStandIn() rejects with EADDRINUSE for a port that is taken', async () => {
    await expect(startCozeStandIn({ port: Number(new URL(standIn.origin).port) })).rejects.toThrow('EADDRINUSE');
  });

  it('startCozeStandIn() creates a new key pair every time', async () => {
    const other = await startCozeStandIn();
    expect(other.oauthConfig.public_key_id).not.toBe(standIn.oauthConfig.public_key_id);
    expect(other.oauthConfig.private_key).toContain('BEGIN PRIVATE KEY');
    await other.stop();
  });
});
