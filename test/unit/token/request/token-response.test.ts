import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../../src/core/errors.js';
import { parseTokenResponse, parseVerification } from '../../../../src/token/request/token-response.js';
import type { TokenResponse } from '../../../../src/token/request/token-response-body.js';

const requestedAt = { wallMs: Date.UTC(2026, 0, 1), monotonicMs: 1_000 };
const ANSWERED_MS = requestedAt.wallMs + 500;
const NOW_SECONDS = Math.floor(ANSWERED_MS / 1000);
const DAY_MS = 24 * 3_600_000;

const evaluate = (body: unknown, clocks: { nowMs?: number; serverNowMs?: number | undefined } = {}) =>
  parseTokenResponse(body, { requestedAt, nowMs: ANSWERED_MS, serverNowMs: NOW_SECONDS * 1000, ...clocks });
function lifetimeOf(body: Record<string, unknown>, clocks = {}) {
  const evaluated = evaluate({ access_token: 'czs_1', ...body }, clocks);
  return evaluated.ok ? evaluated.value.lifetimeMs : evaluated.error.message;
}
function messageOf(body: unknown) {
  const evaluated = evaluate(body);
  return evaluated.ok ? undefined : evaluated.error;
}
const NO_TIME = 'The token response has an expiry that is no time or has passed.';

/** The responses that the types document for hosts. */
const documented: readonly (readonly [string, TokenResponse])[] = [
  ['our own', { access_token: 'czs_1', token_type: 'Bearer', expires_in: 3540, expires_at: NOW_SECONDS + 3540, subject: 'alice' }],
  [
    'Coze’s own, with an absolute expires_in',
    { access_token: 'czs_1', expires_in: NOW_SECONDS + 3540, token_type: 'bearer', subject: 'alice' },
  ],
  ['camel case', { accessToken: 'czs_1', expiresIn: '3540', subject: 'alice' }],
  ['token and expiresAt', { token: 'czs_1', expiresAt: (NOW_SECONDS + 3540) * 1000, subject: 'alice' }],
  ['an ISO timestamp', { token: 'czs_1', expiresAt: new Date((NOW_SECONDS + 3540) * 1000).toISOString(), subject: 'alice' }],
  ['an envelope', { code: 0, msg: 'ok', data: { access_token: 'czs_1', expires_in: 3540, subject: 'alice' } }],
];

describe('Accepted forms of a token response', () => {
  it.each<readonly [string, object]>([
    ...documented,
    ['a token beside a data field of another meaning', { access_token: 'czs_1', expires_in: 3540, subject: 'alice', data: { user: 1 } }],
    [
      'other fields that are null',
      { access_token: 'czs_1', token: null, expires_in: 3540, expires_at: null, subject: 'alice', token_type: null },
    ],
  ])('A token response is accepted in this form: %s', (_, body) => {
    expect(evaluate(body)).toEqual({ ok: true, value: { value: 'czs_1', subject: 'alice', requestedAt, lifetimeMs: 3_540_000 } });
  });

  it('A response may name the same token twice', () => {
    expect(evaluate({ access_token: 'czs_1', token: 'czs_1' })).toMatchObject({ ok: true, value: { value: 'czs_1' } });
  });

  it('A token has no subject if the backend does not name one', () => {
    expect(evaluate({ access_token: 'czs_1' })).toMatchObject({ ok: true, value: { subject: undefined } });
  });
});

