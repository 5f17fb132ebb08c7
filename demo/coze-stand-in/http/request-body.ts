import type { Context } from 'hono';
import type { z } from 'zod';
import { parseJson } from '../json.js';
import type { StandInEnv } from '../state.js';
import { apiErrors } from './api-error.js';

/** Parses the JSON body with `schema`; a missing body or `null` counts as `{}`. Unknown fields are ignored, as Coze does. */
export async function readJson<Schema extends z.ZodType>(c: Context<StandInEnv>, schema: Schema): Promise<z.infer<Schema>> {
  return check(schema, readValue(await c.req.text()));
}

export function readQuery<Schema extends z.ZodType>(c: Context<StandInEnv>, schema: Schema): z.infer<Schema> {
  return check(schema, c.req.query());
}

function readValue(text: string): unknown {
  if (text === '') return {};
  const value = parseJson(text);
  if (value === undefined) throw apiErrors.badParameter('the body is not JSON');
  return value ?? {};
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw apiErrors.badParameter(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}
