/** The two forms that RFC 9110 keeps for old senders, those of RFC 850 and of C's `asctime()`. */
const RFC_850_DATE = /^(?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(\w{3})\w+, (\d\d)-(\w{3})-(\d\d) /;
const ASCTIME_DATE = /^(\w{3}) (\w{3}) ([ \d]\d) (\S{8}) (\d{4})$/;

/**
 * Parses a date as HTTP headers carry it (RFC 9110 section 5.6.7), and nothing else: `Date.parse` alone takes `7` or `2026` for a date, and
 * each engine takes something different.
 *
 * @returns epoch milliseconds
 */
export function parseHttpDate(text: string): number | undefined {
  const inPreferredForm = [
    // The day of the week tells the century of a two-digit year.
    text.replace(RFC_850_DATE, '$1, $2 $3 20$4 '),
    text.replace(RFC_850_DATE, '$1, $2 $3 19$4 '),
    text.replace(ASCTIME_DATE, '$1, $3 $2 $5 $4 GMT').replace(',  ', ', 0'),
  ];
  for (const fixdate of inPreferredForm) {
    const dateMs = Date.parse(fixdate);
    // It is the form in which every engine writes a date, down to the day of the week.
    if (!Number.isNaN(dateMs) && new Date(dateMs).toUTCString() === fixdate) return dateMs;
  }
  return undefined;
}
