/**
 * Validates values that identify a visitor. Visitors with the same text as id share one chat history, so the typical results of programming
 * errors (`String(undefined)`, `String({})`, a rounded number) are refused.
 */
import { fail, type Result, succeed } from '../../core/result.js';
import { isBlank } from '../../core/values/blank.js';

export type IdentifierError = 'not_a_string' | 'blank' | 'placeholder' | 'ill_formed' | 'too_long';

const MAX_BYTES = 1024;

/** Texts of "nothing", "not a number" and booleans in the languages of backends. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'undefined',
  'null',
  'none',
  'nil',
  'nan',
  'infinity',
  'inf',
  'true',
  'false',
  // RFC 9562 section 5.9: the absence of a UUID.
  '00000000-0000-0000-0000-000000000000',
]);

/** Characters that printing, quoting and JSON put around a value: `<nil>`, `(null)`, `"undefined"`, `{}`, `-Infinity`. */
const AROUND_A_VALUE = /["'`()<>[\]{}+-]/;

/** The result of `String()` for an object: `[object Object]`, `[object Promise]`. */
const PRINTED_OBJECT = /^\[object .*\]$/i;

/** A template variable that was not filled in: `{{ user.id }}`, `${userId}`, `<%= id %>`. */
const UNFILLED = /^(?:\{\{[^]*\}\}|\$\{[^]*\}|<%[^]*%>)$/;

/**
 * Parses a value into a text that is safe to identify visitors by. A `bigint` is written out; a `number` is an error, because an id beyond
 * 2^53 has already been rounded. Nothing is normalised or case-folded: `é` and `é` with a combining accent are two visitors.
 */
export function parseIdentifier(value: unknown): Result<string, IdentifierError> {
  if (typeof value === 'bigint') return succeed(value.toString());
  if (typeof value !== 'string') return fail('not_a_string');
  if (value.length > MAX_BYTES) return fail('too_long');
  if (isBlank(value)) return fail('blank');
  if (isPlaceholder(value)) return fail('placeholder');
  // Every lone surrogate becomes the same replacement character in UTF-8, and so did each byte that was decoded wrongly.
  if (/[\p{Surrogate}\uFFFD]/u.test(value)) return fail('ill_formed');
  if (new TextEncoder().encode(value).length > MAX_BYTES) return fail('too_long');
  return succeed(value);
}

function isPlaceholder(text: string): boolean {
  const shown = trim(text, isBlank);
  const bare = trim(shown.toLowerCase(), (character) => isBlank(character) || AROUND_A_VALUE.test(character));
  return bare === '' || PLACEHOLDERS.has(bare) || PRINTED_OBJECT.test(shown) || UNFILLED.test(shown);
}

function trim(text: string, isOutside: (character: string) => boolean): string {
  const characters = [...text];
  const first = characters.findIndex((character) => !isOutside(character));
  const last = characters.findLastIndex((character) => !isOutside(character));
  return first === -1 ? '' : characters.slice(first, last + 1).join('');
}
