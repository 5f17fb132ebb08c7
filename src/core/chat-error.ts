import type { ErrorCode, Problem } from './errors.js';

/** With what the element's promises reject. */
export class CozeChatError extends Error {
  override readonly name = 'CozeChatError';
  readonly code: ErrorCode;
  readonly retryable: boolean;

  constructor({ code, message, retryable }: Problem) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }
}
