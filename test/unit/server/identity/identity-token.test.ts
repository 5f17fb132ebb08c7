import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type JWTHeaderParameters, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { type IdentityTokenOptions, ServerConfigurationError, verifyIdentityToken } from '../../../../src/server/index.js';
import { arrange, json, NOW_MS, NOW_SECONDS, tokenRequest } from '../arrange.js';

const SECRET = 'a secret of the host, 32 bytes or more';
const OTHER_SECRET = 'another secret, also 32 bytes or more';
function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const goodClaims: JWTPayload = { sub: 'alice', aud: 'chat', iat: NOW_SECONDS - 60, exp: NOW_SECONDS + 3600 };
function sign(
  changes: JWTPayload = {},
  { key = bytes(SECRET), alg = 'HS256', kid }: { key?: Uint8Array | KeyObject; alg?: string; kid?: string } = {},
) {
  return new SignJWT({ ...goodClaims, ...changes }).setProtectedHeader({ alg, ...(kid && { kid }) }).sign(key);
}

const bySecret = { secret: SECRET, audience: 'chat', now: () => NOW_MS };

async function ask(options: object, identityToken: string | undefined, userId?: string) {
  const { endpoint, coze, events } = arrange({ identify: verifyIdentityToken(options as IdentityTokenOptions) });
  const response = await endpoint(tokenRequest({ body: { identity_token: identityToken, user_id: userId } }));
  const [event] = events;
  const detail = event?.type === 'request_refused' ? event.detail : undefined;
  return { status: response.status, body: await json(response), detail, exchanges: coze.seen.length };
}

async function subjectOf(identity: object) {
  const { endpoint } = arrange({ identify: () => identity });
  return (await json(await endpoint(tokenRequest())))['subject'];
}

describe('Identity token', () => {
  it('An identity token proves who the visitor is', async () => {
    const { status, body } = await ask(bySecret, await sign(), 'alice');
    expect([status, body['subject']]).toEqual([200, await subjectOf({ id: 'alice' })]);
  });

  it('An identity token of another user than the claimed one gets 403', async () => {
    expect(await ask(bySecret, await sign(), 'bob')).toMatchObject({ status: 403, body: { error: 'identity_mismatch' }, exchanges: 0 });
  });

  it('A request without an identity token gets 401', async () => {
    expect(await ask(bySecret, undefined, 'alice')).toMatchObject({ status: 401, exchanges: 0 });
  });

  it('The visitor and the tenant can be read from claims that the host chooses', async () => {
    const options = { ...bySecret, idClaim: 'external_id', tenantClaim: 'org' };
    const { body } = await ask(options, await sign({ external_id: '7', org: 'acme' }));
    expect(body['subject']).toBe(await subjectOf({ id: '7', tenant: 'acme' }));
  });

  it.each<[string, () => Promise<string> | string, string]>([
    ['has expired', () => sign({ exp: NOW_SECONDS - 10 }), 'token_expired'],
    ['has no expiry', () => sign({ exp: undefined }), 'token_claim'],
    ['lives longer than a day', () => sign({ exp: NOW_SECONDS + 86_400 }), 'token_life'],
    ['lives longer than a day and has no time of issue', () => sign({ iat: undefined, exp: NOW_SECONDS + 90_000 }), 'token_life'],
    [
      'has a time of issue in the future and lives longer than a day from now',
      () => sign({ iat: NOW_SECONDS + 90_000, exp: NOW_SECONDS + 90_060 }),
      'token_life',
    ],
    ['is not valid yet', () => sign({ nbf: NOW_SECONDS + 60 }), 'token_claim'],
    ['is for another audience', () => sign({ aud: 'billing' }), 'token_claim'],
    ['is for no audience', () => sign({ aud: undefined }), 'token_claim'],
    ['has no subject', () => sign({ sub: undefined }), 'token_claim'],
    ['is signed with another secret', () => sign({}, { key: bytes(OTHER_SECRET) }), 'token_signature'],
    ['is signed by another algorithm', () => sign({}, { key: bytes(SECRET.repeat(2)), alg: 'HS512' }), 'token_algorithm'],
    ['is not signed', () => new UnsecuredJWT(goodClaims).encode(), 'token_algorithm'],
    ['has an empty signature', async () => (await sign()).replace(/[^.]+$/, ''), 'token_signature'],
    [
      'has been changed',
      async () => (await sign()).replace(/\..*\./, `.${btoa(JSON.stringify({ ...goodClaims, sub: 'bob' })).replace(/=+$/, '')}.`),
      'token_signature',
    ],
    ['is no JWT', () => 'alice', 'token_malformed'],
    ['consists of three dots', () => '...', 'token_malformed'],
  ])('An identity token is refused when it %s', async (_case, token, detail) => {
    expect(await ask(bySecret, await token())).toMatchObject({ status: 401, body: { error: 'unauthenticated' }, detail, exchanges: 0 });
  });

  it('An identity token is refused when its issuer is missing or wrong, or its tenant is missing', async () => {
    const options = { ...bySecret, issuer: 'https://site.example', tenantClaim: 'org' };
    expect((await ask(options, await sign({ org: 'acme' }))).status).toBe(401);
    expect((await ask(options, await sign({ org: 'acme', iss: 'https://evil.example' }))).status).toBe(401);
    expect((await ask(options, await sign({ iss: 'https://site.example' }))).status).toBe(401);
    expect((await ask(options, await sign({ org: 'acme', iss: 'https://site.example' }))).status).toBe(200);
  });

  it('Identity tokens of one visitor id in two tenants prove two visitors', async () => {
    const options = { ...bySecret, tenantClaim: 'org' };
    const subjects: unknown[] = [];
    for (const org of ['acme', 'globex']) subjects.push((await ask(options, await sign({ org }))).body['subject']);
    expect(subjects).toEqual([await subjectOf({ id: 'alice', tenant: 'acme' }), await subjectOf({ id: 'alice', tenant: 'globex' })]);
    expect(new Set(subjects).size).toBe(2);
  });

  it.each([7, '', 'undefined', null, {}, ['acme']])(
    'An identity token with the tenant %j is an error of the host, with status 500',
    async (org) => {
      const { status, body, exchanges } = await ask({ ...bySecret, tenantClaim: 'org' }, await sign({ org }));
      expect([status, body['subject'], exchanges]).toEqual([500, undefined, 0]);
    },
  );

  it.each([7, '', 'undefined', null, {}, ['alice']])(
    'An identity token with the subject %j is an error of the host, with status 500',
    async (sub) => {
      expect(await ask(bySecret, await sign({ sub: sub as string }))).toMatchObject({ status: 500, exchanges: 0 });
    },
  );
});

