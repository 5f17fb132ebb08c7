import type { Problem } from './errors.js';

/** The problem for an unexpected exception, which names only its class: its message may hold what must not be logged. Retrying may help. */
export function unexpectedProblem(cause: unknown): Problem {
  const name = String((cause as { readonly name?: unknown } | null | undefined)?.name);
  return { code: 'chat_failed', message: `The chat cannot go on: ${/^\w{1,40}$/.exec(name)} was thrown.`, retryable: true };
}
