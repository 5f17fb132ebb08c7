/** Validates against JSON Schema, for tools that have one. Interpreted, because a CSP without `unsafe-eval` forbids compiled validators. */
import { format, type Schema, type SchemaDraft, Validator } from '@cfworker/json-schema';
import type { JsonSchema } from '../../config/page-tools.js';

/** Drafts by the end of `$schema`. */
const DRAFTS: readonly (readonly [RegExp, SchemaDraft])[] = [
  [/draft-04/, '4'],
  [/draft-0?7/, '7'],
  [/2019-09/, '2019-09'],
];

/** Replaces the library's regular expression, whose time may double with each character of a host name. */
format['url'] = (text: string): boolean => {
  try {
    return /^(?:https?|ftp):$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
};

/** Describes the errors of `value`. Neither argument is changed, and neither inherits members from `Object.prototype`. */
export function findIssues(value: unknown, schema: JsonSchema): readonly string[] {
  const { $schema } = schema;
  const draft = DRAFTS.find(([pattern]) => typeof $schema === 'string' && pattern.test($schema))?.[1] ?? '2020-12';
  const { valid, errors } = new Validator(withoutPrototypes(schema) as Schema, draft).validate(withoutPrototypes(value));
  if (valid) return [];
  // The last errors are the specific ones; those before only say that a part is invalid.
  return errors.slice(-2).map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
}

/**
 * For JSON values. Does not use `core/values/own-members.ts`, which is in the session's chunk: no other chunk may import from that, see
 * `src/build/element-plugins.ts`.
 */
function withoutPrototypes(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member) ? Object.assign(Object.create(null) as object, member) : member,
  );
}
