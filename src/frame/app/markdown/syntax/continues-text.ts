/** Compares a growing text with an earlier state of it. */

/**
 * Whether `text` begins with `before`. V8 compares texts of equal length much faster than `startsWith()` does, and a long answer is compared with each
 * piece that arrives.
 */
export function continuesText(text: string, before: string): boolean {
  return text.slice(0, before.length) === before;
}