describe('Rejected forms of a token response', () => {
  it.each([
    ['null', null, 'is not a JSON object'],
    ['no value', undefined, 'is not a JSON object'],
    ['an array', [{ access_token: 'czs_1' }], 'is not a JSON object'],
    ['a text', 'czs_1', 'is not a JSON object'],
    ['a number', 7, 'is not a JSON object'],
    ['an empty object', {}, 'no "access_token"'],
    ['an error body of Coze', { code: 4100, msg: 'authentication is invalid' }, 'no "access_token"'],
    ['an envelope without a token', { data: {} }, 'no "access_token"'],
    ['an empty token', { access_token: '' }, 'no usable "access_token"'],
    ['a blank token', { access_token: '  ' }, 'no usable "access_token"'],
    ['a token that is a number', { access_token: 7 }, 'no usable "access_token"'],
    ['a token that is an object', { access_token: { value: 'czs_1' } }, 'no usable "access_token"'],
    ['a token with a line break', { access_token: 'czs_1\r\nx-evil: 1' }, 'no usable "access_token"'],
    ['a token with a line break at its end', { access_token: 'czs_1\n' }, 'no usable "access_token"'],
    ['a token with NUL', { access_token: 'czs\0' }, 'no usable "access_token"'],
    ['a token with a character outside ASCII', { access_token: 'czs_é' }, 'no usable "access_token"'],
    ['a token with its scheme', { access_token: 'Bearer czs_1' }, 'no usable "access_token"'],
    ['a token of 16 KiB and one', { access_token: 'x'.repeat(16_385) }, 'no usable "access_token"'],
    ['two different tokens', { access_token: 'czs_1', token: 'czs_2' }, 'two different tokens'],
    ['another token type', { access_token: 'czs_1', token_type: 'mac' }, '"token_type" other than Bearer'],
    ['a subject that is empty', { access_token: 'czs_1', subject: '' }, 'no usable "subject"'],
    ['a subject that is too long', { access_token: 'czs_1', subject: 'x'.repeat(129) }, 'no usable "subject"'],
    ['a subject that is a number', { access_token: 'czs_1', subject: 7 }, 'no usable "subject"'],
    ['a token in the prototype', JSON.parse('{"__proto__":{"access_token":"czs_1"}}'), 'no "access_token"'],
    ['a token in the prototype of an envelope', JSON.parse('{"data":{"__proto__":{"access_token":"czs_1"}}}'), 'no "access_token"'],
  ])('A token response is invalid in this form: %s', (_, body, expected) => {
    expect(messageOf(body)).toMatchObject({ kind: 'invalid', code: ErrorCode.InvalidTokenResponse });
    expect(messageOf(body)?.message).toContain(expected);
  });

  it('A token of exactly 16 KiB is accepted', () => {
    expect(evaluate({ access_token: 'x'.repeat(16_384) }).ok).toBe(true);
  });
});

describe('Further fields of a token response', () => {
  it('The value true of new_visitor and gateway is passed on', () => {
    expect(evaluate({ access_token: 'czs_1', new_visitor: true })).toMatchObject({ value: { isNewVisitor: true } });
    expect(evaluate({ access_token: 'czs_1', gateway: true })).toMatchObject({ value: { isGateway: true } });
  });

  it.each([false, 'true', 1, null, undefined])('The value %o of new_visitor and gateway is ignored', (said) => {
    const evaluated = evaluate({ access_token: 'czs_1', new_visitor: said, gateway: said });
    expect(evaluated.ok && Object.keys(evaluated.value)).toEqual(['value', 'subject', 'requestedAt', 'lifetimeMs']);
  });
});

describe('Response to a verification', () => {
  const verify = (body: unknown) => parseVerification(body, { requestedAt, nowMs: ANSWERED_MS, serverNowMs: undefined });

  it.each([{ subject: 'alice' }, { data: { subject: 'alice' } }, { subject: 'alice', access_token: null }])(
    'A verification may be answered with the subject only: %o',
    (body) => {
      expect(verify(body)).toEqual({ ok: true, value: { subject: 'alice', requestedAt } });
    },
  );

  it('A verification may be answered with a token', () => {
    expect(verify({ subject: 'alice', access_token: 'czs_1' })).toMatchObject({ ok: true, value: { value: 'czs_1', subject: 'alice' } });
    expect(verify({ token: 'czs_1' })).toMatchObject({ ok: true, value: { value: 'czs_1', subject: undefined } });
  });

  it.each([
    [{}, 'no "access_token"'],
    [{ subject: null }, 'no "access_token"'],
    [{ subject: '' }, 'no usable "subject"'],
    [{ subject: 'alice', access_token: ' ' }, 'no usable "access_token"'],
    [null, 'is not a JSON object'],
  ])('A verification cannot be answered with %o', (body, expected) => {
    const verified = verify(body);
    expect(verified.ok ? undefined : verified.error.message).toContain(expected);
  });

  it('A response with the subject only is no token', () => {
    expect(evaluate({ subject: 'alice' }).ok).toBe(false);
  });
});

