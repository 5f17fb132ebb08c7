import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHttpDate } from '../../../src/core/http-date.js';

/** The time in RFC 9110's own examples. */
const EXAMPLE_MS = Date.UTC(1994, 10, 6, 8, 49, 37);

describe('A date in an HTTP header', () => {
  it.each([
    ['the preferred form', 'Sun, 06 Nov 1994 08:49:37 GMT', EXAMPLE_MS],
    ['the form of RFC 850', 'Sunday, 06-Nov-94 08:49:37 GMT', EXAMPLE_MS],
    ['the form of C, with a space for a digit', 'Sun Nov  6 08:49:37 1994', EXAMPLE_MS],
    ['the form of C, with two digits', 'Sun Nov 06 08:49:37 1994', EXAMPLE_MS],
    ['a leap day', 'Thu, 29 Feb 2024 00:00:00 GMT', Date.UTC(2024, 1, 29)],
  ])('A date may have %s', (_, text, expectedMs) => {
    expect(parseHttpDate(text)).toBe(expectedMs);
  });

  it.each([
    ['Wednesday, 01-Jan-76 00:00:00 GMT', Date.UTC(2076, 0, 1)],
    ['Thursday, 01-Jan-76 00:00:00 GMT', Date.UTC(1976, 0, 1)],
    ['Friday, 01-Jan-76 00:00:00 GMT', undefined],
  ])('The century of %s follows from the day of the week', (text, expectedMs) => {
    expect(parseHttpDate(text)).toBe(expectedMs);
  });

  it.each([
    ['an empty text', ''],
    ['a number, which engines take for a year', '2026'],
    ['a timestamp of RFC 3339', '2026-01-01T00:00:00Z'],
    ['another zone', 'Sun, 06 Nov 1994 08:49:37 +0100'],
    ['no zone', 'Sun, 06 Nov 1994 08:49:37'],
    ['a zone in the form of C', 'Sun Nov  6 08:49:37 1994 GMT'],
    ['the wrong day of the week', 'Mon, 06 Nov 1994 08:49:37 GMT'],
    ['a day that does not exist', 'Wed, 30 Feb 1994 08:49:37 GMT'],
    ['an hour that does not exist', 'Sun, 06 Nov 1994 24:00:00 GMT'],
    ['small letters', 'sun, 06 nov 1994 08:49:37 gmt'],
    ['an unknown month', 'Sun, 06 Foo 1994 08:49:37 GMT'],
    ['an unknown day of the week', 'Sunesday, 06-Nov-94 08:49:37 GMT'],
    ['one digit of a day', 'Sun, 6 Nov 1994 08:49:37 GMT'],
    ['other text before it', 'on Sun, 06 Nov 1994 08:49:37 GMT'],
    ['other text after it', 'Sun, 06 Nov 1994 08:49:37 GMT (a Sunday)'],
    ['the text that engines write for an invalid date', 'Invalid Date'],
  ])('A date may not have %s', (_, text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  });

  it('Every moment is parsed in all three formats of HTTP', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(Date.UTC(1900, 0, 1)), max: new Date(Date.UTC(2099, 11, 31)), noInvalidDate: true }), (date) => {
        const [day = '', dayOfMonth = '', month = '', year = '', time = ''] = date.toUTCString().split(/,? /);
        const longDay = date.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' });
        const wholeSecondsMs = Math.floor(date.getTime() / 1000) * 1000;
        for (const text of [
          `${day}, ${dayOfMonth} ${month} ${year} ${time} GMT`,
          `${longDay}, ${dayOfMonth}-${month}-${year.slice(2)} ${time} GMT`,
          `${day} ${month} ${dayOfMonth.replace(/^0/, ' ')} ${time} ${year}`,
        ])
          expect(parseHttpDate(text)).toBe(wholeSecondsMs);
      }),
    );
  });
});
