/** A canary in every place where a secret can be; then everything that leaves the endpoint is searched. */
import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { anonymousVisitor, verifyIdentityToken } from '../../../src/server/index.js';
import { arrange, keyPair, nowSeconds, oauth, quickApp, tokenRequest, type Changes, type RequestChanges } from './arrange.js';
import { cozeErrorAnswer, cozeTokenAnswer, hang, type CozeBehaviour } from './fake-coze.js';

const canary = 'CANARY7f3a';
const token = `czs_${canary}_token`;
const withSecrets: RequestChanges = {
  body: { user_id: `${canary}-user`, identity_token: `${canary}.identity.token`, reason: 'initial' },
  headers: { cookie: `session=${canary}-cookie`, authorization: `Bearer ${canary}-bearer` },
};
const throwCanary = (): never => {
  throw Object.assign(new Error(`${canary} in an error`, { cause: new Error(canary) }), { name: `Canary${canary}`, code: canary });
};
const echo: CozeBehaviour = ({ assertion }) =>
  cozeErrorAnswer(401, `${canary} ${assertion}`, `bad jwt ${assertion} ${canary}`, { 'x-tt-logid': assertion });
const identify = () => ({ id: `${canary}-user` });

const own: CozeBehaviour = () => cozeTokenAnswer(token, nowSeconds + 900);
const withDate = async (answer: Response | Promise<Response>): Promise<Response> => {
  const { status, headers, body } = await answer;
  return new Response(body, {
    status,
    headers: { ...Object.fromEntries(headers), date: new Date((nowSeconds + 3600) * 1000).toUTCString() },
  });
};
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
  it.each(situations)('%s', async (_situation, options, changes) => {
    const printed: unknown[] = [];
    const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation((...args) => void printed.push(args)),
    );
    const proof = options.trustClientIdentity === true ? {} : { identify };
    const { endpoint, coze, events } = arrange({ ...proof, ...options });
    const quiet = arrange({ ...proof, ...options, onEvent: undefined });
    const response = await endpoint(tokenRequest({ ...withSecrets, ...changes }));
    await quiet.endpoint(tokenRequest({ ...withSecrets, ...changes }));
    spies.forEach((spy) => spy.mockRestore());

    const body = await response.text();
    const wire = response.status === 200 ? body.replace(token, '') : body;
    const told = [
      wire,
      inspect([...response.headers]),
      inspect(events, { depth: 20 }),
      JSON.stringify(events),
      inspect(printed, { depth: 20 }),
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
