import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CozeStandIn, startCozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { type AssertionParts, exchange, goodAssertion, JWT_BEARER_GRANT, sessionOf, sign } from './support.js';

const START_MS = 1_763_820_000_500;
const START_SECONDS = 1_763_820_000;
let nowMs = START_MS;
let standIn: CozeStandIn;

beforeAll(async () => {
  standIn = await startCozeStandIn({ now: () => nowMs });
});
afterAll(() => standIn.stop());
afterEach(() => {
  nowMs = START_MS;
  standIn.resetFaults();
});

const good = (): AssertionParts => goodAssertion(standIn, START_SECONDS);
const withClaims = (claims: Readonly<Record<string, unknown>>): AssertionParts => ({ ...good(), claims: { ...good().claims, ...claims } });
const withHeader = (header: Readonly<Record<string, unknown>>): AssertionParts => ({ ...good(), header: { ...good().header, ...header } });

interface TokenBody {
  readonly access_token: string;
  readonly expires_in: number;
}

describe('a good assertion', () => {
  it('buys an opaque token and the absolute time of its end, 900 seconds away by default', async () => {
    const response = await exchange(standIn, await sign(good()));
    expect(response.status).toBe(200);
    const body = (await response.json()) as TokenBody;
    expect(body).toEqual({ access_token: expect.stringMatching(/^czs_[\w-]{64}$/) as string, expires_in: START_SECONDS + 900 });
  });

  it.each([1, 86_399])('may ask for a life of %d seconds', async (duration) => {
    const body = { grant_type: JWT_BEARER_GRANT, duration_seconds: duration };
    const response = await exchange(standIn, await sign(good()), body);
    expect(((await response.json()) as TokenBody).expires_in).toBe(START_SECONDS + duration);
  });

  it.each([0, 86_400, 1.5, '900'])('may not ask for a life of %j seconds', async (duration) => {
    const response = await exchange(standIn, await sign(good()), { grant_type: JWT_BEARER_GRANT, duration_seconds: duration });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error_code: 'invalid_request',
      error_message: 'invalid request: duration_seconds',
      error: 'invalid_request',
    });
  });

  it('may come without session_name', async () => {
    expect((await exchange(standIn, await sign(withClaims({ session_name: undefined })))).status).toBe(200);
  });

  it('may carry body fields this endpoint does not know', async () => {
    const body = {
      grant_type: JWT_BEARER_GRANT,
      client_id: standIn.oauthConfig.client_id,
      scope: { account_permission: { permission_list: ['x'] } },
    };
    expect((await exchange(standIn, await sign(good()), body)).status).toBe(200);
  });

  it.each(['/api/permission/oauth2/account/123/token', '/api/permission/oauth2/enterprise_id/123/token'])(
    'is accepted at %s',
    async (path) => {
      const response = await exchange(standIn, await sign(good()), { grant_type: JWT_BEARER_GRANT }, path);
      expect(response.status).toBe(200);
    },
  );

  it.each(['api.coze.cn', 'api.coze.com'])('may be meant for %s', async (aud) => {
    expect((await exchange(standIn, await sign(withClaims({ aud })))).status).toBe(200);
  });

  it('may be meant for the host it is sent to', async () => {
    expect((await exchange(standIn, await sign(withClaims({ aud: new URL(standIn.origin).host })))).status).toBe(200);
  });

  it.each([
    ['iat up to a minute ahead', { iat: START_SECONDS + 60, exp: START_SECONDS + 600 }],
    ['exp up to a minute ago', { iat: START_SECONDS - 600, exp: START_SECONDS - 59 }],
  ])('is accepted with %s, because clocks differ', async (_what, claims) => {
    expect((await exchange(standIn, await sign(withClaims(claims)))).status).toBe(200);
  });
});

