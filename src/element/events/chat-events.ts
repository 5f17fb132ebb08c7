/**
 * What a chat tells its page; `element/shell-events.ts` has what the element tells without one. All bubble and are composed, so that
 * a listener on the document hears every chat of a page. None carries a token.
 */
import type { ErrorCode } from '../../core/errors.js';
import type { ChatMessage, ChatTask, RequiredAction, ToolCall } from '../../frame/contract.js';
import type { IdentityChangeCause } from '../../session/session-state.js';
import type { TokenReason } from '../../token/protocol.js';

const bubblingInit: EventInit = { bubbles: true, composed: true };
const cancelableInit: EventInit = { ...bubblingInit, cancelable: true };

/** The chat can be used. */
export class CozeReadyEvent extends Event {
  constructor() {
    super('coze-ready', bubblingInit);
  }
}

/** A message was sent or completely received. `text` is empty for pictures and files. */
export class CozeMessageEvent extends Event {
  readonly role: ChatMessage['role'];
  readonly text: string;
  readonly id: string;

  constructor({ role, text, id }: ChatMessage) {
    super('coze-message', bubblingInit);
    this.role = role;
    this.text = text;
    this.id = id;
  }
}

/** The visitor is about to send something; `preventDefault()` keeps it from being sent. */
export class CozeBeforeSendEvent extends Event {
  /** Empty for pictures, files and speech. */
  readonly text: string;

  constructor(text: string) {
    super('coze-before-send', cancelableInit);
    this.text = text;
  }
}

/** A link in the chat is followed; `preventDefault()` leaves it to the page to show what it leads to. */
export class CozeLinkEvent extends Event {
  readonly url: string;

  constructor(url: string) {
    super('coze-link', cancelableInit);
    this.url = url;
  }
}

/** A picture in the chat is about to be shown large; `preventDefault()` leaves that to the page. */
export class CozeImageEvent extends Event {
  readonly url: string;

  constructor(url: string) {
    super('coze-image', cancelableInit);
    this.url = url;
  }
}

/** The visitor has ticked something in a list of tasks in an answer, or what was ticked is sent. */
export class CozeTaskEvent extends Event {
  /** All that is ticked now. */
  readonly tasks: readonly ChatTask[];

  constructor(tasks: readonly ChatTask[]) {
    super('coze-task', bubblingInit);
    this.tasks = tasks;
  }
}

/** The bot wants the page to run something; its answer ends here. What comes of it is for your backend to tell Coze. */
export class CozeActionEvent extends Event implements RequiredAction {
  readonly conversationId: string;
  readonly chatId: string;
  readonly toolCalls: readonly ToolCall[];

  constructor({ conversationId, chatId, toolCalls }: RequiredAction) {
    super('coze-action', bubblingInit);
    this.conversationId = conversationId;
    this.chatId = chatId;
    this.toolCalls = toolCalls;
  }
}

/** A visitor who is signed out wants to sign in; `preventDefault()` leaves it to the page, say to open a dialog. */
export class CozeSignInEvent extends Event {
  /** Absolute; where the visitor goes otherwise. */
  readonly url: string;

  constructor(url: string) {
    super('coze-sign-in', cancelableInit);
    this.url = url;
  }
}

/** Answers have come while the panel is closed, or have been seen. */
export class CozeUnreadEvent extends Event {
  /** How many nobody has seen yet. */
  readonly count: number;

  constructor(count: number) {
    super('coze-unread', bubblingInit);
    this.count = count;
  }
}

export interface TokenEventFields {
  readonly phase: 'issued' | 'refreshed' | 'failed';
  readonly reason: TokenReason;
  /** Counts the requests since the last success, from 1. */
  readonly attempt: number;
  /** Epoch milliseconds; `undefined` when no token came. */
  readonly expiresAt: number | undefined;
  /** Epoch milliseconds of the next request, if one is planned. */
  readonly nextRequestAt: number | undefined;
  /** Why none came. */
  readonly code: ErrorCode | undefined;
}

/** An access token was issued, refreshed, or could not be had. */
export class CozeTokenEvent extends Event implements TokenEventFields {
  readonly phase: TokenEventFields['phase'];
  readonly reason: TokenReason;
  readonly attempt: number;
  readonly expiresAt: number | undefined;
  readonly nextRequestAt: number | undefined;
  readonly code: ErrorCode | undefined;

  constructor({ phase, reason, attempt, expiresAt, nextRequestAt, code }: TokenEventFields) {
    super('coze-token', bubblingInit);
    this.phase = phase;
    this.reason = reason;
    this.attempt = attempt;
    this.expiresAt = expiresAt;
    this.nextRequestAt = nextRequestAt;
    this.code = code;
  }
}

/** The chat of the former visitor is gone; the next one's, if any, is on its way. */
export class CozeIdentityChangeEvent extends Event {
  readonly cause: IdentityChangeCause;

  constructor(cause: IdentityChangeCause) {
    super('coze-identity-change', bubblingInit);
    this.cause = cause;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'coze-ready': CozeReadyEvent;
    'coze-message': CozeMessageEvent;
    'coze-before-send': CozeBeforeSendEvent;
    'coze-link': CozeLinkEvent;
    'coze-image': CozeImageEvent;
    'coze-task': CozeTaskEvent;
    'coze-action': CozeActionEvent;
    'coze-sign-in': CozeSignInEvent;
    'coze-unread': CozeUnreadEvent;
    'coze-token': CozeTokenEvent;
    'coze-identity-change': CozeIdentityChangeEvent;
  }
}