describe('Identity token verified with public keys', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ed = generateKeyPairSync('ed25519');
  const jwk = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid });
  const jwks = { keys: [jwk(rsa.publicKey, 'rsa'), jwk(ec.publicKey, 'ec'), jwk(ed.publicKey, 'ed')] };
  const byKeys = { jwks, audience: 'chat', now: () => NOW_MS };

  it.each([
    ['RS256', 'rsa', rsa.privateKey],
    ['ES256', 'ec', ec.privateKey],
    ['EdDSA', 'ed', ed.privateKey],
  ])('An identity token signed with %s is accepted', async (alg, kid, key) => {
    expect((await ask(byKeys, await sign({}, { alg, kid, key }))).status).toBe(200);
  });

  it('An identity token is refused when a public key was used as an HMAC secret', async () => {
    const key = bytes(rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString());
    expect(await ask(byKeys, await sign({}, { alg: 'HS256', kid: 'rsa', key }))).toMatchObject({ status: 401, detail: 'token_algorithm' });
  });

  it('An identity token is refused when its key in the set is a shared secret', async () => {
    const shared = { keys: [{ kty: 'oct', k: Buffer.from(SECRET).toString('base64url'), kid: 'shared' }] };
    expect(await ask({ ...byKeys, jwks: shared }, await sign({}, { kid: 'shared' }))).toMatchObject({
      status: 401,
      detail: 'token_algorithm',
    });
  });

  it('An identity token is refused when its key is not in the set', async () => {
    expect(await ask(byKeys, await sign({}, { alg: 'RS256', kid: 'old', key: rsa.privateKey }))).toMatchObject({
      status: 401,
      detail: 'token_key',
    });
  });

  it('Published keys are fetched once for several identity tokens', async () => {
    let fetched = 0;
    const fetch = () => {
      fetched += 1;
      return Promise.resolve(Response.json(jwks));
    };
    const { endpoint } = arrange({
      identify: verifyIdentityToken({ jwks: 'https://site.example/keys?p=chat', audience: 'chat', now: () => NOW_MS, fetch }),
    });
    const body = { identity_token: await sign({}, { alg: 'ES256', kid: 'ec', key: ec.privateKey }) };
    const statuses = [(await endpoint(tokenRequest({ body }))).status, (await endpoint(tokenRequest({ body }))).status];
    expect([statuses, fetched]).toEqual([[200, 200], 1]);
  });

  it('Key URLs and keys in the header of an identity token are ignored', async () => {
    const asked: string[] = [];
    const fetch = (input: RequestInfo | URL) => {
      asked.push(String(input));
      return Promise.resolve(Response.json(jwks));
    };
    const global = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('fetched from elsewhere'));
    const mallory = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const foreign = { jku: 'https://evil.example/keys', x5u: 'http://169.254.169.254/', jwk: mallory.publicKey.export({ format: 'jwk' }) };
    const header = { alg: 'RS256', kid: 'rsa', ...foreign };
    const forged = await new SignJWT({ ...goodClaims }).setProtectedHeader(header as JWTHeaderParameters).sign(mallory.privateKey);
    const keys = 'https://site.example/keys';
    for (const location of [keys, new URL(keys)]) {
      const options = { jwks: location, audience: 'chat', now: () => NOW_MS, fetch };
      expect(await ask(options, forged)).toMatchObject({ status: 401, detail: 'token_signature', exchanges: 0 });
    }
    expect([asked, global.mock.calls.length]).toEqual([[keys, keys], 0]);
    global.mockRestore();
  });

  it('Identity tokens with unknown key ids do not make the server fetch the keys again', async () => {
    let fetched = 0;
    const fetch = () => Promise.resolve(Response.json((fetched++, jwks)));
    const { endpoint } = arrange({
      rateLimit: false,
      identify: verifyIdentityToken({ jwks: 'https://site.example/keys', audience: 'chat', now: () => NOW_MS, fetch }),
    });
    for (let number = 0; number < 20; number++) {
      const body = { identity_token: await sign({}, { alg: 'ES256', kid: `made-up-${number}`, key: ec.privateKey }) };
      expect((await endpoint(tokenRequest({ body }))).status).toBe(401);
    }
    expect(fetched).toBe(1);
  });

  it('An identity token is refused when it has a critical extension that is not supported', async () => {
    const header = { alg: 'HS256', crit: ['exp'], exp: 1 };
    const token = await new SignJWT({ ...goodClaims })
      .setProtectedHeader(header as JWTHeaderParameters)
      .sign(bytes(SECRET), { crit: { exp: true } });
    expect(await ask(bySecret, token)).toMatchObject({ status: 401, exchanges: 0 });
  });

  it.each<[string, () => Promise<Response>]>([
    ['cannot be reached', () => Promise.reject(new TypeError('fetch failed'))],
    ['answer 503', () => Promise.resolve(new Response('', { status: 503 }))],
    ['are HTML', () => Promise.resolve(new Response('<html>'))],
  ])('The endpoint answers 500 identity_error when the published keys %s', async (_case, fetch) => {
    const options = { ...byKeys, jwks: 'https://site.example/keys', fetch };
    const token = await sign({}, { alg: 'ES256', kid: 'ec', key: ec.privateKey });
    expect(await ask(options, token)).toMatchObject({ status: 500, body: { error: 'identity_error' }, exchanges: 0 });
  });
});