describe('a bad assertion', () => {
  const refusals: readonly [string, () => AssertionParts, string][] = [
    ['of an unknown key', () => withHeader({ kid: 'somebody-else' }), 'kid not been registred'],
    ['without a key id', () => withHeader({ kid: undefined }), 'kid not been registred'],
    ['of another type', () => withHeader({ typ: 'at+jwt' }), 'typ must be JWT'],
    ['of another issuer', () => withClaims({ iss: '42' }), 'iss is not the owner of the key'],
    ['for another audience', () => withClaims({ aud: 'api.example.com' }), 'aud is not this service'],
    ['with a URL as audience', () => withClaims({ aud: 'https://api.coze.cn' }), 'aud is not this service'],
    ['with a list of audiences', () => withClaims({ aud: ['api.coze.cn'] }), 'aud is missing or malformed'],
    ['that has expired', () => withClaims({ iat: START_SECONDS - 600, exp: START_SECONDS - 60 }), 'token is expired'],
    ['from the future', () => withClaims({ iat: START_SECONDS + 61 }), 'iat is in the future'],
    ['that ends before it starts', () => withClaims({ exp: START_SECONDS }), 'exp must be later than iat'],
    ['that lives for more than a day', () => withClaims({ exp: START_SECONDS + 86_400 + 62 }), 'exp is too far away'],
    ['without jti', () => withClaims({ jti: undefined }), 'jti is missing or malformed'],
    ['with an empty jti', () => withClaims({ jti: '' }), 'jti is missing or malformed'],
    ['without iat', () => withClaims({ iat: undefined }), 'iat is missing or malformed'],
    ['whose session_name is no text', () => withClaims({ session_name: 7 }), 'session_name is missing or malformed'],
  ];

  it.each(refusals)('%s is refused', async (_what, parts, reason) => {
    const response = await exchange(standIn, await sign(parts()));
    expect(response.status).toBe(401);
    expect(response.headers.get('x-tt-logid')).toMatch(/^\d{14}[0-9A-F]{18}$/);
    expect(await response.json()).toEqual({
      error_code: 'invalid_client',
      error_message: `invalid jwt: ${reason}`,
      error: 'invalid_client',
    });
  });

  it('signed with a key of somebody else is refused', async () => {
    const other = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    const privateKeyPem = other.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const response = await exchange(standIn, await sign({ ...good(), privateKeyPem }));
    expect(await response.json()).toMatchObject({ error_code: 'invalid_client', error_message: 'invalid jwt: signature is invalid' });
  });

  it('whose payload was changed after signing is refused', async () => {
    const [header = '', , signature = ''] = (await sign(good())).split('.');
    const payload = Buffer.from(JSON.stringify({ ...good().claims, session_name: 'bob' })).toString('base64url');
    const response = await exchange(standIn, [header, payload, signature].join('.'));
    expect(await response.json()).toMatchObject({ error_message: 'invalid jwt: signature is invalid' });
  });

  it('that is not signed at all is refused', async () => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const jwt = `${part({ ...good().header, alg: 'none' })}.${part(good().claims)}.`;
    expect(await (await exchange(standIn, jwt)).json()).toMatchObject({ error_message: 'invalid jwt: alg must be RS256' });
  });

  it('that is no JWT is refused', async () => {
    expect((await exchange(standIn, 'nonsense')).status).toBe(401);
  });

  it('that is missing is refused', async () => {
    const response = await fetch(`${standIn.origin}/api/permission/oauth2/token`, {
      method: 'POST',
      body: JSON.stringify({ grant_type: JWT_BEARER_GRANT }),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error_message: 'verify jwt empty error' });
  });

  it('does not use up its jti', async () => {
    const parts = withClaims({ aud: 'api.example.com' });
    await exchange(standIn, await sign(parts));
    expect((await exchange(standIn, await sign({ ...parts, claims: { ...parts.claims, aud: 'api.coze.cn' } }))).status).toBe(200);
  });
});

describe('a replayed jti', () => {
  it('is refused although the assertion is signed anew', async () => {
    const parts = good();
    expect((await exchange(standIn, await sign(parts))).status).toBe(200);
    const again = await exchange(standIn, await sign({ ...parts, claims: { ...parts.claims, session_name: 'bob' } }));
    expect(again.status).toBe(401);
    expect(await again.json()).toMatchObject({ error_code: 'invalid_client', error_message: 'invalid jwt: jti has been used' });
  });

  it('is refused as long as its first assertion could still pass', async () => {
    const first = good();
    await exchange(standIn, await sign(first));
    nowMs = START_MS + 650_000;
    expect(await (await exchange(standIn, await sign(first))).json()).toMatchObject({ error_message: 'invalid jwt: jti has been used' });
  });
});

describe('the request', () => {
  it('must name the grant type', async () => {
    const response = await exchange(standIn, await sign(good()), {});
    expect(await response.json()).toMatchObject({ error_code: 'invalid_request', error_message: 'invalid request: grant_type' });
  });

  it('must name the right grant type', async () => {
    const response = await exchange(standIn, await sign(good()), { grant_type: 'refresh_token' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error_code: 'unsupported_grant_type',
      error_message: 'not supported grant type: refresh_token',
    });
  });

  it('must be JSON', async () => {
    const response = await fetch(`${standIn.origin}/api/permission/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await sign(good())}` },
      body: `grant_type=${JWT_BEARER_GRANT}`,
    });
    expect(await response.json()).toMatchObject({ error_code: 'invalid_request', error_message: 'invalid request: body' });
  });

  it('must name a numeric account', async () => {
    const response = await exchange(
      standIn,
      await sign(good()),
      { grant_type: JWT_BEARER_GRANT },
      '/api/permission/oauth2/account/me/token',
    );
    expect(await response.json()).toMatchObject({ error_code: 'invalid_request' });
  });
});

