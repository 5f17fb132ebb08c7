import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { startSharedApp } from '../../support/stand-in.js';
import { type AssertionParts, exchange, goodAssertion, JWT_BEARER_GRANT, sessionOf, sign } from './support.js';

const START_MS = 1_763_820_000_500;
const START_SECONDS = 1_763_820_000;
let nowMs = START_MS;
let standIn: CozeStandIn;

beforeAll(async () => {
  standIn = await startSharedApp({ now: () => nowMs });
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

describe('Valid assertion', () => {
  it('A valid assertion gets an opaque token with an absolute expiry 900 seconds ahead by default', async () => {
    const response = await exchange(standIn, await sign(good()));
    expect(response.status).toBe(200);
    const body = (await response.json()) as TokenBody;
    expect(body).toEqual({ access_token: expect.stringMatching(/^czs_[\w-]{64}$/) as string, expires_in: START_SECONDS + 900 });
  });

  it.each([1, 86_399])('An exchange can ask for a token lifetime of %d seconds', async (duration) => {
    const body = { grant_type: JWT_BEARER_GRANT, duration_seconds: duration };
    const response = await exchange(standIn, await sign(good()), body);
    expect(((await response.json()) as TokenBody).expires_in).toBe(START_SECONDS + duration);
  });

  it.each([0, 86_400, 1.5, '900'])('An exchange with a token lifetime of %j seconds is refused', async (duration) => {
    const response = await exchange(standIn, await sign(good()), { grant_type: JWT_BEARER_GRANT, duration_seconds: duration });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error_code: 'invalid_request',
      error_message: 'invalid request: duration_seconds',
      error: 'invalid_request',
    });
  });

  it('An assertion without session_name is accepted', async () => {
    expect((await exchange(standIn, await sign(withClaims({ session_name: undefined })))).status).toBe(200);
  });

  it('Unknown fields of the body are ignored', async () => {
    const body = {
      grant_type: JWT_BEARER_GRANT,
      client_id: standIn.oauthConfig.client_id,
      scope: { account_permission: { permission_list: ['x'] } },
    };
    expect((await exchange(standIn, await sign(good()), body)).status).toBe(200);
  });

  it.each(['/api/permission/oauth2/account/123/token', '/api/permission/oauth2/enterprise_id/123/token'])(
    'An assertion is accepted at %s',
    async (path) => {
      const response = await exchange(standIn, await sign(good()), { grant_type: JWT_BEARER_GRANT }, path);
      expect(response.status).toBe(200);
    },
  );

  it.each(['api.coze.cn', 'api.coze.com'])('An assertion with the audience %s is accepted', async (aud) => {
    expect((await exchange(standIn, await sign(withClaims({ aud })))).status).toBe(200);
  });

  it('An assertion with the host of the stand-in as its audience is accepted', async () => {
    expect((await exchange(standIn, await sign(withClaims({ aud: new URL(standIn.origin).host })))).status).toBe(200);
  });

  it.each([
    ['iat up to a minute ahead', { iat: START_SECONDS + 60, exp: START_SECONDS + 600 }],
    ['exp up to a minute ago', { iat: START_SECONDS - 600, exp: START_SECONDS - 59 }],
  ])('An assertion is accepted with %s, because clocks differ', async (_what, claims) => {
    expect((await exchange(standIn, await sign(withClaims(claims)))).status).toBe(200);
  });
});

describe('Invalid assertion', () => {
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

  it.each(refusals)('An assertion %s is refused', async (_what, parts, reason) => {
    const response = await exchange(standIn, await sign(parts()));
    expect(response.status).toBe(401);
    expect(response.headers.get('x-tt-logid')).toMatch(/^\d{14}[0-9A-F]{18}$/);
    expect(await response.json()).toEqual({
      error_code: 'invalid_client',
      error_message: `invalid jwt: ${reason}`,
      error: 'invalid_client',
    });
  });

  it('An assertion signed with another key is refused', async () => {
    const other = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    const privateKeyPem = other.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const response = await exchange(standIn, await sign({ ...good(), privateKeyPem }));
    expect(await response.json()).toMatchObject({ error_code: 'invalid_client', error_message: 'invalid jwt: signature is invalid' });
  });

  it('An assertion whose payload was changed after signing is refused', async () => {
    const [header = '', , signature = ''] = (await sign(good())).split('.');
    const payload = Buffer.from(JSON.stringify({ ...good().claims, session_name: 'bob' })).toString('base64url');
    const response = await exchange(standIn, [header, payload, signature].join('.'));
    expect(await response.json()).toMatchObject({ error_message: 'invalid jwt: signature is invalid' });
  });

  it('An assertion that is not signed is refused', async () => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const jwt = `${part({ ...good().header, alg: 'none' })}.${part(good().claims)}.`;
    expect(await (await exchange(standIn, jwt)).json()).toMatchObject({ error_message: 'invalid jwt: alg must be RS256' });
  });

  it('An assertion that is not a JWT is refused', async () => {
    expect((await exchange(standIn, 'nonsense')).status).toBe(401);
  });

  it('A request without an assertion is refused', async () => {
    const response = await fetch(`${standIn.origin}/api/permission/oauth2/token`, {
      method: 'POST',
      body: JSON.stringify({ grant_type: JWT_BEARER_GRANT }),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error_message: 'verify jwt empty error' });
  });

  it('The jti of a refused assertion can be used again', async () => {
    const parts = withClaims({ aud: 'api.example.com' });
    await exchange(standIn, await sign(parts));
    expect((await exchange(standIn, await sign({ ...parts, claims: { ...parts.claims, aud: 'api.coze.cn' } }))).status).toBe(200);
  });
});

