/** Reads objects of the upstream: only the members that a schema knows. */
import type { z } from 'zod';
import { ownMembers } from '../../../core/values/own-members.js';
import { parseJson } from '../../../core/values/parse-json.js';

/** Empty unless `text` is a JSON object or array. */
export function parseObject(text: string): object {
  const json = parseJson(text);
  return json.ok && typeof json.value === 'object' && json.value !== null ? json.value : ownMembers({});
}

/** Empty if `value` does not match `schema`. */
export function pickFields(schema: z.ZodType<Record<string, unknown>>, value: object): Readonly<Record<string, unknown>> {
  const result = schema.safeParse(value);
  return result.success ? ownMembers(result.data) : {};
}
