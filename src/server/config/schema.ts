/** What the schemas of options have in common. */
import { z } from 'zod';
import type { Result } from '../../core/result.js';

export const requiredTextSchema = z.string().min(1);

export function callbackSchema<T>() {
  return z.custom<T>((value) => typeof value === 'function', 'must be a function');
}

/** Own properties only: a polluted `Object.prototype` must not be able to switch anything on or off. */
export function ownOptions<T extends object>(options: T): T {
  return Object.assign(Object.create(null) as T, options);
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
