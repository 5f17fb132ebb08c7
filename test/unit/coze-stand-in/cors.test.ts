import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import { createConversation, logIn, type Session, startChat } from './support.js';

let standIn: CozeStandIn;
let session: Session;

beforeAll(async () => {
  standIn = await startSharedApp();
  session = await logIn(standIn, 'browser');
});
afterAll(() => standIn.stop());

describe('Preflight to the stand-in', () => {
  it.each(['/v1/conversations', '/v3/chat', '/v1/files/upload', '/v1/audio/transcriptions', '/v1/nothing'])(
    'A preflight to %s is granted the requested headers without a token',
    async (path) => {
      const asked = 'authorization,content-type,x-coze-client-user-agent,x-host-own';
      const response = await fetch(standIn.origin + path, {
        method: 'OPTIONS',
        headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST', 'access-control-request-headers': asked },
      });
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-allow-headers')).toBe(asked);
      expect(response.headers.get('access-control-allow-methods')).toContain('POST');
      expect(response.headers.get('access-control-max-age')).toBe('600');
    },
  );

  it('A preflight is not recorded', async () => {
    standIn.clearRequests();
    await fetch(`${standIn.origin}/v3/chat`, { method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } });
    expect(standIn.requests).toEqual([]);
  });
});

describe('Every response of the stand-in', () => {
  const answers: readonly [string, () => Promise<Response>][] = [
    ['a success', () => session.get(`/v1/bots/${standIn.botId}`)],
    ['an error code', () => session.get('/v1/bots/42')],
    ['a 401', () => fetch(`${standIn.origin}/v1/conversations`)],
    ['a 404', () => session.get('/v1/nothing')],
    ['a 401 of the token endpoint', () => fetch(`${standIn.origin}/api/permission/oauth2/token`, { method: 'POST' })],
    [
      'a 500',
      () => {
        standIn.setFaults({ api: 'http-500' });
        return session.get('/v1/nothing').finally(() => standIn.resetFaults());
      },
    ],
    ['a stream', async () => startChat(standIn, session, (await createConversation(standIn, session)).id, 'hi')],
    ['a picture', () => fetch(`${standIn.origin}/assets/parrot.svg`)],
  ];

  it.each(answers)('Every response has CORS headers and a log id: %s', async (_what, call) => {
    const response = await call();
    await response.text();
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-expose-headers')).toBe('x-tt-logid');
    expect(response.headers.get('x-tt-logid')).toMatch(/^\d{14}[0-9A-F]{18}$/);
  });

  it('A response contains its log id also in the body', async () => {
    const response = await session.get(`/v1/bots/${standIn.botId}`);
    const text = await response.text();
    expect((JSON.parse(text) as { detail: { logid: string } }).detail.logid).toBe(response.headers.get('x-tt-logid'));
    expect(text).not.toContain('\n');
  });
});
