// @vitest-environment node
/** Names on `Object.prototype`, added by a careless merge in a package of the server, or by a script of the page. */
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { parseChatOptions } from '../../../src/config/chat-options-schema.js';
import { type ConfigInput, parseConfig } from '../../../src/config/config.js';
import {
  anonymousVisitor,
  createTokenEndpoint,
  firstIdentityOf,
  type TokenEndpoint,
  type TokenEndpointOptions,
  verifyIdentityToken,
} from '../../../src/server/index.js';
import { parseTokenResponse, parseVerification } from '../../../src/token/request/token-response.js';
import { runs } from '../../support/runs.js';
import { ENDPOINT_URL, NOW_MS, NOW_SECONDS, quickApp, type RequestChanges, tokenRequest } from '../../unit/server/arrange.js';

/**
 * Names that this package reads from options, identities, requests, Coze's responses and claims, and names that `fetch` and `Response` read
 * from their arguments.
 */
const NAMES = [
  ...[
    'id',
    'tenant',
    'setCookie',
    'isNew',
    'refused',
    'user',
    'subject',
    'detail',
    'upstream',
    'retryAfterSeconds',
    'result',
    'code',
    'error',
  ],
  ...['user_id', 'identity_token', 'reason', 'userId', 'identityToken', 'body', 'incoming', 'req', 'request', 'raw', 'headers', 'on'],
  ...['trustClientIdentity', 'allowedOrigins', 'rateLimit', 'tokenCache', 'durationSeconds', 'namespace', 'requireTenant', 'sessionName'],
  ...['perSubject', 'perAddress', 'newVisitors', 'clientAddress', 'store', 'requests', 'perSeconds', 'points', 'duration', 'blockDuration'],
  ...['keyPrefix', 'execEvenly', 'audience', 'issuer', 'fallbackKey', 'accountId', 'enterpriseId', 'botIds', 'privateKey', 'sign', 'fetch'],
  ...['access_token', 'expires_in', 'error_code', 'msg', 'keys', 'aud', 'iss', 'exp', 'sub', 'secret', 'jwks', 'idClaim'],
  ...['tenantClaim', 'cookieName', 'sameSite', 'secure', 'domain', 'expires', 'priority', 'partitioned', 'httpOnly', 'maxAge'],
  ...[
    'dispatcher',
    'credentials',
    'mode',
    'cache',
    'integrity',
    'referrer',
    'keepalive',
    'duplex',
    'window',
    'statusText',
    'signal',
    'method',
  ],
  ...['ttl', 'dispose', 'maxSize', 'ignoreBOM', 'fatal', 'isAdmin', 'polluted', 'x', '0', 'toLocaleJSON'],
];
const VALUES: readonly unknown[] = ['mallory', 'a=b', '', true, false, 0, 1, 9_999_999_999, null, {}, [], ['mallory'], { id: 'mallory' }];

const pollutions = fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES), { minKeys: 1, maxKeys: 6, noNullPrototype: true });

async function polluted<T>(names: Readonly<Record<string, unknown>>, isEnumerable: boolean, work: () => T | Promise<T>): Promise<T> {
  for (const [name, value] of Object.entries(names)) {
    Object.defineProperty(Object.prototype, name, { value, enumerable: isEnumerable, configurable: true, writable: true });
  }
  try {
    return await work();
  } finally {
    for (const name of Object.keys(names)) Reflect.deleteProperty(Object.prototype, name);
  }
}

const secret = 'a secret of at least thirty-two bytes, for tests';
const sign = (claims: object) => new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
const goodToken = await sign({ sub: 'alice', aud: 'chat', exp: NOW_SECONDS + 600 });
const barrenToken = await sign({});

const OPTIONS: readonly (() => Partial<TokenEndpointOptions>)[] = [
  () => ({ identify: () => ({ id: 'alice' }) }),
  () => ({ identify: () => null }),
  () => ({ identify: () => ({}) as never }),
  () => ({ identify: () => ({ id: 'alice' }), rateLimit: false, tokenCache: true }),
  () => ({
    identify: firstIdentityOf(
      verifyIdentityToken({ secret, audience: 'chat', now: () => NOW_MS }),
      anonymousVisitor({ cookieSecret: secret, now: () => NOW_MS, randomBytes: (length) => new Uint8Array(length) }),
    ),
  }),
];

