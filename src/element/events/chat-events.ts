/**
 * Events of a chat at its page; `panel-events.ts` has those that the element fires without a chat. All bubble and are composed, so that a
 * listener on the document gets the events of every chat. None carries a token.
 */
import type { ChatContext } from '../../config/page-tools.js';
import type { ErrorCode } from '../../core/errors.js';
import type { AnswerEnd, AnswerStart, ChatFeedback, ChatMessage, ChatTask, RequiredAction, ToolCall } from '../../frame/contract.js';
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

/** A message was sent (`user`) or completely received (`assistant`). */
export class CozeMessageEvent extends Event implements ChatMessage {
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

/** The chat shows another of the visitor's conversations, or its first one. */
export class CozeConversationChangeEvent extends Event {
  /** Coze's id of the conversation, for `conversation-id`. */
  readonly conversationId: string;

  constructor(conversationId: string) {
    super('coze-conversation-change', bubblingInit);
    this.conversationId = conversationId;
  }
}

/** Something is about to be sent. `preventDefault()` keeps it from being sent. */
export class CozeBeforeSendEvent extends Event {
  /** What is to be sent; empty for files without words, and for speech. Set it to have something else sent: the visitor sees that, too. */
  text: string;
  /** What the bot is told of where the visitor is: what `context` gave. Set it to have something else told; the visitor does not see it. */
  context: ChatContext;

  constructor(text: string, context: ChatContext = {}) {
    super('coze-before-send', cancelableInit);
    this.text = text;
    this.context = context;
  }
}

/** An answer begins: Coze has taken the question. */
export class CozeAnswerStartEvent extends Event implements AnswerStart {
  readonly conversationId: string;
  readonly chatId: string;

  constructor({ conversationId, chatId }: AnswerStart) {
    super('coze-answer-start', bubblingInit);
    this.conversationId = conversationId;
    this.chatId = chatId;
  }
}

/**
 * Nothing more of an answer comes. Also fired, without a `coze-answer-start` before it and with an empty `chatId`, for a question that Coze has not
 * taken. Not fired when the chat itself goes.
 */
export class CozeAnswerEndEvent extends Event implements AnswerEnd {
  readonly outcome: AnswerEnd['outcome'];
  readonly conversationId: string;
  readonly chatId: string;
  readonly messageId: string;
  readonly firstWordMs: number | undefined;
  readonly durationMs: number;

  constructor({ outcome, conversationId, chatId, messageId, firstWordMs, durationMs }: AnswerEnd) {
    super('coze-answer-end', bubblingInit);
    this.outcome = outcome;
    this.conversationId = conversationId;
    this.chatId = chatId;
    this.messageId = messageId;
    this.firstWordMs = firstWordMs;
    this.durationMs = durationMs;
  }
}

/** A link in the chat is followed. `preventDefault()` leaves it to your page. */
export class CozeLinkEvent extends Event {
  /** Absolute URL that the link leads to: `https:`, `http:`, `mailto:` or `tel:`. */
  readonly url: string;

  constructor(url: string) {
    super('coze-link', cancelableInit);
    this.url = url;
  }
}

/** A picture in the chat is about to be shown large. `preventDefault()` leaves it to your page. */
export class CozeImageEvent extends Event {
  /** Absolute URL of the picture: `https:`, `http:`, or `blob:` for what the visitor has chosen. */
  readonly url: string;

  constructor(url: string) {
    super('coze-image', cancelableInit);
    this.url = url;
  }
}

/** The visitor has ticked something in a list of tasks in an answer, or what was ticked is sent. */
export class CozeTaskEvent extends Event {
  /** All that is ticked now, each list with its `name` and the ticked `values`. */
  readonly tasks: readonly ChatTask[];

  constructor(tasks: readonly ChatTask[]) {
    super('coze-task', bubblingInit);
    this.tasks = tasks;
  }
}

/** The visitor has rated an answer, or taken that back. */
export class CozeFeedbackEvent extends Event implements ChatFeedback {
  readonly conversationId: string;
  readonly messageId: string;
  readonly rating: ChatFeedback['rating'];
  readonly reasons: readonly string[];
  readonly comment: string;

  constructor({ conversationId, messageId, rating, reasons, comment }: ChatFeedback) {
    super('coze-feedback', bubblingInit);
    this.conversationId = conversationId;
    this.messageId = messageId;
    this.rating = rating;
    this.reasons = reasons;
    this.comment = comment;
  }
}

/**
 * The bot wants your page to run something that is not in its `tools`. Without any `tools` the answer ends here: hand the results to Coze by your
 * backend. With them the bot is told that there is no such tool, unless `preventDefault()` leaves it to your backend, which it does where none of the calls
 * that came together is for one of `tools`.
 */
export class CozeActionEvent extends Event implements RequiredAction {
  readonly conversationId: string;
  readonly chatId: string;
  readonly toolCalls: readonly ToolCall[];

  constructor({ conversationId, chatId, toolCalls }: RequiredAction) {
    super('coze-action', cancelableInit);
    this.conversationId = conversationId;
    this.chatId = chatId;
    this.toolCalls = toolCalls;
  }
}

/**
 * A visitor who is signed out wants to sign in. `preventDefault()` leaves it to your page, say to open a dialog: call `reload()` when they are
 * signed in.
 */
export class CozeSignInEvent extends Event {
  /** Absolute URL of where the visitor goes otherwise: `sign-in-url`. */
  readonly url: string;

  constructor(url: string) {
    super('coze-sign-in', cancelableInit);
    this.url = url;
  }
}

/** Answers came while the panel was closed, or were seen. The launcher's badge shows the same number. */
export class CozeUnreadEvent extends Event {
  /** How many answers nobody has seen yet. */
  readonly count: number;

  constructor(count: number) {
    super('coze-unread', bubblingInit);
    this.count = count;
  }
}

/** What {@link CozeTokenEvent} tells. */
export interface TokenEventFields {
  /** Whether it was the chat's first token (`issued`), a later one (`refreshed`), or none came (`failed`). */
  readonly phase: 'issued' | 'refreshed' | 'failed';
  /** Why it was asked for. */
  readonly reason: TokenReason;
  /** Counts the requests since the last success, from 1. */
  readonly attempt: number;
  /** When the token expires, in epoch milliseconds; `undefined` when none came. */
  readonly expiresAt: number | undefined;
  /** When the next request is made, in epoch milliseconds; `undefined` when none is planned. */
  readonly nextRequestAt: number | undefined;
  /** Why none came, as in `coze-error`; `undefined` when one did. */
  readonly code: ErrorCode | undefined;
}

/** A token was `issued`, `refreshed`, or could not be had: `failed`, then with a `code`. */
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

/**
 * The former visitor's chat is gone: an attribute said so (`configured`), the token endpoint (`detected`) or `signOut()` (`signed-out`). The next
 * one's, if any, is on its way.
 */
export class CozeIdentityChangeEvent extends Event {
  /** What said so. */
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
    'coze-conversation-change': CozeConversationChangeEvent;
    'coze-before-send': CozeBeforeSendEvent;
    'coze-answer-start': CozeAnswerStartEvent;
    'coze-answer-end': CozeAnswerEndEvent;
    'coze-link': CozeLinkEvent;
    'coze-image': CozeImageEvent;
    'coze-task': CozeTaskEvent;
    'coze-feedback': CozeFeedbackEvent;
    'coze-action': CozeActionEvent;
    'coze-sign-in': CozeSignInEvent;
    'coze-unread': CozeUnreadEvent;
    'coze-token': CozeTokenEvent;
    'coze-identity-change': CozeIdentityChangeEvent;
  }
}
