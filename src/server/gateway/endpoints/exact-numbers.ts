/** Keeps the numbers of a JSON text that is parsed and written again: JavaScript rounds 12345678901234567890, and writes 1.10 as 1.1. */

/**
 * A complete string or number of a JSON text, so that digits in a string are no number. A string without an end matches to the end of the text:
 * otherwise each of its escaped quotation marks would start another search.
 */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|-?\d[\d.eE+-]*/gs;
/** A number as a string. A visitor who writes such a string gets a number, or invalid JSON, in their own text, and nothing more. */
const QUOTED_NUMBER = /^"\\u0000number (-?\d[\d.eE+-]*)"$/;

/** Replaces the numbers of a JSON text by strings, for `unquoteNumbers`. */
export function quoteNumbers(json: string): string {
  return json.replaceAll(TOKEN, (token) => (token.startsWith('"') ? token : `"\\u0000number ${token}"`));
}

/** Restores the numbers of `quoteNumbers` in a text that was written by `JSON.stringify`. */
export function unquoteNumbers(json: string): string {
  return json.replaceAll(TOKEN, (token) => QUOTED_NUMBER.exec(token)?.[1] ?? token);
}
