import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRetryAfterMs } from '../../../src/core/retry-after.js';

const NOW_MS = Date.UTC(2026, 0, 1);

describe('Retry-After', () => {
  it.each([
    ['absent', null, undefined],
    ['empty', ' ', undefined],
    ['seconds', '7', 7_000],
    ['seconds with space around', ' 7 ', 7_000],
    ['zero', '0', 0],
    ['more than a quarter of an hour', '1000000000', 900_000],
    ['more than a number can hold', '9'.repeat(400), 900_000],
    ['a date', 'Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['a date in the form of RFC 850', 'Thursday, 01-Jan-26 00:00:30 GMT', 30_000],
    ['a date in the form of C', 'Thu Jan  1 00:00:30 2026', 30_000],
    ['a date in many years', 'Thu, 01 Jan 2099 00:00:00 GMT', 900_000],
    ['a date in the past', 'Thu, 01 Jan 2015 00:00:00 GMT', 0],
    ['a negative number, which engines take for a date', '-5', undefined],
    ['a fraction, which engines take for a date', '1.5', undefined],
    ['a timestamp, which engines take for a date', '2026-01-01T00:00:30Z', undefined],
    ['garbage', 'soon', undefined],
    ['garbage before a date', 'on Thu, 01 Jan 2026 00:00:30 GMT', undefined],
    ['garbage with a number', 'soon 7', undefined],
  ])('A Retry-After that is %s is read as HTTP defines it', (_, header, expectedMs) => {
    expect(parseRetryAfterMs(header, NOW_MS)).toBe(expectedMs);
  });

  it('The time to wait is never negative, above the limit, or not a number', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const waitMs = parseRetryAfterMs(header, NOW_MS) ?? 0;
        expect(waitMs).toBeGreaterThanOrEqual(0);
        expect(waitMs).toBeLessThanOrEqual(900_000);
      }),
    );
  });
});
