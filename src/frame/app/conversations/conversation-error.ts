/** Errors of listing, opening or changing a conversation. */
import { ErrorCode, type Problem } from '../../../core/errors.js';
import { errorStringKey } from '../errors/error-texts.js';
import { isPermissionMissing, toPermissionProblem } from '../errors/problem.js';

/** Thrown only inside this folder. Callers from other folders get its problem. */
export class ConversationError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }

  get isUnavailable(): boolean {
    return this.problem.code === ErrorCode.ConversationUnavailable;
  }

  /** Whether the same request may work after a pause. */
  get isBusy(): boolean {
    return this.problem.code === ErrorCode.RateLimited;
  }
}

/** Codes for an id that is invalid or not this visitor's (https://www.coze.cn/open/docs/developer_guides/coze_error_codes). */
const UNAVAILABLE: readonly number[] = [4000, 4002, 4200];

const TOO_MANY_REQUESTS = 429;

/** Permission of the OAuth app that a request needs, by its name in Coze's console. */
export type Permission = 'listConversation' | 'createConversation' | 'editConversation' | 'listMessage';

/** `code`: the API's code, or an HTTP status; `-1` if there is no response. `namesConversation`: whether the request named one conversation. */
export function toConversationError(code: number, permission: Permission, namesConversation: boolean): ConversationError {
  if (isPermissionMissing(code)) return new MissingPermissionError(permission, code);
  if (namesConversation && UNAVAILABLE.includes(code)) return conversationUnavailableError();
  if (code === TOO_MANY_REQUESTS || errorStringKey(code) === 'errorBusy') {
    const message = `Coze has too many requests to answer (${permission}, code ${code}).`;
    return new ConversationError({ code: ErrorCode.RateLimited, message, retryable: true });
  }
  const message = `Coze did not answer as it should (${permission}${code > 0 ? `, code ${code}` : ''}).`;
  return new ConversationError({ code: ErrorCode.ChatFailed, message, retryable: true });
}

/** A retry fails as long as the permission is missing. */
export class MissingPermissionError extends ConversationError {
  readonly permission: Permission;

  constructor(permission: Permission, code: number) {
    super(toPermissionProblem(permission, code));
    this.permission = permission;
  }
}

export function conversationUnavailableError(): ConversationError {
  const message = 'There is no such conversation, or it is not this visitor’s.';
  return new ConversationError({ code: ErrorCode.ConversationUnavailable, message, retryable: false });
}

/** The error when nothing confirms that the visitor at the screen is still the same. */
export function visitorUnconfirmedError(): ConversationError {
  const message = 'The chat is gone, or its visitor could not be confirmed.';
  return new ConversationError({ code: ErrorCode.Interrupted, message, retryable: true });
}

export function notPossibleError(message: string): ConversationError {
  return new ConversationError({ code: ErrorCode.ChatFailed, message, retryable: false });
}

/** The error when another conversation is chosen before this one is loaded. */
export function supersededChoiceError(): ConversationError {
  return new ConversationError({ code: ErrorCode.Interrupted, message: 'Another conversation was opened meanwhile.', retryable: true });
}