describe('Replayed jti', () => {
  it('A replayed jti is refused also in a new assertion', async () => {
    const parts = good();
    expect((await exchange(standIn, await sign(parts))).status).toBe(200);
    const again = await exchange(standIn, await sign({ ...parts, claims: { ...parts.claims, session_name: 'bob' } }));
    expect(again.status).toBe(401);
    expect(await again.json()).toMatchObject({ error_code: 'invalid_client', error_message: 'invalid jwt: jti has been used' });
  });

  it('A replayed jti is refused as long as its first assertion is accepted by its times', async () => {
    const first = good();
    await exchange(standIn, await sign(first));
    nowMs = START_MS + 650_000;
    expect(await (await exchange(standIn, await sign(first))).json()).toMatchObject({ error_message: 'invalid jwt: jti has been used' });
  });
});

describe('Request to Coze’s token endpoint', () => {
  it('A request without a grant type is refused', async () => {
    const response = await exchange(standIn, await sign(good()), {});
    expect(await response.json()).toMatchObject({ error_code: 'invalid_request', error_message: 'invalid request: grant_type' });
  });

  it('A request with another grant type is refused', async () => {
    const response = await exchange(standIn, await sign(good()), { grant_type: 'refresh_token' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error_code: 'unsupported_grant_type',
      error_message: 'not supported grant type: refresh_token',
    });
  });

  it('A request whose body is not JSON is refused', async () => {
    const response = await fetch(`${standIn.origin}/api/permission/oauth2/token`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await sign(good())}` },
      body: `grant_type=${JWT_BEARER_GRANT}`,
    });
    expect(await response.json()).toMatchObject({ error_code: 'invalid_request', error_message: 'invalid request: body' });
  });

  it('A request with an account that is not a number is refused', async () => {
    const response = await exchange(
      standIn,
      await sign(good()),
      { grant_type: JWT_BEARER_GRANT },
      '/api/permission/oauth2/account/me/token',
    );
    expect(await response.json()).toMatchObject({ error_code: 'invalid_request' });
  });
});

describe('Faults of Coze’s token endpoint', () => {
  it('The fault maxTokenLifeSeconds limits the lifetime of tokens', async () => {
    standIn.setFaults({ maxTokenLifeSeconds: 4 });
    const body = (await (await exchange(standIn, await sign(good()))).json()) as TokenBody;
    expect(body.expires_in).toBe(START_SECONDS + 4);

    const session = sessionOf(standIn, body.access_token);
    nowMs = START_MS + 3_400;
    expect((await session.get(`/v1/bots/${standIn.botId}`)).status).toBe(200);
    nowMs = START_MS + 3_500;
    expect((await session.get(`/v1/bots/${standIn.botId}`)).status).toBe(401);
  });

  it('The fault clockOffsetMs moves the clock of the stand-in', async () => {
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
  ] as const)('The fault %s answers with %d and %s', async (oauth, status, code) => {
    standIn.setFaults({ oauth });
    const response = await exchange(standIn, await sign(good()));
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error_code: code });
  });

  it('The fault http-503 answers with plain text', async () => {
    standIn.setFaults({ oauth: 'http-503' });
    const response = await exchange(standIn, 'any');
    expect([response.status, response.headers.get('content-type')]).toEqual([503, expect.stringContaining('text/plain')]);
  });

  it('The fault html answers with an HTML page', async () => {
    standIn.setFaults({ oauth: 'html' });
    const response = await exchange(standIn, 'any');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  });

  it('The fault code-in-200 answers with an error code in a response with status 200', async () => {
    standIn.setFaults({ oauth: 'code-in-200' });
    const response = await exchange(standIn, 'any');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ code: 5000 });
  });

  it('The fault cut-json answers with invalid JSON', async () => {
    standIn.setFaults({ oauth: 'cut-json' });
    await expect((await exchange(standIn, 'any')).json()).rejects.toThrow(SyntaxError);
  });

  it('The fault huge-body answers with four megabytes', async () => {
    standIn.setFaults({ oauth: 'huge-body' });
    expect((await (await exchange(standIn, 'any')).text()).length).toBeGreaterThan(4_000_000);
  });

  it('The fault endless-body sends the headers and the beginning of a body', async () => {
    standIn.setFaults({ oauth: 'endless-body' });
    const reader = (await exchange(standIn, 'any')).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('{"access_token":');
    await reader?.cancel();
  });

  it('The fault slow-body sends the headers and then single bytes', async () => {
    standIn.setFaults({ oauth: 'slow-body' });
    const reader = (await exchange(standIn, 'any')).body?.getReader();
    for (let byte = 0; byte < 2; byte += 1) expect((await reader?.read())?.value?.byteLength).toBe(1);
    await reader?.cancel();
  });

  it('The fault drop closes the connection', async () => {
    standIn.setFaults({ oauth: 'drop' });
    await expect(exchange(standIn, 'any')).rejects.toThrow('fetch failed');
    expect(standIn.requests.at(-1)?.status).toBe(0);
  });

  it('The fault hang sends no response', async () => {
    standIn.setFaults({ oauth: 'hang' });
    const caller = new AbortController();
    standIn.clearRequests();
    const call = fetch(`${standIn.origin}/api/permission/oauth2/token`, { method: 'POST', signal: caller.signal });
    await expect.poll(() => standIn.requests.length).toBe(1);
    expect(standIn.requests[0]?.status).toBe(0);
    caller.abort();
    await expect(call).rejects.toThrow('aborted');
  });

  it('resetFaults() ends the faults', async () => {
    standIn.setFaults({ oauth: 'http-500' });
    standIn.resetFaults();
    expect((await exchange(standIn, await sign(good()))).status).toBe(200);
  });
});
