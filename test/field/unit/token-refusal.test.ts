/** N4: the endpoint's own word for a refusal is said to the site's developer with what to change, and puts nothing on the visitor. */
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
      fetch: () => Promise.resolve(Response.json(body, { status })),
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
/** What the visitor did, or what the endpoint has a status of its own for. */
const PLAIN: readonly string[] = ['unauthenticated', 'identity_mismatch', 'rate_limited'];

describe('Each error of our own endpoint', () => {
  test.each(Object.values(TokenEndpointError).filter((error) => !PLAIN.includes(error)))('%s is named with what to do.', async (error) => {
    const { message, advice } = await refusedWith(STATUSES[error], { error, request_id: 'r1' });
    expect(advice ?? message).toMatch(new RegExp(`^The token endpoint answered ${STATUSES[error]} \\(${error}\\): .{20,}\\.$`));
  });

  test.each([
    ['forbidden_origin', 'site'],
    ['upstream_rejected', 'site'],
    ['server_error', 'service'],
    ['identity_error', 'service'],
    ['upstream_unavailable', 'service'],
  ] as const)('%s is the %s’s to mend, not the visitor’s.', async (error, fault) => {
    expect(await refusedWith(STATUSES[error], { error })).toMatchObject({ fault });
  });

  test('that cannot go better by itself is not asked again; while there is a valid token the visitor hears nothing of it.', async () => {
    for (const error of ['forbidden_origin', 'upstream_rejected', 'invalid_request'] as const) {
      const failure = await refusedWith(STATUSES[error], { error });
      expect(failure.kind).toBe('terminal');
      expect(softenWhileTokenValid(failure).kind).toBe('invalid');
    }
  });
});

test('A 401 is as it may be, unless it answers an identity token.', async () => {
  expect((await refusedWith(401, { error: 'unauthenticated' })).advice).toBeUndefined();
  expect((await refusedWith(401, { error: 'unauthenticated' }, 'a.b.c')).advice).toMatch(/identity-token .* expired/);
});

test('No other word of a body is repeated.', async () => {
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

test('Who hears nothing of an endpoint of another origin is told which origin has to be allowed.', async () => {
  const result = await requestToken(
    {
      endpoint: 'https://api.shop.example/token',
      credentials: 'include',
      body: { reason: 'initial' },
      signal: new AbortController().signal,
    },
    {
      fetch: () => Promise.reject(new TypeError('Failed to fetch')),
      clock: systemClock,
      timers: systemTimers,
      pageOrigin: 'https://shop.example',
    },
  );
  expect(result).toMatchObject({ ok: false, error: { message: expect.stringContaining('https://shop.example in its allowedOrigins') } });
});
