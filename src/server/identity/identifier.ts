/**
 * Which values may identify a visitor. Two visitors whose ids come out as the same text share one chat history, so everything that
 * a programming slip typically collapses into (`String(undefined)`, `String({})`, a rounded number) is an error.
 */
import { fail, type Result, succeed } from '../../core/result.js';

export type IdentifierError = 'not_a_string' | 'blank' | 'placeholder' | 'ill_formed' | 'too_long';

const MAX_BYTES = 1024;
const PLACEHOLDERS: ReadonlySet<string> = new Set(['undefined', 'null', 'NaN', 'Infinity', '-Infinity']);

/**
 * A text that is safe to tell visitors apart by. A `bigint` is written out; a `number` is an error, because ids beyond 2^53 have already been
 * rounded when they arrive here. Nothing is normalised or folded: `é` and `é` written with a combining accent are two visitors.
 */
export function parseIdentifier(value: unknown): Result<string, IdentifierError> {
  if (typeof value === 'bigint') return succeed(value.toString());
  if (typeof value !== 'string') return fail('not_a_string');
  if (value.length > MAX_BYTES) return fail('too_long');
  if (value.trim() === '') return fail('blank');
  if (PLACEHOLDERS.has(value) || /^\[object .*\]$/.test(value)) return fail('placeholder');
  // Every lone surrogate becomes the same replacement character in UTF-8.
  if (/\p{Surrogate}/u.test(value)) return fail('ill_formed');
  if (new TextEncoder().encode(value).length > MAX_BYTES) return fail('too_long');
  return succeed(value);
}
