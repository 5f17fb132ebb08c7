/** N4: the site's developer gets the endpoint's own error code with what to change; the visitor's text does not blame the visitor. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemClock, systemTimers } from '../../../src/core/clock.js';
import { TokenEndpointError } from '../../../src/token/protocol.js';
import { requestToken } from '../../../src/token/request/endpoint-request.js';
import { softenWhileTokenValid } from '../../../src/token/token-failure.js';

async function refusedWith(status: number, body: unknown, identityToken?: string) {
  const result = await requestToken(
    {
      endpoint: 'https://api.shop.example/token',
      credentials: 'include',
      body: { reason: 'initial', identity_token: identityToken },
      signal: new AbortController().signal,
    },
    {
      fetch: () => Promise.resolve(body instanceof Response ? new Response(body.body, { status }) : Response.json(body, { status })),
      clock: systemClock,
      timers: systemTimers,
      pageOrigin: 'https://shop.example',
    },
  );
  if (result.ok) throw new Error('A token came.');
  return result.error;
}

const STATUSES: Readonly<Record<TokenEndpointError, number>> = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden_origin: 403,
  identity_mismatch: 403,
  method_not_allowed: 405,
  body_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  identity_error: 500,
  upstream_rejected: 500,
  server_error: 500,
  upstream_invalid: 502,
  upstream_unavailable: 503,
  upstream_timeout: 504,
};
/** Errors that the visitor causes, or for which the endpoint has a status of its own. */
const PLAIN: readonly string[] = ['unauthenticated', 'identity_mismatch', 'rate_limited'];

describe('Errors of our own endpoint', () => {
  test.each(Object.values(TokenEndpointError).filter((error) => !PLAIN.includes(error)))(
    'The error %s is reported with what to do',
    async (error) => {
      const { message, advice } = await refusedWith(STATUSES[error], { error, request_id: 'r1' });
      expect(advice ?? message).toMatch(new RegExp(`^The token endpoint answered ${STATUSES[error]} \\(${error}\\): .{20,}\\.$`));
    },
  );

  test.each([
    ['forbidden_origin', 'site'],
    ['upstream_rejected', 'site'],
    ['server_error', 'service'],
    ['identity_error', 'service'],
    ['upstream_unavailable', 'service'],
  ] as const)('The error %s is blamed on the %s, not on the visitor', async (error, fault) => {
    expect(await refusedWith(STATUSES[error], { error })).toMatchObject({ fault });
  });

  test('A permanent error is not retried, and has no effect while a token is valid', async () => {
    for (const error of ['forbidden_origin', 'upstream_rejected', 'invalid_request'] as const) {
      const failure = await refusedWith(STATUSES[error], { error });
      expect(failure.kind).toBe('terminal');
      expect(softenWhileTokenValid(failure).kind).toBe('invalid');
    }
  });
});

test('A 401 gets advice only if the request had an identity token', async () => {
  expect((await refusedWith(401, { error: 'unauthenticated' })).advice).toBeUndefined();
  expect((await refusedWith(401, { error: 'unauthenticated' }, 'a.b.c')).advice).toMatch(/identity-token .* expired/);
});

test.each([502, 503, 504])(
  'A %i without JSON is reported as a proxy’s response, and the visitor’s connection is not blamed',
  async (status) => {
    expect(await refusedWith(status, new Response('<h1>Bad gateway</h1>'))).toMatchObject({
      kind: 'transient',
      fault: 'service',
      message: expect.stringMatching(/ without JSON, as a proxy does .* forwards to its address and port\.$/),
    });
  },
);

test.each([500, 404])('A %i without JSON is not reported as a proxy’s response', async (status) => {
  expect((await refusedWith(status, new Response('<h1>Oops</h1>'))).message).not.toContain('proxy');
});

test('An unknown error name in a response body is not reported', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(400, 403, 409, 500, 503),
      fc.constantFrom('czs_secret', 'eyJhbGciOi', '__proto__', 'constructor'),
      async (status, error) => {
        expect(JSON.stringify(await refusedWith(status, { error }))).not.toContain(error);
      },
    ),
  );
});

describe('Endpoint of another origin that the page cannot read', () => {
  const seen: (RequestInit & { readonly url: unknown })[] = [];
  async function silent(answers: boolean, endpoint = 'https://api.shop.example/token?key=czs_secret') {
    seen.length = 0;
    const result = await requestToken(
      { endpoint, credentials: 'include', body: { reason: 'initial', user_id: 'alice' }, signal: new AbortController().signal },
      {
        fetch: (url, init = {}) => {
          seen.push({ ...init, url });
          return init.mode === 'no-cors' && answers ? Promise.resolve(Response.error()) : Promise.reject(new TypeError('Failed to fetch'));
        },
        clock: systemClock,
        timers: systemTimers,
        pageOrigin: 'https://shop.example',
      },
    );
    if (result.ok) throw new Error('A token came.');
    return result.error;
  }

  test('An endpoint that does not allow the page is distinguished from one that is not there, and the message says what to allow', async () => {
    const failure = await silent(true);
    expect(failure).toMatchObject({ kind: 'transient', code: 'token_endpoint_unavailable', fault: 'service' });
    expect(failure.message).toMatch(
      /^The server of the token endpoint https:\/\/api\.shop\.example\/token answers, but .* \(CORS\): add https:\/\/shop\.example to its allowedOrigins\./,
    );
  });

  test('A HEAD request without cookies and referrer goes to the server, and not to the endpoint itself', async () => {
    expect(JSON.stringify(await silent(true))).not.toContain('czs_secret');
    expect(seen).toHaveLength(2);
    expect(seen[1]).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' });
    expect(seen[1]).toMatchObject({ url: 'https://api.shop.example', method: 'HEAD' });
    expect(seen[1]).not.toHaveProperty('body');
  });

  test('An endpoint that may not exist is reported with the origin that it has to allow, and nobody is blamed', async () => {
    const failure = await silent(false);
    expect(failure.fault).toBeUndefined();
    expect(failure.message).toContain('https://shop.example in its allowedOrigins');
  });

  test('An endpoint of the page’s own origin is not requested a second time', async () => {
    expect((await silent(true, 'https://shop.example/token')).fault).toBeUndefined();
    expect(seen).toHaveLength(1);
  });
});
