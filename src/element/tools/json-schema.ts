/** Validates against JSON Schema, for tools that have one. Interpreted, because a CSP without `unsafe-eval` forbids compiled validators. */
import { format, type Schema, type SchemaDraft, Validator } from '@cfworker/json-schema';
import type { JsonSchema } from '../../config/page-tools.js';

/** Drafts by the end of `$schema`. */
const DRAFTS: readonly (readonly [RegExp, SchemaDraft])[] = [
  [/draft-04/, '4'],
  [/draft-0?7/, '7'],
  [/2019-09/, '2019-09'],
];

/** Matches what the library's expression matches (`format.js`, `URL_`), whose time may double with each character of a host name. */
const URL_FORMAT =
  /^(?:https?|ftp):\/\/(?:\S+@)?(?:(?!10(?:\.\d{1,3}){3})(?!127(?:\.\d{1,3}){3})(?!169\.254(?:\.\d{1,3}){2})(?!192\.168(?:\.\d{1,3}){2})(?!172\.(?:1[6-9]|2\d|3[0-1])(?:\.\d{1,3}){2})(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}(?:\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4]))|[a-z\u{00a1}-\u{ffff}0-9]+(?:-[a-z\u{00a1}-\u{ffff}0-9]+)*(?:\.[a-z\u{00a1}-\u{ffff}0-9]+(?:-[a-z\u{00a1}-\u{ffff}0-9]+)*)*\.[a-z\u{00a1}-\u{ffff}]{2,})(?::\d{2,5})?(?:\/\S*)?$/iu;
format['url'] = (text: string): boolean => URL_FORMAT.test(text);

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
