import type { ErrorCode, Problem } from './errors.js';

/** What `sendMessage()` and `clearConversation()` reject with. */
export class CozeChatError extends Error {
  override readonly name = 'CozeChatError';
  /** One of the error codes. */
  readonly code: ErrorCode;
  /** Whether trying again may help without a change by the host. */
  readonly retryable: boolean;

  constructor({ code, message, retryable }: Problem) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }
}
