/**
 * The contract between the page and the chat frame: plain values and functions, passed in memory. None of them is ever put into an attribute, a
 * URL or a message, which another window could read.
 */
import type { ChatOptions } from '../config/chat-options.js';
import type { ChatTarget } from '../config/chat-target.js';
import type { Problem } from '../core/errors.js';
import type { Language } from '../locales/language.js';
import type { ChatStrings } from '../locales/translations/en.js';
import type { RunConversationCommand } from './conversation-commands.js';

/** Settings of a frame. They cannot change in it: a change creates a new frame. */
export interface FrameSettings {
  readonly target: ChatTarget;
  readonly connectorId: string;
  /** Has no trailing slash, because the SDK appends paths to it as they are. */
  readonly apiBaseUrl: string;
  readonly user: { readonly id: string; readonly name: string; readonly avatar: string };
  readonly locale: Language;
  /** Hosts whose pictures load without a click, as sources of a content security policy. */
  readonly pictureSources: readonly string[];
  /** The strings for visitors. The page loads them, because the frame's script contains no language. Never rejects. */
  readonly strings: Promise<ChatStrings>;
  /** Id of the conversation to open, if it is this visitor's. Otherwise, and for `''`, the chat opens their newest. */
  readonly conversationId: string;
  /** The options at the start; {@link ChatApi.configure} changes them later. */
  readonly options: ChatOptions;
}

/** The functions that the page offers to the frame. Promises never reject. */
export interface HostApi {
  /** Whether the frame may send a last request while it goes away: not after a sign-out or a change of visitor. */
  mayStillSend(): boolean;
  /** A valid access token, or `''`. */
  getAccessToken(): Promise<string>;
  /**
   * Whether a request may be sent for this visitor: the backend has recently confirmed that they are still the one at the screen. If not, asks the
   * backend, for at most 2.5 s.
   */
  confirmVisitor(): Promise<boolean>;
  /** Called when the frame's window gets or loses the focus. */
  onFocus(hasFocus: boolean): void;
  /** A token other than the refused one, or `''` within 2.5 s. */
  refreshAccessToken(rejected: string): Promise<string>;
  /**
   * Returns the prefetched response to exactly this request, once. If this is `undefined`, or resolves with it, the frame must send the request
   * itself.
   */
  readonly takeResponse?: ((method: string, url: string, body: unknown) => Promise<Response | undefined> | undefined) | undefined;
  /** Whether this visitor has been here before, as far as their browser knows. Never rejects. */
  readonly isReturning?: Promise<boolean> | undefined;
  onReady(controls: ChatApi): void;
  onFailed(problem: Problem): void;
  /** Returns `false` if a host listener called `preventDefault()`. */
  onEvent(event: ChatEvent): boolean;
  /** Called before a message is sent. `undefined` if the page prevents it. `text` is empty for files without a text, and for speech. */
  prepareMessage(text: string): Promise<PreparedMessage | undefined>;
  /**
   * Runs the tools that the bot calls. Returns an empty list if the page's backend submits the results instead; `undefined` if the page has no tools
   * or the turn no longer waits.
   */
  runTools(action: RequiredAction, turn: ToolTurn): Promise<readonly ToolOutput[] | undefined>;
  /** Returns the visitor's draft from the previous document: the frame may have been created again, or moved in its page. */
  draft(): Draft;
  /** Called at once when the draft changes, because a frame may be removed without notice. */
  onDraft(draft: Draft): void;
}

/** Everything that a visitor has written and the API does not have yet, as far as the frame knows. */
export interface Draft {
  /** Content of the text field; `undefined` while the visitor has written nothing, so that a default text may be shown. */
  readonly text: string | undefined;
  /** A message that was sent, but which the API has not confirmed; `text` begins with its text. */
  readonly unsent: UnsentMessage | undefined;
  /** The files to send with `text`; those of `unsent`, if any, come first. */
  readonly files?: readonly DraftFile[];
  /** Whether the text field has the focus, so that a new document can restore it. */
  readonly hasFocus: boolean;
  /** Drafts in conversations that are not open, by the conversation's id. */
  readonly otherDrafts?: Readonly<Record<string, OtherDraft>>;
  /** What the visitor quotes with the next message, here and in other conversations. */
  readonly quotes?: PendingQuotes | undefined;
  /** Ids of the chats (turns) whose answers the visitor has stopped, oldest first. The API's history does not contain this. */
  readonly stopped?: readonly string[];
}

