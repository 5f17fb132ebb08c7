/** Shared by the schemas of options. */
import { z } from 'zod';
import type { Result } from '../../core/result.js';
import { ownMembers } from '../../core/values/own-members.js';

export const requiredTextSchema = z.string().min(1);

export function callbackSchema<T>() {
  return z.custom<T>((value) => typeof value === 'function', 'must be a function');
}

/** Parses own properties only, and returns a value without prototypes: a polluted `Object.prototype` must not change an option. */
export function safeParseOwn<T extends z.ZodType>(schema: T, value: unknown): z.ZodSafeParseResult<z.output<T>> {
  try {
    const result = schema.safeParse(ownMembers(value));
    return result.success ? { ...result, data: ownMembers(result.data) } : result;
  } catch (error) {
    // The value is nested so deep that the stack overflows.
    if (error instanceof RangeError) return { success: false, error: new z.ZodError([]) as z.ZodError<z.output<T>> };
    throw error;
  }
}

/** Parses a text with the given function, whose error becomes the issue's message. */
export function parsedTextSchema<T>(parse: (text: string) => Result<T, string>) {
  return z.string().transform((text, context) => {
    const result = parse(text);
    if (result.ok) return result.value;
    context.addIssue({ code: 'custom', message: result.error });
    return z.NEVER;
  });
}