describe('faults', () => {
  it('cap the life of tokens', async () => {
    standIn.setFaults({ maxTokenLifeSeconds: 4 });
    const body = (await (await exchange(standIn, await sign(good()))).json()) as TokenBody;
    expect(body.expires_in).toBe(START_SECONDS + 4);

    const session = sessionOf(standIn, body.access_token);
    nowMs = START_MS + 3_400;
    expect((await session.get(`/v1/bots/${standIn.botId}`)).status).toBe(200);
    nowMs = START_MS + 3_500;
    expect((await session.get(`/v1/bots/${standIn.botId}`)).status).toBe(401);
  });

  it("set Coze's clock apart from ours", async () => {
    standIn.setFaults({ clockOffsetMs: 3_600_000 });
    const response = await exchange(standIn, await sign(good()));
    expect(await response.json()).toMatchObject({ error_message: 'invalid jwt: token is expired' });
    expect(Date.parse(response.headers.get('date') ?? '')).toBe((START_SECONDS + 3_600) * 1000);
  });

  it.each([
    ['reject-jwt', 401, 'invalid_client'],
    ['http-400', 400, 'invalid_request'],
    ['access-deny', 403, 'access_deny'],
    ['http-429', 429, 'too_many_requests'],
    ['http-500', 500, 'internal_error'],
  ] as const)('%s answers %d and %s', async (oauth, status, code) => {
    standIn.setFaults({ oauth });
    const response = await exchange(standIn, await sign(good()));
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error_code: code });
  });

  it('http-503 answers plain text', async () => {
    standIn.setFaults({ oauth: 'http-503' });
    const response = await exchange(standIn, 'any');
    expect([response.status, response.headers.get('content-type')]).toEqual([503, expect.stringContaining('text/plain')]);
  });

  it('html answers a page', async () => {
    standIn.setFaults({ oauth: 'html' });
    const response = await exchange(standIn, 'any');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  });

  it('code-in-200 answers an error in the envelope', async () => {
    standIn.setFaults({ oauth: 'code-in-200' });
    const response = await exchange(standIn, 'any');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ code: 5000 });
  });

  it('cut-json answers what is no JSON', async () => {
    standIn.setFaults({ oauth: 'cut-json' });
    await expect((await exchange(standIn, 'any')).json()).rejects.toThrow(SyntaxError);
  });

  it('huge-body answers four megabytes', async () => {
    standIn.setFaults({ oauth: 'huge-body' });
    expect((await (await exchange(standIn, 'any')).text()).length).toBeGreaterThan(4_000_000);
  });

  it('endless-body sends headers and never ends', async () => {
    standIn.setFaults({ oauth: 'endless-body' });
    const reader = (await exchange(standIn, 'any')).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('{"access_token":');
    await reader?.cancel();
  });

  it('slow-body sends headers and a byte at a time', async () => {
    standIn.setFaults({ oauth: 'slow-body' });
    const reader = (await exchange(standIn, 'any')).body?.getReader();
    for (let byte = 0; byte < 2; byte += 1) expect((await reader?.read())?.value?.byteLength).toBe(1);
    await reader?.cancel();
  });

  it('drop closes the connection', async () => {
    standIn.setFaults({ oauth: 'drop' });
    await expect(exchange(standIn, 'any')).rejects.toThrow('fetch failed');
    expect(standIn.requests.at(-1)?.status).toBe(0);
  });

  it('hang gives no answer', async () => {
    standIn.setFaults({ oauth: 'hang' });
    const caller = new AbortController();
    standIn.clearRequests();
    const call = fetch(`${standIn.origin}/api/permission/oauth2/token`, { method: 'POST', signal: caller.signal });
    await expect.poll(() => standIn.requests.length).toBe(1);
    expect(standIn.requests[0]?.status).toBe(0);
    caller.abort();
    await expect(call).rejects.toThrow('aborted');
  });

  it('end with resetFaults', async () => {
    standIn.setFaults({ oauth: 'http-500' });
    standIn.resetFaults();
    expect((await exchange(standIn, await sign(good()))).status).toBe(200);
  });
});
