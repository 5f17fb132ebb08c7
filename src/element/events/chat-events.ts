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

/** A message was sent (`user`) or received completely (`assistant`). */
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

/** The chat shows its first conversation, or another one. */
export class CozeConversationChangeEvent extends Event {
  /** Coze's id of the conversation, for `conversation-id`. */
  readonly conversationId: string;

  constructor(conversationId: string) {
    super('coze-conversation-change', bubblingInit);
    this.conversationId = conversationId;
  }
}

/** A message is about to be sent. `preventDefault()` stops it. */
export class CozeBeforeSendEvent extends Event {
  /** The text to send. Empty for files without text, and for speech. Set it to send another text; the visitor sees the change. */
  text: string;
  /** What `context` returned: where the visitor is. Set it to tell the bot something else; the visitor does not see it. */
  context: ChatContext;

  constructor(text: string, context: ChatContext = {}) {
    super('coze-before-send', cancelableInit);
    this.text = text;
    this.context = context;
  }
}

/** An answer begins: Coze has accepted the question. */
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
 * An answer has ended. Also fired for a question that Coze has not accepted, without a `coze-answer-start` and with an empty `chatId`. Not fired when
 * the chat itself is removed.
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

/** The visitor follows a link in the chat. `preventDefault()` leaves it to your page. */
export class CozeLinkEvent extends Event {
  /** Absolute URL of the link: `https:`, `http:`, `mailto:` or `tel:`. */
  readonly url: string;

  constructor(url: string) {
    super('coze-link', cancelableInit);
    this.url = url;
  }
}

/** A picture in the chat is about to open in the viewer. `preventDefault()` leaves it to your page. */
export class CozeImageEvent extends Event {
  /** Absolute URL of the picture: `https:`, `http:`, or `blob:` for a file that the visitor has chosen. */
  readonly url: string;

  constructor(url: string) {
    super('coze-image', cancelableInit);
    this.url = url;
  }
}

/** The visitor has ticked something in a task list of an answer, or sent what was ticked. */
export class CozeTaskEvent extends Event {
  /** Everything that is ticked now: each list with its `name` and the ticked `values`. */
  readonly tasks: readonly ChatTask[];

  constructor(tasks: readonly ChatTask[]) {
    super('coze-task', bubblingInit);
    this.tasks = tasks;
  }
}

/** The visitor has rated an answer, or withdrawn the rating. */
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
 * The bot calls a function that is not in `tools`. Without any `tools` the answer ends here: your backend sends the results to Coze. With `tools` the
 * bot is told that there is no such function, unless `preventDefault()` leaves the call to your backend. That is possible only if none of the calls
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
 * A signed-out visitor wants to sign in. `preventDefault()` leaves it to your page, for example to open a dialog. Call `reload()` when they are
 * signed in.
 */
export class CozeSignInEvent extends Event {
  /** Absolute URL that the visitor goes to otherwise: `sign-in-url`. */
  readonly url: string;

  constructor(url: string) {
    super('coze-sign-in', cancelableInit);
    this.url = url;
  }
}

/**
 * The number of unread answers has changed: answers arrived while the panel was closed, or the visitor has seen them. The launcher's badge shows the
 * same number.
 */
export class CozeUnreadEvent extends Event {
  /** Number of unread answers. */
  readonly count: number;

  constructor(count: number) {
    super('coze-unread', bubblingInit);
    this.count = count;
  }
}

/** What {@link CozeTokenEvent} tells. */
export interface TokenEventFields {
  /** Whether it was the chat's first token (`issued`), a later one (`refreshed`), or the request failed (`failed`). */
  readonly phase: 'issued' | 'refreshed' | 'failed';
  /** Why the token was requested. */
  readonly reason: TokenReason;
  /** Number of requests since the last success, starting at 1. */
  readonly attempt: number;
  /** When the token expires, in epoch milliseconds. `undefined` if there is no token. */
  readonly expiresAt: number | undefined;
  /** When the next request is made, in epoch milliseconds. `undefined` if none is planned. */
  readonly nextRequestAt: number | undefined;
  /** Why there is no token, as in `coze-error`. `undefined` if there is one. */
  readonly code: ErrorCode | undefined;
}

/** A token was `issued` or `refreshed`, or the request `failed`; then there is a `code`. */
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
 * The previous visitor's chat was removed, because of an attribute (`configured`), the token endpoint (`detected`) or `signOut()` (`signed-out`). If
 * there is a next visitor, their chat is starting.
 */
export class CozeIdentityChangeEvent extends Event {
  /** What caused the change. */
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
