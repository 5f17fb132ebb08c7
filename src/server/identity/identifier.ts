/**
 * Which values may identify a visitor. Two visitors whose ids come out as the same text share one chat history, so everything that
 * a programming slip typically collapses into (`String(undefined)`, `String({})`, a rounded number) is an error.
 */
import { fail, type Result, succeed } from '../../core/result.js';
import { isBlank } from '../../core/values/blank.js';

export type IdentifierError = 'not_a_string' | 'blank' | 'placeholder' | 'ill_formed' | 'too_long';

const MAX_BYTES = 1024;

/** "Nothing", "no number" and a bare yes or no, as the languages that backends are written in print them. */
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

/** What printing, quoting and JSON put around a value: `<nil>`, `(null)`, `"undefined"`, `{}`, `-Infinity`. */
const AROUND_A_VALUE = /["'`()<>[\]{}+-]/;

/** What `String()` makes of an object: `[object Object]`, `[object Promise]`. */
const PRINTED_OBJECT = /^\[object .*\]$/i;

/** A variable of a template that nobody has filled in: `{{ user.id }}`, `${userId}`, `<%= id %>`. */
const UNFILLED = /^(?:\{\{[^]*\}\}|\$\{[^]*\}|<%[^]*%>)$/;

/**
 * A text that is safe to tell visitors apart by. A `bigint` is written out; a `number` is an error, because ids beyond 2^53 have already been
 * rounded when they arrive here. Nothing is normalised or folded: `é` and `é` written with a combining accent are two visitors.
 */
export function parseIdentifier(value: unknown): Result<string, IdentifierError> {
  if (typeof value === 'bigint') return succeed(value.toString());
  if (typeof value !== 'string') return fail('not_a_string');
  if (value.length > MAX_BYTES) return fail('too_long');
  if (isBlank(value)) return fail('blank');
  if (isPlaceholder(value)) return fail('placeholder');
  // Every lone surrogate becomes the same replacement character in UTF-8.
  if (/\p{Surrogate}/u.test(value)) return fail('ill_formed');
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
