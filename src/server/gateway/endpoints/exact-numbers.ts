/** Keeps the numbers of a JSON text that is parsed and written again: JavaScript rounds 12345678901234567890, and writes 1.10 as 1.1. */

/** A string or a number of a JSON text, each as a whole: what looks like a number in a string is none. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/gs;
/** A number as a string. Who writes such a string gets a number, or a name that is no JSON: in their own text, and no more than that. */
const QUOTED_NUMBER = /^"\\u0000number (-?\d[\d.eE+-]*)"$/;

/** Turns the numbers of a JSON text into strings that `unquoteNumbers` knows. */
export function quoteNumbers(json: string): string {
  return json.replaceAll(TOKEN, (token) => (token.startsWith('"') ? token : `"\\u0000number ${token}"`));
}

/** Restores the numbers in a text that `JSON.stringify` has written. */
export function unquoteNumbers(json: string): string {
  return json.replaceAll(TOKEN, (token) => QUOTED_NUMBER.exec(token)?.[1] ?? token);
}