/** A file of a message that has not been sent. */
export interface DraftFile {
  readonly file: File;
  /** The API's id of the file; empty until it has been uploaded. */
  readonly fileId: string;
}

export interface OtherDraft {
  readonly text: string;
  readonly files: readonly DraftFile[];
}

export interface PendingQuotes {
  /** The quote in the conversation that is shown; empty if there is none. */
  readonly here: string;
  /** The quotes in other conversations, by conversation id. */
  readonly elsewhere: Readonly<Record<string, string>>;
}

export interface UnsentMessage {
  readonly text: string;
  readonly files: readonly DraftFile[];
  /** Id of the newest chat (turn) before it, or `''`: a later question with the same content is this message. */
  readonly afterChatId: string;
}

/** The functions that a ready chat offers to the page. Those that return a promise wait until no answer is running. Promises never reject. */
export interface ChatApi {
  /** Sends a text as if the visitor had sent it. Resolves when the answer has ended. */
  send(text: string): Promise<SendOutcome>;
  /** Appends a text to the text field, after the visitor's draft. */
  compose(text: string): void;
  /** Stops the running answer at once, and keeps the received part. Returns whether an answer was running. */
  stop(): boolean;
  /** Begins a new, empty conversation. Resolves with whether it succeeded. */
  clear(): Promise<boolean>;
  /** Loads the code for conversations when needed. Commands that change the conversation on the screen wait until no answer is running. */
  readonly conversations: RunConversationCommand;
  /** Replaces the options. Messages and draft stay. */
  configure(options: ChatOptions): void;
}

/** An event in a chat, sent from the frame to the page. */
export type ChatEvent =
  /** A message was sent or completely received. */
  | { readonly type: 'message'; readonly message: ChatMessage }
  /** A reply was not received, or is incomplete. The visitor has been told; the chat continues. */
  | { readonly type: 'reply-failed'; readonly problem: Problem }
  /** The API has opened a chat (turn) for a question. */
  | { readonly type: 'answer-started'; readonly answer: AnswerStart }
  /** An answer has ended, or its question was not accepted. */
  | { readonly type: 'answer-ended'; readonly answer: AnswerEnd }
  /** The code that formats answers could not be loaded; their Markdown source is shown. */
  | { readonly type: 'formatting-failed'; readonly problem: Problem }
  /** The chat shows its first conversation, or another one. `isNewest`: without a `conversationId`, the chat would open it, too. */
  | { readonly type: 'conversation'; readonly id: string; readonly isNewest: boolean }
  /** The visitor's list of conversations is shown or hidden. `returnsFocus`: it was hidden without a choice. */
  | { readonly type: 'conversation-list'; readonly isShown: boolean; readonly returnsFocus: boolean }
  /** A feature other than messages failed; the chat continues. */
  | { readonly type: 'feature-failed'; readonly problem: Problem }
  /** Escape was pressed, and nothing in the frame handled it. */
  | { readonly type: 'escape' }
  /** A link was followed. The URL is absolute: `https`, `http`, `mailto` or `tel`. */
  | { readonly type: 'link'; readonly url: string }
  /** A picture was clicked, which opens it. The URL is absolute: `https`, `http`, or a `blob` of the visitor's own file. */
  | { readonly type: 'image'; readonly url: string }
  /** The choices made in the answers' lists of tasks. */
  | { readonly type: 'tasks'; readonly tasks: readonly ChatTask[] }
  /** The visitor has rated an answer, or withdrawn the rating. */
  | { readonly type: 'feedback'; readonly feedback: ChatFeedback }
  /** The bot requires an action, and the page's tools have not run it. */
  | ({ readonly type: 'action' } & RequiredAction);

/** Which answer begins. */
export interface AnswerStart {
  /** Coze's id of the conversation. */
  readonly conversationId: string;
  /** Coze's id of the chat (turn). */
  readonly chatId: string;
}

/** How an answer ended. */
export interface AnswerEnd extends AnswerStart {
  /** `complete`; `stopped` by the visitor or the page; or `failed`: interrupted, or never received. */
  readonly outcome: 'complete' | 'stopped' | 'failed';
  /** Coze's id of the first message of the answer. `''` if nothing was received. */
  readonly messageId: string;
  /** Milliseconds from the question to the first word. `undefined` if no word was received. */
  readonly firstWordMs: number | undefined;
  /** Milliseconds from the question to the end. */
  readonly durationMs: number;
}

