import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { TokenEndpointError } from '../../../../src/server/index.js';
import { runs } from '../../../support/runs.js';
import { arrange, type Changes, ENDPOINT_URL, json, type RequestChanges, SITE_ORIGIN, tokenRequest } from '../arrange.js';

const PARTNER = 'https://partner.example';

async function statusOf(changes: RequestChanges, options: Changes = {}) {
  const { endpoint, coze } = arrange(options);
  const response = await endpoint(tokenRequest(changes));
  return { status: response.status, error: (await json(response))['error'], exchanges: coze.seen.length, headers: response.headers };
}

describe('HTTP method', () => {
  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])('F8: %s gets 405 with the methods that are allowed', async (method) => {
    const { endpoint } = arrange();
    const response = await endpoint(tokenRequest({ method, body: null }));
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });

  it('F8: Headers that override the method are ignored', async () => {
    const headers = { 'x-http-method-override': 'POST', 'x-http-method': 'POST', 'x-method-override': 'POST' };
    const { endpoint } = arrange();
    expect((await endpoint(tokenRequest({ method: 'PUT', headers }))).status).toBe(405);
  });
});

describe('Media type of the body', () => {
  it.each([['application/json'], ['application/json; charset=utf-8'], ['APPLICATION/JSON ;charset="utf-8"']])(
    'A body with the media type %s is accepted',
    async (type) => {
      expect((await statusOf({ headers: { 'content-type': type } })).status).toBe(200);
    },
  );

  it.each([
    ['text/plain'],
    ['text/plain; application/json'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/jsonp'],
    ['application/ld+json'],
  ])('F8: A body with the media type %s gets 415', async (type) => {
    expect(await statusOf({ headers: { 'content-type': type } })).toMatchObject({
      status: 415,
      error: 'unsupported_media_type',
      exchanges: 0,
    });
  });

  it('A body without a media type gets 415', async () => {
    expect((await statusOf({ body: new Uint8Array([123, 125]), headers: { 'content-type': undefined } })).status).toBe(415);
  });

  it('A compressed body gets 415', async () => {
    expect((await statusOf({ headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
  });
});

describe('Body of a token request', () => {
  const padded = (bytes: number): string => JSON.stringify({ pad: 'x'.repeat(bytes - '{"pad":""}'.length) });

  it.each([
    [4096, 200],
    [4097, 413],
    [10_000_000, 413],
  ])('F23: A body of %i bytes is answered with %i', async (bytes, status) => {
    expect((await statusOf({ body: padded(bytes) })).status).toBe(status);
  });

  it('F23: A body with a content length over the limit gets 413 before it is read', async () => {
    const body = new ReadableStream<Uint8Array>({ pull: vi.fn(() => Promise.reject(new Error('read'))) }, { highWaterMark: 0 });
    expect((await statusOf({ body, headers: { 'content-length': '10000000' } })).status).toBe(413);
  });

  it('F23: An endless body is read at most one chunk past the limit', async () => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled += 1;
          controller.enqueue(new Uint8Array(1024).fill(32));
        },
      },
      { highWaterMark: 0 },
    );
    expect((await statusOf({ body })).status).toBe(413);
    expect(pulled).toBe(5);
  });

  it('F23: A body that does not arrive is cancelled after five seconds, with status 400', async () => {
    vi.useFakeTimers();
    try {
      const cancel = vi.fn();
      const pending = statusOf({ body: new ReadableStream<Uint8Array>({ cancel }) });
      await vi.advanceTimersByTimeAsync(5000);
      expect(await pending).toMatchObject({ status: 400, exchanges: 0 });
      expect(cancel).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });

  it.each<[string, BodyInit]>([
    ['broken JSON', '{"user_id":'],
    ['null', 'null'],
    ['an array', '[]'],
    ['a text', '"alice"'],
    ['a number', '1'],
    ['an array of user ids', '{"user_id":["alice","bob"]}'],
    ['a numeric user id', '{"user_id":7}'],
    ['an empty user id', '{"user_id":""}'],
    ['an object as identity token', '{"identity_token":{}}'],
    ['deep nesting', `${'['.repeat(4000)}`],
    ['bytes that are not UTF-8', new Uint8Array([...new TextEncoder().encode('{"user_id":"alice'), 0xff, 0x22, 0x7d])],
    ['a character cut in half', new Uint8Array([0x7b, 0x22, 0xe7, 0x95])],
  ])('F2, F23: A body of %s gets 400', async (_case, body) => {
    expect(await statusOf({ body })).toMatchObject({ status: 400, error: 'invalid_request', exchanges: 0 });
  });
});

describe('Origin of a token request', () => {
  it.each<[string, Record<string, string | undefined>, string[], number]>([
    ['a same-origin request', { 'sec-fetch-site': 'same-origin', origin: SITE_ORIGIN }, [], 200],
    ['a same-origin request behind a proxy that hides the host', { origin: 'https://public.example' }, [], 403],
    ['the same with the host in a header', { origin: 'https://public.example', 'x-forwarded-host': 'public.example' }, [], 200],
    ['the same with the origin on the list', { origin: 'https://public.example' }, ['https://public.example'], 200],
    ['a request of a sibling subdomain', { 'sec-fetch-site': 'same-site', origin: 'https://blog.site.example' }, [], 403],
    ['a request of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, [], 403],
    ['a request without a page', { 'sec-fetch-site': 'none', origin: undefined }, [], 403],
    ['an unknown Sec-Fetch-Site', { 'sec-fetch-site': 'same-orig', origin: SITE_ORIGIN }, [], 403],
    ['a listed origin', { 'sec-fetch-site': 'cross-site', origin: PARTNER }, [PARTNER], 200],
    ['an origin listed with a slash', { 'sec-fetch-site': 'cross-site', origin: PARTNER }, [`${PARTNER}/`], 200],
    ['a listed origin and a forged Sec-Fetch-Site', { 'sec-fetch-site': 'none', origin: 'https://evil.example' }, [PARTNER], 403],
    ['an old browser on the endpoint’s own site', { 'sec-fetch-site': undefined, origin: SITE_ORIGIN }, [], 200],
    ['an old browser on a listed site', { 'sec-fetch-site': undefined, origin: PARTNER }, [PARTNER], 200],
    ['an old browser on another site', { 'sec-fetch-site': undefined, origin: 'https://evil.example' }, [PARTNER], 403],
    ['no origin at all', { 'sec-fetch-site': undefined, origin: undefined }, [PARTNER], 403],
    ['the null origin', { 'sec-fetch-site': 'cross-site', origin: 'null' }, [PARTNER], 403],
    ['the null origin of an old browser', { 'sec-fetch-site': undefined, origin: 'null' }, [PARTNER], 403],
    ['another port', { 'sec-fetch-site': undefined, origin: `${SITE_ORIGIN}:8443` }, [], 403],
    ['another scheme', { 'sec-fetch-site': undefined, origin: 'http://site.example' }, [], 403],
    ['a longer host', { 'sec-fetch-site': undefined, origin: `${PARTNER}.evil.example` }, [PARTNER], 403],
    ['a host with a prefix', { 'sec-fetch-site': undefined, origin: 'https://evilpartner.example' }, [PARTNER], 403],
    ['two origins', { 'sec-fetch-site': undefined, origin: `${PARTNER}, https://evil.example` }, [PARTNER], 403],
    ['the origin in another case', { 'sec-fetch-site': undefined, origin: PARTNER.toUpperCase() }, [PARTNER], 403],
  ])('F9, F10: A request is accepted only from an allowed origin: %s', async (_case, headers, allowedOrigins, status) => {
    const answer = await statusOf({ headers }, { allowedOrigins });
    expect([answer.status, answer.exchanges]).toEqual([status, status === 200 ? 1 : 0]);
  });

  it.each<[string, string, Record<string, string>]>([
    ['host', 'https://evil.example', { 'x-forwarded-host': 'evil.example', host: 'evil.example' }],
    ['host in the standard form', 'https://evil.example', { forwarded: 'host=evil.example;proto=https' }],
    ['scheme', 'http://site.example', { 'x-forwarded-proto': 'http' }],
    ['address', 'https://evil.example', { 'x-original-url': 'https://evil.example/', 'x-rewrite-url': 'https://evil.example/' }],
  ])('F9: A header that names another %s does not make a foreign origin the endpoint’s own', async (_case, origin, headers) => {
    expect((await statusOf({ headers: { 'sec-fetch-site': undefined, origin, ...headers } })).status).toBe(403);
  });

  it.each([
    ['of its host', 'https://site.example', 200],
    ['of another port', 'https://site.example:8443', 403],
    ['of another host', 'https://evil.example', 403],
  ])('F9: Behind a proxy that ends TLS, an old browser’s page %s (%s) gets the status %i', async (_case, origin, status) => {
    const changes = { url: ENDPOINT_URL.replace('https:', 'http:'), headers: { 'sec-fetch-site': undefined, origin } };
    expect((await statusOf(changes)).status).toBe(status);
  });

  it('F10: An origin that is not listed is never reflected in the response headers', async () => {
    const { endpoint } = arrange({ allowedOrigins: [PARTNER], identify: () => null });
    const anyOrigin = fc.oneof(
      fc.webUrl().map((url) => new URL(url).origin),
      fc.stringMatching(/^[!-~]{0,40}$/),
      fc.stringMatching(/^[!-~]{0,3}$/).map((suffix) => `${PARTNER}${suffix}x`),
    );
    await fc.assert(
      fc.asyncProperty(anyOrigin, fc.constantFrom('same-origin', 'cross-site'), async (origin, site) => {
        const { headers } = await endpoint(tokenRequest({ headers: { origin, 'sec-fetch-site': site } }));
        expect(headers.get('access-control-allow-origin')).toBeNull();
        expect(headers.get('access-control-allow-credentials')).toBeNull();
      }),
      { numRuns: runs(500) },
    );
  }, 30_000);

  it('A listed origin may read responses and errors, with cookies', async () => {
    const fromPartner = { 'sec-fetch-site': 'cross-site', origin: PARTNER };
    for (const identify of [() => ({ id: 'alice' }), () => null]) {
      const { headers } = await statusOf({ headers: fromPartner }, { allowedOrigins: [PARTNER], identify });
      expect(headers.get('access-control-allow-origin')).toBe(PARTNER);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('access-control-expose-headers')).toBe('date, retry-after');
    }
  });
});

describe('Preflight', () => {
  const preflight = async (origin: string): Promise<Response> => {
    const { endpoint } = arrange({ allowedOrigins: [PARTNER] });
    const headers = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };
    return endpoint(new Request(ENDPOINT_URL, { method: 'OPTIONS', headers }));
  };

  it('F11: A preflight of a listed origin is granted exactly what the element sends', async () => {
    const response = await preflight(PARTNER);
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': PARTNER,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
      vary: expect.stringContaining('Origin'),
    });
  });

  it('F11: A preflight of another origin is granted nothing', async () => {
    const response = await preflight('https://evil.example');
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('Every response of the endpoint', () => {
  const cases: readonly [string, RequestChanges, Changes?][] = [
    ['200', {}],
    ['204', { method: 'OPTIONS', body: null }],
    ['400', { body: '{' }],
    ['401', {}, { identify: () => null }],
    ['403', { headers: { 'sec-fetch-site': 'cross-site' } }],
    ['405', { method: 'GET' }],
    ['413', { body: 'x'.repeat(5000) }],
    ['415', { headers: { 'content-type': 'text/plain' } }],
    ['429', {}, { rateLimit: { store: () => ({ consume: () => Promise.reject({ msBeforeNext: 1 }) }) } }],
    ['500', {}, { identify: () => undefined as never }],
    ['502', {}, { coze: () => new Response('<html>') }],
    ['503', {}, { coze: () => new Response('', { status: 503 }) }],
  ];

  it('F29: Another site gets the same response whether a visitor is signed in or not, and `identify` is not called', async () => {
    const identify = vi.fn(() => ({ id: 'alice' }));
    const reported = async (changes: RequestChanges, options: Changes) => {
      const { endpoint } = arrange({ randomBytes: (length: number) => new Uint8Array(length), ...options });
      const response = await endpoint(tokenRequest(changes));
      return { status: response.status, headers: [...response.headers], body: await response.text() };
    };
    for (const site of ['cross-site', 'same-site', 'none']) {
      const foreign = { headers: { 'sec-fetch-site': site, origin: 'https://evil.example', cookie: 'session=alice' } };
      const signedIn = await reported(foreign, { identify });
      expect(signedIn).toEqual(await reported(foreign, { identify: () => null }));
      expect(Object.fromEntries(signedIn.headers)).toMatchObject({ 'cross-origin-resource-policy': 'same-origin' });
    }
    expect(identify).not.toHaveBeenCalled();
  });

  it('F29: A refused visitor gets the same headers whether no visitor or another one is signed in', async () => {
    const headersOf = async (identify: () => unknown) => {
      const { endpoint } = arrange({ identify });
      return [...(await endpoint(tokenRequest({ body: { user_id: 'alice' } }))).headers];
    };
    expect(await headersOf(() => null)).toEqual(await headersOf(() => ({ id: 'bob' })));
  });

  it.each(cases)('F20: A response with status %s forbids caching and sniffing', async (status, changes, options = {}) => {
    const { endpoint } = arrange(options);
    const response = await endpoint(tokenRequest(changes));
    expect(String(response.status)).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      pragma: 'no-cache',
      vary: 'Origin, Cookie, Authorization, Sec-Fetch-Site',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it.each(cases.filter(([status]) => status >= '400'))(
    'F22: A response with status %s contains only a known error name and a request id',
    async (_status, changes, options = {}) => {
      const { endpoint } = arrange(options);
      const response = await endpoint(tokenRequest(changes));
      expect(response.headers.get('content-type')).toBe('application/json');
      const body = await json(response);
      expect(body).toEqual({ error: body['error'], request_id: expect.stringMatching(/^[0-9a-f]{32}$/) });
      expect(Object.values(TokenEndpointError)).toContain(body['error']);
    },
  );

  it('A response sets the cookie of the identity', async () => {
    const { headers } = await statusOf({}, { identify: () => ({ id: 'alice', setCookie: 'visitor=1; HttpOnly' }) });
    expect(headers.getSetCookie()).toEqual(['visitor=1; HttpOnly']);
  });

  it('Arbitrary requests get a known status, and `Cache-Control: no-store`', async () => {
    const { endpoint, coze } = arrange({ identify: () => null });
    const anything = fc.record({
      method: fc.constantFrom('POST', 'POST', 'POST', 'PUT', 'DELETE'),
      body: fc.oneof(fc.uint8Array({ maxLength: 5000 }), fc.json(), fc.string()),
      headers: fc.record(
        {
          'content-type': fc.oneof(fc.constant('application/json'), fc.stringMatching(/^[ -~]{0,40}$/)),
          'sec-fetch-site': fc.constantFrom('same-origin', 'same-site', 'cross-site', 'none', '', 'x'),
          origin: fc.stringMatching(/^[ -~]{0,60}$/),
        },
        { requiredKeys: [] },
      ),
    });
    await fc.assert(
      fc.asyncProperty(anything, async ({ method, body, headers }) => {
        const response = await endpoint(tokenRequest({ method, body: body as BodyInit, headers }));
        expect([400, 401, 403, 405, 413, 415]).toContain(response.status);
        expect(response.headers.get('cache-control')).toBe('no-store');
      }),
      { numRuns: runs(2000) },
    );
    expect(coze.seen).toEqual([]);
  }, 30_000);
});