describe('Lifetime of a token', () => {
  it.each([
    ['seconds', 3600, 3_600_000],
    ['seconds as text', ' 3600 ', 3_600_000],
    ['fractions of seconds', 1.5, 1_500],
    ['fractions of seconds as text', '1.25', 1_250],
    ['the largest number that is a duration', 1e9, DAY_MS],
    ['the most epoch seconds', 1e12, DAY_MS],
    ['a timestamp without seconds', '2026-01-01T00:05Z', 300_000],
    ['a timestamp without fractions', '2026-01-01T00:05:00Z', 300_000],
    ['a timestamp east of Greenwich', '2026-01-01T08:05:00+08:00', 300_000],
    ['a timestamp west of Greenwich', '2025-12-31T16:05:00-0800', 300_000],
    ['a timestamp with a space', '2026-01-01 00:05:00.000z', 300_000],
    ['epoch seconds', NOW_SECONDS + 60, 60_000],
    ['epoch seconds as text', String(NOW_SECONDS + 60), 60_000],
    ['epoch milliseconds', NOW_SECONDS * 1000 + 60_000, 60_000],
    ['a second at least', 0.1, 1_000],
    ['a day at most', 40 * 86_400, DAY_MS],
    ['a day at most, also for a number beyond any date', 1e20, DAY_MS],
    ['a day at most, also for a number with an exponent', 1e21, DAY_MS],
    ['zero', 0, NO_TIME],
    ['a negative number', -5, NO_TIME],
    ['a time in the past', NOW_SECONDS - 1, NO_TIME],
    ['NaN as text', 'NaN', NO_TIME],
    ['infinity as text', 'Infinity', NO_TIME],
    ['a hexadecimal number', '0x10', NO_TIME],
    ['an exponent', '1e3', NO_TIME],
    ['a text that is no date', 'abc', NO_TIME],
    ['a text that engines take for a date', 'abc 2099', NO_TIME],
    ['an empty text', '', NO_TIME],
    ['a timestamp without its offset', '2099-01-01T00:00:00', NO_TIME],
    ['a timestamp with more before it', '+002099-01-01T00:00:00Z', NO_TIME],
    ['a timestamp with more behind it', '2099-01-01 00:00:00Z (UTC)', NO_TIME],
    ['a timestamp that does not exist', '2099-13-45T99:99:00Z', NO_TIME],
    ['a boolean', true, 'The token response has no usable "expires_in".'],
    ['a text beyond reason', '1'.repeat(65), 'The token response has no usable "expires_in".'],
    ['NaN', NaN, 'The token response has no usable "expires_in".'],
    ['infinity', Infinity, 'The token response has no usable "expires_in".'],
  ])('The expiry of a token is read in this case: %s', (_, expires_in, expected) => {
    expect(lifetimeOf({ expires_in })).toBe(expected);
  });

  it('A lifetime of ten minutes is assumed if the response has no expiry', () => {
    expect(lifetimeOf({})).toBe(600_000);
  });

  it('The shortest of several expiries counts', () => {
    expect(lifetimeOf({ expires_in: 3600, expires_at: NOW_SECONDS + 60 })).toBe(60_000);
    expect(lifetimeOf({ expires_in: 60, expiresAt: NOW_SECONDS + 3600 })).toBe(60_000);
    expect(lifetimeOf({ expires_in: 60, expiresIn: 3600 })).toBe(60_000);
  });

  it('A response with one valid and one invalid expiry is invalid', () => {
    expect(lifetimeOf({ expires_in: 3600, expires_at: 'soon' })).toBe(NO_TIME);
  });

  it.each([-DAY_MS, DAY_MS])('A lifetime does not depend on a visitor’s clock that is %i ms off', (offMs) => {
    const nowMs = ANSWERED_MS + offMs;
    expect(lifetimeOf({ expires_at: NOW_SECONDS + 3600 }, { nowMs })).toBe(3_600_000);
    expect(lifetimeOf({ expires_in: 3600, expires_at: NOW_SECONDS + 3600 }, { nowMs, serverNowMs: undefined })).toBe(3_600_000);
  });

  it('An absolute expiry is read by the visitor’s clock without another one, unless it has passed', () => {
    expect(lifetimeOf({ expires_at: NOW_SECONDS + 3600 }, { nowMs: NOW_SECONDS * 1000, serverNowMs: undefined })).toBe(3_600_000);
    expect(lifetimeOf({ expires_at: NOW_SECONDS + 3600 }, { nowMs: ANSWERED_MS + DAY_MS, serverNowMs: undefined })).toBe(600_000);
    expect(lifetimeOf({ expires_at: NOW_SECONDS }, { nowMs: NOW_SECONDS * 1000, serverNowMs: undefined })).toBe(600_000);
  });
});

