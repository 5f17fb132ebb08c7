/** The problem of an invalid or missing attribute. */
import type { Problem } from '../core/errors.js';

/** `sentence` begins with the attribute and has no full stop. */
export function invalidConfiguration(sentence: string): Problem {
  return { code: 'invalid_configuration', message: `<coze-chat>: ${sentence}.`, retryable: false };
}
