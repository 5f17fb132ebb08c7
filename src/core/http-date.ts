/** The two obsolete forms of RFC 9110: RFC 850 dates and C's `asctime()`. */
const RFC_850_DATE = /^(?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(\w{3})\w+, (\d\d)-(\w{3})-(\d\d) /;
const ASCTIME_DATE = /^(\w{3}) (\w{3}) ([ \d]\d) (\S{8}) (\d{4})$/;

/**
 * Parses a date of an HTTP header (RFC 9110 section 5.6.7) and nothing else: `Date.parse` accepts `7` or `2026` as a date, and engines
 * differ.
 *
 * @returns epoch milliseconds
 */
export function parseHttpDate(text: string): number | undefined {
  const inPreferredForm = [
    // Both centuries are tried: only one of them fits the day of the week.
    text.replace(RFC_850_DATE, '$1, $2 $3 20$4 '),
    text.replace(RFC_850_DATE, '$1, $2 $3 19$4 '),
    text.replace(ASCTIME_DATE, '$1, $3 $2 $5 $4 GMT').replace(',  ', ', 0'),
  ];
  for (const fixdate of inPreferredForm) {
    const dateMs = Date.parse(fixdate);
    // `toUTCString()` writes this form in every engine, so that a wrong day of the week differs.
    if (!Number.isNaN(dateMs) && new Date(dateMs).toUTCString() === fixdate) return dateMs;
  }
  return undefined;
}
