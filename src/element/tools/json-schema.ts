/** JSON Schema for the tools that have one. Interpreted: nothing is compiled, which a policy without `unsafe-eval` would refuse. */
import { type Schema, type SchemaDraft, Validator } from '@cfworker/json-schema';
import type { JsonSchema } from '../../config/page-tools.js';

/** By what `$schema` ends with. */
const DRAFTS: readonly (readonly [RegExp, SchemaDraft])[] = [
  [/draft-04/, '4'],
  [/draft-0?7/, '7'],
  [/2019-09/, '2019-09'],
];

/** What is wrong with `value`, in words. Neither of the two is changed, nor taken for having what `Object.prototype` has. */
export function findIssues(value: unknown, schema: JsonSchema): readonly string[] {
  const { $schema } = schema;
  const draft = DRAFTS.find(([pattern]) => typeof $schema === 'string' && pattern.test($schema))?.[1] ?? '2020-12';
  const { valid, errors } = new Validator(withoutPrototypes(schema) as Schema, draft).validate(withoutPrototypes(value));
  if (valid) return [];
  // The last says most: those before it only that something in it is wrong.
  return errors.slice(-2).map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
}

/** Of what is JSON. Not by `core/values/own-members.ts`, which the session's code has: nothing imports from that, see `src/build/element-plugins.ts`. */
function withoutPrototypes(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member) ? Object.assign(Object.create(null) as object, member) : member,
  );
}
