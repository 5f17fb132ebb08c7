import * as z from 'zod/mini';

/** Reports what is wrong with the value that a schema is looking at. The result is what a transform returns then. */
export function addIssue(context: { issues: unknown[]; value: unknown }, message: string): never {
  context.issues.push({ code: 'custom', message, input: context.value });
  return z.NEVER;
}