describe('Every response', { timeout: 60_000 }, () => {
  it('Absolute and relative expiries give the same lifetime', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 86_400 }), (seconds) => {
        const moments = [NOW_SECONDS + seconds, (NOW_SECONDS + seconds) * 1000, new Date((NOW_SECONDS + seconds) * 1000).toISOString()];
        for (const moment of moments) expect(lifetimeOf({ expires_in: moment })).toBe(lifetimeOf({ expires_in: seconds }));
      }),
    );
  });

  it('Parsing any JSON never throws and does not change prototypes', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const evaluated = evaluate(JSON.parse(text));
        expect(typeof evaluated.ok).toBe('boolean');
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
    );
  });

  it('Parsing any field values never throws, and a lifetime is between a second and a day', () => {
    const fields = ['access_token', 'accessToken', 'token', 'expires_in', 'expires_at', 'expiresAt', 'token_type', 'subject', 'data'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...fields), fc.anything()), (body) => {
        const evaluated = evaluate(body);
        if (evaluated.ok) expect(evaluated.value.lifetimeMs).toBeGreaterThanOrEqual(1_000);
        if (evaluated.ok) expect(evaluated.value.lifetimeMs).toBeLessThanOrEqual(DAY_MS);
      }),
    );
  });

  it('An accepted token can be put into a header and cannot split it', () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('a', '\r', '\n', '\0', ' ', '\x7f', 'é') }));
    fc.assert(
      fc.property(anyText, (access_token) => {
        const evaluated = evaluate({ access_token });
        const isHarmless = /^[\x21-\x7e]+$/.test(access_token) && !/[\r\n]/.test(access_token);
        expect(evaluated.ok).toBe(isHarmless);
        if (evaluated.ok)
          expect(new Headers({ authorization: `Bearer ${evaluated.value.value}` }).get('authorization')).toBe(`Bearer ${access_token}`);
      }),
    );
  });

  it('A failure contains nothing of the body', () => {
    const canary = 'canary7f3a';
    const bodies = [
      { access_token: `${canary} ` },
      { access_token: canary, token: `${canary}2` },
      { access_token: canary, expires_in: `${canary}` },
    ];
    for (const body of bodies) expect(JSON.stringify(evaluate(body))).not.toContain(canary);
  });
});
