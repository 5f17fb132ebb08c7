/** What is said of a wrong or missing attribute, wherever it is noticed. */
import type { Problem } from '../core/errors.js';

/** `sentence` begins with the attribute and has no full stop. */
export function invalidConfiguration(sentence: string): Problem {
  return { code: 'invalid_configuration', message: `<coze-chat>: ${sentence}.`, retryable: false };
}
