import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../../src/core/errors.js';
import { isRedirect, toTokenFailure } from '../../../../src/token/request/http-status.js';

const NOW_MS = Date.UTC(2026, 0, 1);
const evaluate = (status: number, { retryAfter = null as string | null, body = undefined as unknown } = {}) =>
  toTokenFailure(status, { retryAfter, nowMs: NOW_MS, body });

describe('Meaning of a status', () => {
  const table: readonly [string, string, readonly number[]][] = [
    ['terminal', ErrorCode.SignedOut, [401]],
    ['terminal', ErrorCode.Forbidden, [403]],
    ['terminal', ErrorCode.TokenEndpointMisconfigured, [400, 404, 405, 409, 410, 413, 415, 422, 501]],
    ['transient', ErrorCode.RateLimited, [429]],
    ['transient', ErrorCode.TokenEndpointUnavailable, [408, 425, 500, 502, 503, 504, 520, 522, 524, 599]],
    ['invalid', ErrorCode.InvalidTokenResponse, [201, 202, 203, 204, 205, 206, 300, 304, 402, 406, 418, 451]],
  ];
  it.each(table.flatMap(([kind, code, statuses]) => statuses.map((status) => [status, kind, code] as const)))(
    'The status %i is a failure of the kind %s with the code %s',
    (status, kind, code) => {
      expect(evaluate(status)).toMatchObject({ kind, code });
    },
  );

  it.each([400, 409, 422])('The status %i is transient if the body has retryable: true', (status) => {
    expect(evaluate(status, { body: { retryable: true }, retryAfter: '3' })).toMatchObject({ kind: 'transient', retryAfterMs: 3_000 });
    expect(evaluate(status, { body: { retryable: 'true' } })).toMatchObject({ kind: 'terminal' });
  });

  it('A 403 has the code identity_mismatch for a wrong visitor, and forbidden for every other error', () => {
    expect(evaluate(403, { body: { error: 'identity_mismatch' } })).toMatchObject({ kind: 'terminal', code: ErrorCode.IdentityMismatch });
    expect(evaluate(403, { body: { error: 'forbidden_origin' } })).toMatchObject({ kind: 'terminal', code: ErrorCode.Forbidden });
  });

  it.each([
    [401, 'the visitor is not signed in'],
    [403, 'this visitor may not use the chat'],
    [404, 'answered 404. Check that token-endpoint points at it and that it accepts POST'],
    [418, 'answered 418; a token comes with 200'],
    [429, 'answered 429: too many requests'],
    [503, 'answered 503'],
  ])('The message for the status %i contains: %s', (status, message) => {
    expect(evaluate(status).message).toContain(message);
  });

  it('The message of a 403 for a wrong visitor says that user-id names somebody else', () => {
    expect(evaluate(403, { body: { error: 'identity_mismatch' } }).message).toContain('user-id names somebody else than who is signed in');
  });

  it('No body changes the meaning of a 401, and no failure contains the body', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(evaluate(401, { body })).toMatchObject({ kind: 'terminal', code: ErrorCode.SignedOut });
      }),
    );
    expect(JSON.stringify(evaluate(400, { body: { error: 'canary7f3a' } }))).not.toContain('canary7f3a');
  });
});

describe('A redirect', () => {
  const answer = (status: number, type: ResponseType = 'basic') => ({ status, type }) as Response;

  it.each([301, 302, 303, 307, 308])('The status %i is a redirect', (status) => {
    expect(isRedirect(answer(status))).toBe(true);
  });

  it('An opaque response of the browser is a redirect', () => {
    expect(isRedirect(answer(0, 'opaqueredirect'))).toBe(true);
  });

  it.each([200, 300, 304, 401])('The status %i is no redirect', (status) => {
    expect(isRedirect(answer(status))).toBe(false);
  });
});
