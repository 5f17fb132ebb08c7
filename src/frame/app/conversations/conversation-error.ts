/** Why a conversation could not be listed, opened or changed. */
import { ErrorCode, type Problem } from '../../../core/errors.js';
import { getErrorCode } from '../errors/api-error-code.js';

/** Thrown in this folder; what leaves it is the problem. */
export class ConversationError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }

  get isUnavailable(): boolean {
    return this.problem.code === ErrorCode.ConversationUnavailable;
  }
}

/** Of an id that is none, or not this visitor's (https://www.coze.cn/open/docs/developer_guides/coze_error_codes). */
const UNAVAILABLE: readonly (number | undefined)[] = [4000, 4002, 4200];
const NO_PERMISSION = 4101;

/** What a request needs of the OAuth app, by the names of Coze's console. */
export type Permission = 'listConversation' | 'createConversation' | 'editConversation' | 'listMessage';

/** `error` as the API client throws it; a missing permission has been answered twice, with two tokens. */
export function toConversationError(error: unknown, permission: Permission, isAboutOne: boolean): ConversationError {
  if (error instanceof ConversationError) return error;
  const code = getErrorCode(error);
  if (code === NO_PERMISSION) return new MissingPermissionError(permission);
  if (isAboutOne && UNAVAILABLE.includes(code)) return conversationUnavailable();
  const message = `Coze did not answer as it should (${permission}${code === undefined ? '' : `, code ${code}`}).`;
  return new ConversationError({ code: ErrorCode.ChatFailed, message, retryable: true });
}

/** What was not granted will be refused again. */
export class MissingPermissionError extends ConversationError {
  readonly permission: Permission;

  constructor(permission: Permission) {
    const message = `The OAuth app lacks the permission ${permission} (code ${NO_PERMISSION}).`;
    super({ code: ErrorCode.ChatFailed, message, retryable: false });
    this.permission = permission;
  }
}

export function conversationUnavailable(): ConversationError {
  const message = 'There is no such conversation, or it is not this visitor’s.';
  return new ConversationError({ code: ErrorCode.ConversationUnavailable, message, retryable: false });
}

export function notPossible(message: string): ConversationError {
  return new ConversationError({ code: ErrorCode.ChatFailed, message, retryable: false });
}

/** Another conversation was chosen before this one came. */
export function overtaken(): ConversationError {
  return new ConversationError({ code: ErrorCode.Interrupted, message: 'Another conversation was opened meanwhile.', retryable: true });
}