/** What a visitor thinks of an answer. */
export interface ChatFeedback {
  /** Coze's id of the conversation. */
  readonly conversationId: string;
  /** Coze's id of the answer. */
  readonly messageId: string;
  /** `none`: the earlier rating is withdrawn. */
  readonly rating: 'like' | 'dislike' | 'none';
  /** The reasons from `chatOptions.feedback.reasons` that the visitor has chosen. */
  readonly reasons: readonly string[];
  /** The visitor's own text, or empty. */
  readonly comment: string;
}

/** A list of choices in an answer, and what is ticked in it. */
export interface ChatTask {
  /** The list's name, as the bot wrote it. */
  readonly name: string;
  /** What is ticked. */
  readonly values: readonly string[];
}

/** What the bot wants run, and for whom: https://www.coze.cn/open/docs/developer_guides/chat_v3, `required_action`. */
export interface RequiredAction {
  /** Coze's id of the conversation. */
  readonly conversationId: string;
  /** Coze's id of the chat (turn) that waits for the results. */
  readonly chatId: string;
  /** The calls to run, each with `id`, `name` and `arguments`. */
  readonly toolCalls: readonly ToolCall[];
}

/** A function that the bot calls. */
export interface ToolCall {
  /** Coze's id of the call, to be sent back with its result. */
  readonly id: string;
  /** The function's name, as it is set up at Coze. */
  readonly name: string;
  /** JSON, as the bot wrote it. */
  readonly arguments: string;
}

/** A message as it is sent, after the page's listeners may have changed it. */
export interface PreparedMessage {
  readonly text: string;
  /** The page's context of the visitor, sent only to the bot. */
  readonly context: Readonly<Record<string, string>>;
  /** Whether the page has tools that the bot may call. */
  readonly hasTools: boolean;
}

/** The result of a tool call, for the bot. */
export interface ToolOutput {
  /** Coze's id of the call. */
  readonly id: string;
  readonly output: string;
}

/** The question to the visitor before a tool runs. */
export interface ToolQuestion {
  /** The tool's name. */
  readonly name: string;
  /** The page's own question; empty if it has none. */
  readonly sentence: string;
  /** The arguments of the call. */
  readonly details: readonly ToolDetail[];
}

export interface ToolDetail {
  readonly name: string;
  readonly value: string;
}

/** The turn that waits for the results of a {@link RequiredAction}, on the frame's side. */
export interface ToolTurn {
  /** Aborts when the turn no longer waits for the results. Does not abort when the frame is removed, because its code stops then. */
  readonly signal: AbortSignal;
  /** Asks the visitor. Never resolves once `signal` has aborted. */
  confirm(question: ToolQuestion): Promise<boolean>;
  /** Called when a tool begins to run. */
  onRun(name: string): void;
}

/** A message of a conversation, complete. */
export interface ChatMessage {
  /** Who wrote it: the visitor (`user`) or the bot (`assistant`). */
  readonly role: 'user' | 'assistant';
  /** Markdown as the bot wrote it, or the visitor's text. Empty for files without text. */
  readonly text: string;
  /** Coze's id of the message. The API gives no id for a visitor's message; then it is the id of the chat (turn) that the message started. */
  readonly id: string;
}

/**
 * The complete answer, or the reason why there is none: it was not received or is incomplete; it was stopped; or the message was not sent, such as
 * because the page prevented it.
 */
export type SendOutcome = ChatMessage | 'unanswered' | 'stopped' | 'not-sent';

/** The function that the frame's script offers once it runs: starts a chat. */
export type MountFunction = (settings: FrameSettings, host: HostApi) => void;

/**
 * Fired by the frame's script on its own `<iframe>`, once for each document. Fired again after the iframe was moved in its page, because browsers
 * then load the document again. Does not bubble, and does not cross the shadow root.
 */
export const FRAME_BOOT_EVENT = 'coze-frame-boot';
export type FrameBootEvent = CustomEvent<{ readonly mount: MountFunction }>;

/** `rel` of the links in the frame's document to chunks that are loaded later. Browsers do not know this value, and load nothing. */
export const FRAME_CHUNK_REL = 'coze-chunk';
/** Attribute of such a link with the chunk's name. */
export const FRAME_CHUNK_ATTRIBUTE = 'data-chunk';

/** The element of the frame's document into which the chat is rendered. */
export const FRAME_ROOT_ID = 'chat';
