/** A canary in every place where a secret can be; then everything that leaves the endpoint is searched. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { anonymousVisitor, type AnonymousVisitorOptions, fromCozeOAuthConfig, verifyIdentityToken } from '../../../../src/server/index.js';
import { readCozeOAuthConfig } from '../../../../src/server/node.js';
import { arrange, type Changes, keyPair, nowSeconds, oauth, quickApp, type RequestChanges, tokenRequest } from '../arrange.js';
import { type CozeBehaviour, cozeErrorAnswer, cozeTokenAnswer, hang } from '../coze/fake-coze.js';
import { allThatIsToldBy, listeningTo } from './events.js';

const canary = 'CANARY7f3a';
const token = `czs_${canary}_token`;
const withSecrets: RequestChanges = {
  body: { user_id: `${canary}-user`, identity_token: `${canary}.identity.token`, reason: 'initial' },
  headers: { cookie: `session=${canary}-cookie`, authorization: `Bearer ${canary}-bearer` },
};
function throwCanary(): never {
  throw Object.assign(new Error(`${canary} in an error`, { cause: new Error(canary) }), { name: `Canary${canary}`, code: canary });
}
const echo: CozeBehaviour = ({ assertion }) =>
  cozeErrorAnswer(401, `${canary} ${assertion}`, `bad jwt ${assertion} ${canary}`, { 'x-tt-logid': assertion });
function identify() {
  return { id: `${canary}-user` };
}

const own: CozeBehaviour = () => cozeTokenAnswer(token, nowSeconds + 900);
async function withDate(answer: Response | Promise<Response>): Promise<Response> {
  const { status, headers, body } = await answer;
  return new Response(body, {
    status,
    headers: { ...Object.fromEntries(headers), date: new Date((nowSeconds + 3600) * 1000).toUTCString() },
  });
}
const secret = `${canary} secret of the host, 32 bytes or more`;
const anonymously: RequestChanges = { body: {}, headers: { cookie: `__Host-coze-visitor=${canary}.${canary}.${canary}` } };

const situations: readonly [string, Changes, RequestChanges?][] = [
  ['a token is issued', { coze: own }],
  ['Coze echoes the assertion', { coze: echo }],
  ['Coze answers with a personal access token', { coze: () => cozeTokenAnswer(`pat_${canary}_token`, nowSeconds + 900) }],
  ['Coze answers with an expired token', { coze: () => cozeTokenAnswer(token, nowSeconds - 1) }],
  ['Coze answers with the token in HTML', { coze: () => new Response(`<html>${token}`) }],
  ['Coze answers with the token beside a code', { coze: () => Response.json({ code: canary, msg: token, error_code: token }) }],
  ['the network error names the request', { coze: throwCanary }],
  ['identify throws', { identify: throwCanary }],
  ['identify refuses in its own words', { identify: () => ({ refused: `${canary} expired` }) }],
  ['identify returns nonsense', { identify: () => ({ id: { secret: canary } }) as never }],
  ['the session name rule throws', { sessionName: throwCanary }],
  ['the session name rule returns nonsense', { sessionName: () => ({ secret: canary }) as never }],
  ['the browser names somebody else', { identify: () => ({ id: `${canary}-other` }) }],
  ['the browser is believed', { trustClientIdentity: true, coze: own }],
  ['nobody is signed in', { identify: () => null }],
  ['the body is broken', {}, { body: `{"user_id":"${canary}` }],
  ['the body is too large', {}, { body: canary.repeat(1000) }],
  [
    'the origin is foreign',
    {},
    { headers: { ...withSecrets.headers, 'sec-fetch-site': 'cross-site', origin: `https://${canary}.example` } },
  ],
  ['the media type is wrong', {}, { headers: { ...withSecrets.headers, 'content-type': `text/${canary}` } }],
  ['a key in a KMS fails', { oauth: { ...quickApp, sign: throwCanary } }],
  ['both keys are refused', { oauth: { ...oauth, fallbackKey: { keyId: 'kid-two', privateKey: oauth.privateKey } }, coze: echo }],
  ['the clock is corrected', { coze: (seen, attempt) => withDate(echo(seen, attempt)) }],
  ['an identity token is bad', { identify: verifyIdentityToken({ secret, audience: 'chat' }) }],
  [
    'the keys for identity tokens cannot be fetched',
    { identify: verifyIdentityToken({ jwks: 'https://keys.example', audience: 'chat', fetch: throwCanary }) },
  ],
  ['an anonymous visitor comes with a forged cookie', { identify: anonymousVisitor({ cookieSecret: secret }), coze: own }, anonymously],
  ['the store of the limits fails', { coze: own, rateLimit: { clientAddress: () => canary, store: () => ({ consume: throwCanary }) } }],
  [
    'a limit is reached',
    {
      rateLimit: {
        perAddress: { requests: 1, perSeconds: 60 },
        clientAddress: () => canary,
        store: () => ({ consume: () => Promise.reject({ msBeforeNext: 1, key: canary }) }),
      },
    },
  ],
  ['a token comes from the cache', { tokenCache: true, coze: own }],
  ['randomness fails', { randomBytes: (length: number) => (length === 32 ? throwCanary() : new Uint8Array(length)) }],
];

const materials = [canary, ...(keyPair.privateKey.match(/[A-Za-z0-9+/]{16,}/g) ?? [])];

describe('nothing secret leaves the endpoint when', () => {
  it.each(situations)('F21: %s', async (_situation, options, changes) => {
    const printed: unknown[] = [];
    const proof = options.trustClientIdentity === true ? {} : { identify };
    const { endpoint, coze, events } = arrange({ ...proof, ...options });
    const response = await listeningTo(printed, async () => {
      await arrange({ ...proof, ...options, onEvent: undefined }).endpoint(tokenRequest({ ...withSecrets, ...changes }));
      return endpoint(tokenRequest({ ...withSecrets, ...changes }));
    });

    const body = await response.text();
    const wire = response.status === 200 ? body.replace(token, '') : body;
    const told = [
      wire,
      inspect([...response.headers]),
      allThatIsToldBy(events),
      allThatIsToldBy(printed),
      inspect(endpoint, { showHidden: true, depth: 5 }),
    ].join('\n');
    const assertions = coze.seen.flatMap(({ assertion, claims }) => [assertion, ...assertion.split('.'), String(claims['session_name'])]);
    expect([...materials, ...assertions].filter((secret) => told.includes(secret))).toEqual([]);
    expect(events.length).toBeGreaterThan(0);
  });

  it('a client gives up while Coze is asked', async () => {
    const client = new AbortController();
    const { endpoint, coze, events } = arrange({ identify, coze: hang });
    const pending = endpoint(tokenRequest({ ...withSecrets, signal: client.signal }));
    await vi.waitFor(() => expect(coze.seen).toHaveLength(1));
    client.abort(new Error(canary));
    expect((await (await pending).text()) + inspect(events)).not.toContain(canary);
  });
});

describe('what is told by an error', () => {
  it.each<[string, unknown]>([
    ['its message', new Error(canary)],
    ['its stack', Object.assign(new Error('x'), { stack: `Error: x\n    at ${canary}` })],
    ['its cause', new Error('x', { cause: new Error('y', { cause: { deep: [canary] } }) })],
    ['an error that it gathers', new AggregateError([new Error(canary)])],
    ['a field of it', Object.assign(new Error('x'), { response: { body: canary } })],
    ['a hidden field of it', Object.defineProperty(new Error('x'), 'secret', { value: canary, enumerable: false })],
    ['its JSON', { toJSON: () => canary }],
    ['where it is kept', [{ event: { error: new Error('x', { cause: canary }) } }]],
  ])('includes %s', (_case, value) => {
    expect(allThatIsToldBy(value)).toContain(canary);
  });

  it('includes what is printed and what nobody handles', async () => {
    const heard: unknown[] = [];
    await listeningTo(heard, async () => {
      console.warn('printed', new Error(`${canary}-1`));
      void Promise.reject(new Error(`${canary}-2`));
    });
    expect(allThatIsToldBy(heard)).toMatch(/-1[^]*-2/);
  });
});

describe('no error that stops the server shows what it is about:', () => {
  const directory = mkdtempSync(join(tmpdir(), 'coze-secrecy-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const file = (text: string): string => {
    const path = join(directory, 'config.json');
    writeFileSync(path, text);
    return path;
  };
  const config = {
    client_type: 'jwt',
    client_id: canary,
    coze_www_base: 'https://www.coze.cn',
    coze_api_base: 'https://api.coze.cn',
    private_key: keyPair.privateKey,
    public_key_id: canary,
  };
  const middle = Math.floor(keyPair.privateKey.length / 2);
  const cutKey = keyPair.privateKey.slice(0, middle) + keyPair.privateKey.slice(middle + 64);
  const withKey = (privateKey: string) => () => arrange({ oauth: { ...oauth, privateKey } });

  it.each<[string, () => unknown]>([
    ['a key that has lost its middle', withKey(cutKey)],
    ['a key that has lost its end', withKey(keyPair.privateKey.slice(0, -40))],
    ['a key with something behind it', withKey(`${keyPair.privateKey}${canary}`)],
    ['a path for a key', withKey(`./${canary}.pem`)],
    [
      'a key that WebCrypto refuses',
      () => {
        const refusal = new DOMException(`invalid ${keyPair.privateKey} ${canary}`, 'DataError');
        vi.spyOn(crypto.subtle, 'importKey').mockRejectedValueOnce(refusal);
        return arrange().endpoint.ready();
      },
    ],
    ['a second key that is damaged', () => arrange({ oauth: { ...oauth, fallbackKey: { keyId: canary, privateKey: cutKey } } })],
    ['an option that does not exist', () => arrange({ oauth: { ...oauth, private_key: keyPair.privateKey } })],
    ['an API address with a password', () => arrange({ oauth: { ...oauth, apiBaseUrl: `https://user:${canary}@api.coze.cn` } })],
    ['an origin with a path', () => arrange({ allowedOrigins: [`https://shop.example/${canary}`] })],
    ['a file that is cut off', () => readCozeOAuthConfig(file(JSON.stringify(config).slice(0, -2)))],
    ['a file of another app type', () => readCozeOAuthConfig(file(JSON.stringify({ ...config, client_type: canary })))],
    ['a text that is no JSON', () => fromCozeOAuthConfig(`client_secret=${canary}`)],
    ['a short secret for identity tokens', () => verifyIdentityToken({ secret: canary, audience: 'chat' })],
    ['an insecure address of keys', () => verifyIdentityToken({ jwks: `http://${canary}.example/`, audience: 'chat' })],
    ['a short secret for cookies', () => anonymousVisitor({ cookieSecret: canary })],
    ['a wrong name for the cookie', () => anonymousVisitor({ cookieSecret: secret, cookieName: `${canary};` } as AnonymousVisitorOptions)],
  ])('F12, F21: %s', async (_case, start) => {
    const heard: unknown[] = [];
    const error = await listeningTo(heard, async () => {
      try {
        await start();
      } catch (thrown) {
        return thrown;
      }
      throw new Error('nothing was wrong');
    });
    expect(error).toMatchObject({ name: 'ServerConfigurationError', code: 'invalid_configuration' });
    expect(error).not.toHaveProperty('cause');
    const told = allThatIsToldBy(error) + allThatIsToldBy(heard);
    expect(materials.filter((material) => told.includes(material))).toEqual([]);
  });
});