const REQUESTS: readonly RequestChanges[] = [
  {},
  { body: { user_id: 'alice' } },
  { body: { user_id: 'mallory' } },
  { body: { identity_token: goodToken } },
  { body: { identity_token: barrenToken } },
  { body: '' },
  { body: '', headers: { 'content-length': '10' } },
  { body: '[]' },
  { method: 'GET', body: null },
  { headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' } },
  { method: 'OPTIONS', body: null, headers: { origin: 'https://evil.example' } },
];

/** Coze's responses to successive requests. */
const ANSWERS: readonly (() => Response)[] = [
  () => Response.json({ access_token: 'czs_token_1', expires_in: NOW_SECONDS + 3600 }),
  () => Response.json({ msg: 'no' }, { status: 400 }),
  () => Response.json({}),
  () => Response.json({ error_code: 'invalid_client' }, { status: 401 }),
];

function create(options: Partial<TokenEndpointOptions>): TokenEndpoint {
  let asked = 0;
  // Created beforehand, because the test's own `Response.json` would read the polluted prototype.
  const answers = Array.from({ length: 60 }, (_value, index) => ANSWERS[Math.floor(index / 2) % ANSWERS.length]?.() ?? Response.error());
  return createTokenEndpoint({
    oauth: quickApp,
    fetch: () => Promise.resolve(answers[asked++] ?? Response.error()),
    now: () => NOW_MS,
    randomBytes: (length: number) => new Uint8Array(length),
    onEvent: () => undefined,
    ...options,
  } as TokenEndpointOptions);
}

async function show(responses: readonly Response[]): Promise<unknown> {
  return Promise.all(responses.map(async (response) => [response.status, [...response.headers], await response.text()]));
}

async function askAll(endpoint: TokenEndpoint, requests: readonly Request[]): Promise<readonly Response[]> {
  const responses: Response[] = [];
  for (const request of requests) responses.push(await endpoint(request, undefined));
  return responses;
}

const makeRequests = (): readonly Request[] => REQUESTS.map((changes) => tokenRequest(changes));

describe('L2: polluted Object.prototype of the server', () => {
  it('A polluted prototype changes no response of the endpoint', async () => {
    await fc.assert(
      fc.asyncProperty(pollutions, fc.boolean(), fc.constantFrom(...OPTIONS), async (names, isEnumerable, options) => {
        const expected = await show(await askAll(create(options()), makeRequests()));
        const requests = makeRequests();
        const endpoint = create(options());
        const responses = await polluted(names, isEnumerable, () => askAll(endpoint, requests));
        expect(await show(responses)).toEqual(expected);
      }),
      { numRuns: runs(120) },
    );
  }, 120_000);

  it('A polluted prototype changes no response of an endpoint that is created while it is polluted', async () => {
    await fc.assert(
      fc.asyncProperty(pollutions, fc.boolean(), async (names, isEnumerable) => {
        const options = (): Partial<TokenEndpointOptions> => ({ identify: () => ({ id: 'alice' }) });
        const expected = await show(await askAll(create(options()), makeRequests()));
        const requests = makeRequests();
        const answer = Response.json({ access_token: 'czs_token_1', expires_in: NOW_SECONDS + 3600 });
        const onlyFirst = await polluted(names, isEnumerable, async () => {
          const endpoint = createTokenEndpoint(
            Object.assign(Object.create(null) as object, {
              oauth: quickApp,
              ...options(),
              fetch: () => Promise.resolve(answer),
              now: () => NOW_MS,
              randomBytes: (length: number) => new Uint8Array(length),
              onEvent: () => undefined,
            }) as TokenEndpointOptions,
          );
          return askAll(endpoint, requests.slice(0, 1));
        });
        expect(await show(onlyFirst)).toEqual((expected as unknown[]).slice(0, 1));
      }),
      { numRuns: runs(60) },
    );
  });

  it('A polluted prototype sets no cookie and names no visitor if nobody is signed in', async () => {
    const endpoint = create({ identify: () => null });
    const request = tokenRequest();
    const [response] = await polluted({ setCookie: 'a=b', id: 'mallory', refused: undefined }, true, () => askAll(endpoint, [request]));
    expect([response?.status, response?.headers.getSetCookie()]).toEqual([401, []]);
  });

  it('A polluted prototype lets nobody in: names that jose and zod read themselves only cause errors', async () => {
    const library = fc.dictionary(
      fc.constantFrom('path', 'crit', 'b64', 'nbf', 'iat', 'typ', 'when', 'aborted', 'size', 'length', 'header', 'start', 'status'),
      fc.constantFrom(...VALUES),
      {
        minKeys: 1,
        noNullPrototype: true,
      },
    );
    await fc.assert(
      fc.asyncProperty(library, fc.constantFrom(...OPTIONS), async (names, options) => {
        const expected = await askAll(create(options()), makeRequests());
        const requests = makeRequests();
        const endpoint = create(options());
        const responses = await polluted(names, false, () => askAll(endpoint, requests));
        responses.forEach(({ status }, index) => {
          if (status === 200) expect(expected[index]?.status).not.toBe(401);
          else expect(status).toBeGreaterThanOrEqual(204);
        });
      }),
      { numRuns: runs(40) },
    );
  });
});

describe('L2, B16: polluted Object.prototype of the page', () => {
  const input: ConfigInput = {
    tokenEndpoint: '/token',
    getToken: undefined,
    credentials: undefined,
    botId: '7',
    appId: undefined,
    workflowId: undefined,
    userId: 'alice',
    userName: undefined,
    userAvatar: undefined,
    pictureHosts: undefined,
    conversationId: undefined,
    identityToken: undefined,
    apiBaseUrl: undefined,
    connectorId: undefined,
    locale: undefined,
    strings: undefined,
  };
  const chatOptions = { upload: false, input: { placeholder: 'Ask' }, footer: { text: '{{a}}', links: { a: { text: 'A', url: '/a' } } } };
  const names = fc.dictionary(
    fc.oneof(
      fc.constantFrom(
        'header',
        'layout',
        'input',
        'links',
        'text',
        'shown',
        'voice',
        'assistant',
        'metaData',
        'strings',
        'requestHeaders',
        'a',
        ...Object.keys(input),
      ),
      fc.stringMatching(/^[a-z_$][\w$]{0,12}$/).filter((name) => !(name in {})),
    ),
    fc.oneof(
      fc.constantFrom(...VALUES),
      fc.constant(() => undefined),
    ),
    { minKeys: 1, maxKeys: 5, noNullPrototype: true },
  );

  it('A polluted prototype changes no configuration and no option, enumerable or not', async () => {
    const expected = [JSON.stringify(parseConfig(input, ENDPOINT_URL)), JSON.stringify(parseChatOptions(chatOptions, ENDPOINT_URL))];
    await fc.assert(
      fc.asyncProperty(names, fc.boolean(), async (pollution, isEnumerable) => {
        const parsed = await polluted(pollution, isEnumerable, () => [
          parseConfig(input, ENDPOINT_URL),
          parseChatOptions(chatOptions, ENDPOINT_URL),
        ]);
        expect(parsed.map((result) => JSON.stringify(result))).toEqual(expected);
      }),
      { numRuns: runs(300) },
    );
  });

  it.each([
    ['another token', { token: 'czs_mallory', accessToken: 'czs_mallory' }],
    ['another visitor', { subject: 'mallory' }],
    ['another type of token', { gateway: true, new_visitor: true, token_type: 'mac' }],
    ['another lifetime', { expires_in: 1, expiresIn: 1, expires_at: 1, expiresAt: 1 }],
  ])('A polluted prototype adds no %s to a response without one', async (_, names) => {
    const timing = { requestedAt: { wallMs: NOW_MS, monotonicMs: 0 }, nowMs: NOW_MS, serverNowMs: undefined };
    const parse = (): unknown => parseTokenResponse({ access_token: 'czs_1' }, timing);
    expect(await polluted(names, false, () => JSON.stringify(parse()))).toBe(JSON.stringify(parse()));
  });

  it('A polluted prototype confirms no visitor in a response that names none', async () => {
    const timing = { requestedAt: { wallMs: NOW_MS, monotonicMs: 0 }, nowMs: NOW_MS, serverNowMs: undefined };
    expect(await polluted({ subject: 'mallory' }, false, () => parseVerification({}, timing).ok)).toBe(false);
  });
});
