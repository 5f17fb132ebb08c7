import { createHash } from 'node:crypto';
import { decodeProtectedHeader } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { createTokenEndpoint, firstIdentityOf, type TokenEndpointOptions } from '../../../src/server/index.js';
import { arrange, json, keyPair, NOW_MS, NOW_SECONDS, oauth, tokenRequest } from './arrange.js';
import { cozeErrorAnswer, tokenFor } from './coze/fake-coze.js';

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

describe('Token request of a signed-in visitor', () => {
  it('A signed-in visitor gets a token with its expiry as a duration and as a time', async () => {
    const { endpoint } = arrange();
    const response = await endpoint(tokenRequest({ body: { reason: 'initial' } }));
    expect(response.status).toBe(200);
    expect(await json(response)).toEqual({
      access_token: tokenFor(sha256('["","","alice"]')),
      token_type: 'Bearer',
      expires_in: 3600,
      expires_at: NOW_SECONDS + 3600,
      subject: sha256(JSON.stringify(['coze-chat-embed/subject', sha256('["","","alice"]')])),
    });
  });

  it('F15: The server signs an assertion that Coze can verify, dated 30 seconds back', async () => {
    const { endpoint, coze } = arrange();
    await endpoint(tokenRequest());
    const [exchange] = coze.seen;
    const { payload, protectedHeader } = await coze.verify(exchange?.assertion ?? '', { currentDate: new Date(NOW_MS) });
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: keyPair.keyId });
    expect(payload).toEqual({
      iss: 'app-1',
      aud: 'api.coze.cn',
      iat: NOW_SECONDS - 30,
      exp: NOW_SECONDS - 30 + 600,
      jti: expect.stringMatching(/^[\w-]{43}$/),
      session_name: sha256('["","","alice"]'),
    });
  });

  it('The exchange uses the jwt-bearer grant and does not follow redirects', async () => {
    const { endpoint, coze } = arrange({ durationSeconds: 900 });
    await endpoint(tokenRequest());
    const [exchange] = coze.seen;
    expect(exchange?.url).toBe('https://api.coze.cn/api/permission/oauth2/token');
    expect(exchange?.init).toMatchObject({ method: 'POST', redirect: 'manual' });
    expect(exchange?.body).toEqual({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', duration_seconds: 900 });
  });

  it('A request with an empty body gets a token, because `identify` does not need the body', async () => {
    const { endpoint } = arrange();
    expect((await endpoint(tokenRequest({ body: '' }))).status).toBe(200);
  });

  it('The key is imported once for many requests', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey');
    const { endpoint } = arrange();
    await Promise.all(Array.from({ length: 20 }, () => endpoint(tokenRequest())));
    expect(importKey).toHaveBeenCalledTimes(1);
    importKey.mockRestore();
  });

  it.each([
    ['https://api.coze.cn', 'api.coze.cn'],
    ['https://api.coze.com/', 'api.coze.com'],
    ['https://proxy.example/coze/', 'proxy.example'],
    ['http://127.0.0.1:4100', '127.0.0.1:4100'],
  ])('F16: The audience for the API %s is its host %s', async (apiBaseUrl, host) => {
    const { endpoint, coze } = arrange({ oauth: { ...oauth, apiBaseUrl } });
    await endpoint(tokenRequest());
    expect(coze.seen.map(({ claims }) => claims.aud)).toEqual([host]);
  });

  it('F16: A given audience is used in place of the host of the API', async () => {
    const { endpoint, coze } = arrange({ oauth: { ...oauth, apiBaseUrl: 'http://127.0.0.1:4100/', audience: 'api.coze.com' } });
    await endpoint(tokenRequest());
    expect(coze.seen[0]?.claims.aud).toBe('api.coze.com');
    expect(coze.seen[0]?.url).toBe('http://127.0.0.1:4100/api/permission/oauth2/token');
  });

  it('F2, F16: Fields of the body do not change the header and the claims of the assertion', async () => {
    const { endpoint, coze } = arrange();
    await endpoint(tokenRequest({ body: { alg: 'none', kid: 'x', aud: 'evil', iss: 'evil', session_name: 'bob' } }));
    expect(decodeProtectedHeader(coze.seen[0]?.assertion ?? '')).toEqual({ alg: 'RS256', typ: 'JWT', kid: keyPair.keyId });
    expect(coze.seen[0]?.claims).toMatchObject({ iss: 'app-1', aud: 'api.coze.cn', session_name: sha256('["","","alice"]') });
  });
});

describe('Values that a server passes to the endpoint beside the request', () => {
  it('`identify` and `clientAddress` get the bindings that a server passes beside the request', async () => {
    interface Bindings {
      readonly signedInUser: string;
      readonly remoteAddress: string;
    }
    const endpoint = createTokenEndpoint<Bindings>({
      oauth,
      identify: firstIdentityOf(
        () => null,
        (_request, _claims, { signedInUser }: Bindings) => ({ id: signedInUser }),
      ),
      rateLimit: { perAddress: { requests: 1, perSeconds: 60 }, clientAddress: (_request, { remoteAddress }) => remoteAddress },
      fetch: arrange().coze.fetch,
      now: () => NOW_MS,
    });
    const ask = async (signedInUser: string, remoteAddress: string) => endpoint(tokenRequest(), { signedInUser, remoteAddress });
    const [alice, bob] = [await ask('alice', '192.0.2.1'), await ask('bob', '192.0.2.2')];
    expect((await json(alice))['subject']).not.toBe((await json(bob))['subject']);
    expect((await ask('carol', '192.0.2.1')).status).toBe(429);
  });
});