describe('verifyIdentityToken()', () => {
  it.each<[string, object, RegExp]>([
    ['a secret that is not set', { secret: undefined, audience: 'chat' }, /secret: must have at least 32 bytes/],
    ['a short secret', { secret: 'hunter2', audience: 'chat' }, /secret: must have at least 32 bytes/],
    ['no audience', { secret: SECRET }, /audience/],
    ['keys over plain http', { jwks: 'http://site.example/keys', audience: 'chat' }, /jwks: must be an https URL/],
    ['a secret beside keys', { secret: SECRET, jwks: 'https://site.example/keys', audience: 'chat' }, /either "secret" or "jwks"/],
    ['keys that are not a key set', { jwks: { kty: 'RSA' }, audience: 'chat' }, /jwks: must be an https URL/],
  ])('verifyIdentityToken() throws a ServerConfigurationError for %s', (_case, options, message) => {
    const create = () => verifyIdentityToken(options as IdentityTokenOptions);
    expect(create).toThrow(ServerConfigurationError);
    expect(create).toThrow(message);
    expect(create).not.toThrow(/hunter2/);
  });

  it('F30: verifyIdentityToken() takes no option from a polluted Object.prototype', async () => {
    Object.defineProperty(Object.prototype, 'idClaim', { value: 'nickname', configurable: true, writable: true });
    try {
      const { body } = await ask(bySecret, await sign({ nickname: 'bob' }));
      expect(body['subject']).toBe(await subjectOf({ id: 'alice' }));
    } finally {
      delete (Object.prototype as { idClaim?: string }).idClaim;
    }
  });
});
