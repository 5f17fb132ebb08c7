/** A canary in every place that may contain a secret; then everything that leaves the endpoint is searched. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { anonymousVisitor, type AnonymousVisitorOptions, fromCozeOAuthConfig, verifyIdentityToken } from '../../../../src/server/index.js';
import { readCozeOAuthConfig } from '../../../../src/server/node.js';
import { arrange, type Changes, keyPair, NOW_SECONDS, oauth, quickApp, type RequestChanges, tokenRequest } from '../arrange.js';
import { type CozeBehaviour, cozeErrorAnswer, cozeTokenAnswer, hang } from '../coze/fake-coze.js';
import { allThatIsToldBy, listeningTo } from './events.js';

const CANARY = 'CANARY7f3a';
const TOKEN = `czs_${CANARY}_token`;
const withSecrets: RequestChanges = {
  body: { user_id: `${CANARY}-user`, identity_token: `${CANARY}.identity.token`, reason: 'initial' },
  headers: { cookie: `session=${CANARY}-cookie`, authorization: `Bearer ${CANARY}-bearer` },
};
function throwCanary(): never {
  throw Object.assign(new Error(`${CANARY} in an error`, { cause: new Error(CANARY) }), { name: `Canary${CANARY}`, code: CANARY });
}
const echo: CozeBehaviour = ({ assertion }) =>
  cozeErrorAnswer(401, `${CANARY} ${assertion}`, `bad jwt ${assertion} ${CANARY}`, { 'x-tt-logid': assertion });
function identify() {
  return { id: `${CANARY}-user` };
}

const own: CozeBehaviour = () => cozeTokenAnswer(TOKEN, NOW_SECONDS + 900);
async function withDate(answer: Response | Promise<Response>): Promise<Response> {
  const { status, headers, body } = await answer;
  return new Response(body, {
    status,
    headers: { ...Object.fromEntries(headers), date: new Date((NOW_SECONDS + 3600) * 1000).toUTCString() },
  });
}
const SECRET = `${CANARY} secret of the host, 32 bytes or more`;
const anonymously: RequestChanges = { body: {}, headers: { cookie: `__Host-coze-visitor=${CANARY}.${CANARY}.${CANARY}` } };

const situations: readonly [string, Changes, RequestChanges?][] = [
  ['a token is issued', { coze: own }],
  ['Coze echoes the assertion', { coze: echo }],
  ['Coze answers with a personal access token', { coze: () => cozeTokenAnswer(`pat_${CANARY}_token`, NOW_SECONDS + 900) }],
  ['Coze answers with an expired token', { coze: () => cozeTokenAnswer(TOKEN, NOW_SECONDS - 1) }],
  ['Coze answers with the token in HTML', { coze: () => new Response(`<html>${TOKEN}`) }],
  ['Coze answers with the token beside a code', { coze: () => Response.json({ code: CANARY, msg: TOKEN, error_code: TOKEN }) }],
  ['the network error names the request', { coze: throwCanary }],
  ['identify throws', { identify: throwCanary }],
  ['identify refuses with a text of its own', { identify: () => ({ refused: `${CANARY} expired` }) }],
  ['identify returns an invalid id', { identify: () => ({ id: { secret: CANARY } }) as never }],
  ['the session name rule throws', { sessionName: throwCanary }],
  ['the session name rule returns an object', { sessionName: () => ({ secret: CANARY }) as never }],
  ['the browser claims another id than the session has', { identify: () => ({ id: `${CANARY}-other` }) }],
  ['the id that the browser claims is trusted', { trustClientIdentity: true, coze: own }],
  ['nobody is signed in', { identify: () => null }],
  ['the body is broken', {}, { body: `{"user_id":"${CANARY}` }],
  ['the body is too large', {}, { body: CANARY.repeat(1000) }],
  [
    'the origin is foreign',
    {},
    { headers: { ...withSecrets.headers, 'sec-fetch-site': 'cross-site', origin: `https://${CANARY}.example` } },
  ],
  ['the media type is wrong', {}, { headers: { ...withSecrets.headers, 'content-type': `text/${CANARY}` } }],
  ['a key in a KMS fails', { oauth: { ...quickApp, sign: throwCanary } }],
  ['both keys are refused', { oauth: { ...oauth, fallbackKey: { keyId: 'kid-two', privateKey: oauth.privateKey } }, coze: echo }],
  ['the clock is corrected', { coze: (seen, attempt) => withDate(echo(seen, attempt)) }],
  ['an identity token is bad', { identify: verifyIdentityToken({ secret: SECRET, audience: 'chat' }) }],
  [
    'the keys for identity tokens cannot be fetched',
    { identify: verifyIdentityToken({ jwks: 'https://keys.example', audience: 'chat', fetch: throwCanary }) },
  ],
  ['an anonymous visitor comes with a forged cookie', { identify: anonymousVisitor({ cookieSecret: SECRET }), coze: own }, anonymously],
  ['the store of the limits fails', { coze: own, rateLimit: { clientAddress: () => CANARY, store: () => ({ consume: throwCanary }) } }],
  [
    'a limit is reached',
    {
      rateLimit: {
        perAddress: { requests: 1, perSeconds: 60 },
        clientAddress: () => CANARY,
        store: () => ({ consume: () => Promise.reject({ msBeforeNext: 1, key: CANARY }) }),
      },
    },
  ],
  ['a token comes from the cache', { tokenCache: true, coze: own }],
  ['randomness fails', { randomBytes: (length: number) => (length === 32 ? throwCanary() : new Uint8Array(length)) }],
];

const materials = [CANARY, ...(keyPair.privateKey.match(/[A-Za-z0-9+/]{16,}/g) ?? [])];

describe('Output of the token endpoint', () => {
  it.each(situations)('F21: No secret leaves the endpoint when %s', async (_situation, options, changes) => {
    const printed: unknown[] = [];
    const proof = options.trustClientIdentity === true ? {} : { identify };
    const { endpoint, coze, events } = arrange({ ...proof, ...options });
    const response = await listeningTo(printed, async () => {
      await arrange({ ...proof, ...options, onEvent: undefined }).endpoint(tokenRequest({ ...withSecrets, ...changes }));
      return endpoint(tokenRequest({ ...withSecrets, ...changes }));
    });

    const body = await response.text();
    const wire = response.status === 200 ? body.replace(TOKEN, '') : body;
    const reported = [
      wire,
      inspect([...response.headers]),
      allThatIsToldBy(events),
      allThatIsToldBy(printed),
      inspect(endpoint, { showHidden: true, depth: 5 }),
    ].join('\n');
    const assertions = coze.seen.flatMap(({ assertion, claims }) => [assertion, ...assertion.split('.'), String(claims['session_name'])]);
    expect([...materials, ...assertions].filter((secret) => reported.includes(secret))).toEqual([]);
    expect(events.length).toBeGreaterThan(0);
  });

  it('No secret leaves the endpoint when the client disconnects during the exchange', async () => {
    const client = new AbortController();
    const { endpoint, coze, events } = arrange({ identify, coze: hang });
    const pending = endpoint(tokenRequest({ ...withSecrets, signal: client.signal }));
    await vi.waitFor(() => expect(coze.seen).toHaveLength(1));
    client.abort(new Error(CANARY));
    expect((await (await pending).text()) + inspect(events)).not.toContain(CANARY);
  });
});

describe('Text in which the secrecy tests search for secrets', () => {
  it.each<[string, unknown]>([
    ['its message', new Error(CANARY)],
    ['its stack', Object.assign(new Error('x'), { stack: `Error: x\n    at ${CANARY}` })],
    ['its cause', new Error('x', { cause: new Error('y', { cause: { deep: [CANARY] } }) })],
    ['an error of its list of errors', new AggregateError([new Error(CANARY)])],
    ['a field of it', Object.assign(new Error('x'), { response: { body: CANARY } })],
    ['a hidden field of it', Object.defineProperty(new Error('x'), 'secret', { value: CANARY, enumerable: false })],
    ['its JSON', { toJSON: () => CANARY }],
    ['its cause, if other objects contain the error', [{ event: { error: new Error('x', { cause: CANARY }) } }]],
  ])('The searched text of an error includes %s', (_case, value) => {
    expect(allThatIsToldBy(value)).toContain(CANARY);
  });

  it('The searched text includes console output and unhandled rejections', async () => {
    const received: unknown[] = [];
    await listeningTo(received, async () => {
      console.warn('printed', new Error(`${CANARY}-1`));
      void Promise.reject(new Error(`${CANARY}-2`));
    });
    expect(allThatIsToldBy(received)).toMatch(/-1[^]*-2/);
  });
});

describe('Errors that stop the start of a server', () => {
  const directory = mkdtempSync(join(tmpdir(), 'coze-secrecy-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const file = (text: string): string => {
    const path = join(directory, 'config.json');
    writeFileSync(path, text);
    return path;
  };
  const config = {
    client_type: 'jwt',
    client_id: CANARY,
    coze_www_base: 'https://www.coze.cn',
    coze_api_base: 'https://api.coze.cn',
    private_key: keyPair.privateKey,
    public_key_id: CANARY,
  };
  const middle = Math.floor(keyPair.privateKey.length / 2);
  const cutKey = keyPair.privateKey.slice(0, middle) + keyPair.privateKey.slice(middle + 64);
  const withKey = (privateKey: string) => () => arrange({ oauth: { ...oauth, privateKey } });

  it.each<[string, () => unknown]>([
    ['a key without its middle', withKey(cutKey)],
    ['a key that is cut off', withKey(keyPair.privateKey.slice(0, -40))],
    ['a key that other text follows', withKey(`${keyPair.privateKey}${CANARY}`)],
    ['a path for a key', withKey(`./${CANARY}.pem`)],
    [
      'a key that WebCrypto refuses',
      () => {
        const rejection = new DOMException(`invalid ${keyPair.privateKey} ${CANARY}`, 'DataError');
        vi.spyOn(crypto.subtle, 'importKey').mockRejectedValueOnce(rejection);
        return arrange().endpoint.ready();
      },
    ],
    ['a second key that is damaged', () => arrange({ oauth: { ...oauth, fallbackKey: { keyId: CANARY, privateKey: cutKey } } })],
    ['an option that does not exist', () => arrange({ oauth: { ...oauth, private_key: keyPair.privateKey } })],
    ['an API address with a password', () => arrange({ oauth: { ...oauth, apiBaseUrl: `https://user:${CANARY}@api.coze.cn` } })],
    ['an origin with a path', () => arrange({ allowedOrigins: [`https://shop.example/${CANARY}`] })],
    ['a file that is cut off', () => readCozeOAuthConfig(file(JSON.stringify(config).slice(0, -2)))],
    ['a file of another app type', () => readCozeOAuthConfig(file(JSON.stringify({ ...config, client_type: CANARY })))],
    ['a text that is no JSON', () => fromCozeOAuthConfig(`client_secret=${CANARY}`)],
    ['a short secret for identity tokens', () => verifyIdentityToken({ secret: CANARY, audience: 'chat' })],
    ['an insecure address of keys', () => verifyIdentityToken({ jwks: `http://${CANARY}.example/`, audience: 'chat' })],
    ['a short secret for cookies', () => anonymousVisitor({ cookieSecret: CANARY })],
    ['a wrong name for the cookie', () => anonymousVisitor({ cookieSecret: SECRET, cookieName: `${CANARY};` } as AnonymousVisitorOptions)],
  ])('F12, F21: A configuration error about %s contains no secret', async (_case, start) => {
    const received: unknown[] = [];
    const error = await listeningTo(received, async () => {
      try {
        await start();
      } catch (thrown) {
        return thrown;
      }
      throw new Error('nothing was wrong');
    });
    expect(error).toMatchObject({ name: 'ServerConfigurationError', code: 'invalid_configuration' });
    expect(error).not.toHaveProperty('cause');
    const reported = allThatIsToldBy(error) + allThatIsToldBy(received);
    expect(materials.filter((material) => reported.includes(material))).toEqual([]);
  });
});