describe('Creation of a token endpoint', () => {
  const create = (changes: object) => () => createTokenEndpoint({ oauth, identify: () => null, ...changes } as TokenEndpointOptions);

  it.each([
    ['a misspelt option', { identfy: () => null }, /identfy/],
    ['no identify', { identify: undefined }, /identify/],
    ['both identify and trustClientIdentity', { trustClientIdentity: true }, /not both/],
    ['a truthy trustClientIdentity', { identify: undefined, trustClientIdentity: 'yes' }, /trustClientIdentity/],
    ['an identify that is no function', { identify: 'alice' }, /identify: must be a function/],
    ['a life below 900 s', { durationSeconds: 899 }, /durationSeconds/],
    ['a life above 86399 s', { durationSeconds: 86_400 }, /durationSeconds/],
    ['no app id', { oauth: { ...oauth, appId: '' } }, /oauth\.appId/],
    ['an API without TLS', { oauth: { ...oauth, apiBaseUrl: 'http://api.coze.cn' } }, /apiBaseUrl: must use https/],
    ['an API that is no URL', { oauth: { ...oauth, apiBaseUrl: 'api.coze.cn' } }, /apiBaseUrl: is not a URL/],
    ['an API URL with credentials', { oauth: { ...oauth, apiBaseUrl: 'https://a:b@api.coze.cn' } }, /apiBaseUrl: must have no user/],
    ['a wildcard origin', { allowedOrigins: ['*'] }, /allowedOrigins\.0/],
    ['the null origin', { allowedOrigins: ['null'] }, /allowedOrigins\.0/],
    ['an origin with a path', { allowedOrigins: ['https://shop.example/shop'] }, /allowedOrigins\.0/],
  ])('F10, F16: createTokenEndpoint() throws an error with a code for %s', (_case, changes, message) => {
    expect(create(changes)).toThrow(expect.objectContaining({ code: 'invalid_configuration', message: expect.stringMatching(message) }));
  });

  it('F30: A polluted Object.prototype does not switch off the checks of the options', () => {
    Object.defineProperty(Object.prototype, 'trustClientIdentity', { value: true, configurable: true, writable: true });
    try {
      expect(create({ identify: undefined })).toThrow(/identify/);
    } finally {
      delete (Object.prototype as { trustClientIdentity?: true }).trustClientIdentity;
    }
  });

  it('F30: Changes of the options after the creation have no effect', async () => {
    const options = { oauth: { ...oauth }, identify: () => ({ id: 'alice' }) };
    const { endpoint, coze } = arrange(options);
    options.identify = () => ({ id: 'bob' });
    options.oauth.appId = 'another';
    await endpoint(tokenRequest());
    expect(coze.seen[0]?.claims).toMatchObject({ iss: 'app-1', session_name: sha256('["","","alice"]') });
  });

  it('createTokenEndpoint() warns once when `trustClientIdentity` is set', () => {
    const { events } = arrange({ trustClientIdentity: true });
    expect(events).toEqual([{ type: 'warning', code: 'client_identity_trusted', message: expect.stringContaining('anybody') }]);
  });

  it('createTokenEndpoint() warns on the console when there is no `onEvent`', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    createTokenEndpoint({ oauth, trustClientIdentity: true });
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });

  it('The console output names the doctor only when Coze rejects the app', async () => {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    for (const answer of [cozeErrorAnswer(401, 'invalid_client'), new Response(null, { status: 503 })]) {
      await arrange({ onEvent: undefined, coze: () => answer.clone() }).endpoint(tokenRequest());
    }
    const [refused, unavailable] = error.mock.calls.map((said) => said.join(' '));
    error.mockRestore();
    expect(refused).toMatch(/"reason":"coze_rejected".*coze-chat-embed doctor/);
    expect(unavailable).toMatch(/"reason":"coze_unavailable".*}$/);
  });

  it('createTokenEndpoint() reports nothing for valid options', () => {
    expect(arrange().events).toEqual([]);
  });
});

describe('Events for the operator', () => {
  it('Each issued token is reported with a request id and the beginning of the subject', async () => {
    const { endpoint, events } = arrange();
    const { subject } = await json(await endpoint(tokenRequest()));
    expect(events).toEqual([
      {
        type: 'token_issued',
        requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
        subject: String(subject).slice(0, 12),
        expiresInSeconds: 3600,
        durationMs: 0,
      },
    ]);
  });

  it('A refused request is reported with the request id of the response', async () => {
    const { endpoint, events } = arrange({ identify: () => null });
    const { request_id: requestId } = await json(await endpoint(tokenRequest()));
    expect(events).toEqual([expect.objectContaining({ type: 'request_refused', requestId, status: 401, reason: 'not_signed_in' })]);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('disk full');
      },
    ],
    ['rejects', () => Promise.reject(new Error('disk full'))],
  ])('A visitor gets a token although the `onEvent` function %s', async (_case, onEvent) => {
    const { endpoint } = arrange({ onEvent });
    expect((await endpoint(tokenRequest())).status).toBe(200);
  });
});
