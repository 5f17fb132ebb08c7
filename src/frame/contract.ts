/**
 * What the page and the chat frame say to each other: plain values and functions, handed over in memory. Nothing of it is
 * ever an attribute, a URL or a message that another window could read.
 */
import type { ChatOptions } from '../config/chat-options.js';
import type { ChatTarget } from '../config/chat-target.js';
import type { Problem } from '../core/errors.js';
import type { Language } from '../locales/language.js';
import type { ChatStrings } from '../locales/translations/en.js';
import type { RunConversationCommand } from './conversation-commands.js';

/** Fixed for the life of a frame; a change builds a new one. */
export interface FrameSettings {
  readonly target: ChatTarget;
  readonly connectorId: string;
  /** Without a slash at its end: the SDK puts paths behind it as they are. */
  readonly apiBaseUrl: string;
  readonly user: { readonly id: string; readonly name: string; readonly avatar: string };
  readonly locale: Language;
  /** Whose pictures load by themselves, as sources of a content security policy. */
  readonly pictureSources: readonly string[];
  /** What a visitor reads, by the page: the frame's own script has no language. Never rejects. */
  readonly strings: Promise<ChatStrings>;
  /** Where the chat begins, if that is a conversation of this visitor; else, and where it is empty, with their newest. */
  readonly conversationId: string;
  /** As they are at the start: see {@link ChatApi.configure}. */
  readonly options: ChatOptions;
}

/** What the frame may ask of the page. Promises never reject. */
export interface HostApi {
  /** A valid access token, or `''`. */
  getAccessToken(): Promise<string>;
  /** Whether the backend has confirmed lately whose chat this is, so that a message may go out. Asks for it where it has not; within 2.5 s. */
  confirmVisitor(): Promise<boolean>;
  /** The frame's window has got the focus, or lost it. */
  onFocus(hasFocus: boolean): void;
  /** A token other than the refused one, or `''` within 2.5 s. */
  refreshAccessToken(rejected: string): Promise<string>;
  /** What the API has said to just this request, which was sent ahead of the frame's code; `undefined`, at once or in the end: ask. Once for each. */
  readonly takeResponse?: ((method: string, url: string, body: unknown) => Promise<Response | undefined> | undefined) | undefined;
  /** Whether this visitor has been here before, as far as their browser knows. Never rejects. */
  readonly isReturning?: Promise<boolean> | undefined;
  onReady(controls: ChatApi): void;
  onFailed(problem: Problem): void;
  /** Returns `false` if a host listener called `preventDefault()`. */
  onEvent(event: ChatEvent): boolean;
  /** Something is about to be sent. `undefined`: the page would not have it sent. `text` is empty for files without words, and for speech. */
  prepareMessage(text: string): Promise<PreparedMessage | undefined>;
  /** Runs what the bot wants run. An empty list: somebody else answers the bot. `undefined`: the page has no tools, or nobody waits any more. */
  runTools(action: RequiredAction, turn: ToolTurn): Promise<readonly ToolOutput[] | undefined>;
  /** What this visitor had written when the document before this one went: the frame was built anew, or moved in its page. */
  draft(): Draft;
  /** The visitor has written, or something was sent. Reported at once, because a frame may go without a word. */
  onDraft(draft: Draft): void;
}

/** What a visitor has written and the API does not have yet, as far as the frame knows. */
export interface Draft {
  /** What belongs into the text field; `undefined` while they have written nothing, and a default text may stand there. */
  readonly text: string | undefined;
  /** What `text` begins with, if that was sent and nothing has come back that says the API has it. */
  readonly unsent: UnsentMessage | undefined;
  /** What goes out with `text`; those of `unsent`, if any, come first. */
  readonly files?: readonly DraftFile[];
  /** Whether they are in the field, so that they can go on writing. */
  readonly hasFocus: boolean;
  /** What they have begun to write in conversations that are not open now, by the conversation's id. */
  readonly elsewhere?: Readonly<Record<string, WrittenElsewhere>>;
  /** The chats (turns) whose answers they have stopped, oldest first: the API's history does not tell. */
  readonly stopped?: readonly string[];
}

/** A file of a message that has not gone out. */
export interface DraftFile {
  readonly file: File;
  /** Of the API; empty while the file has not been uploaded. */
  readonly fileId: string;
}

export interface WrittenElsewhere {
  readonly text: string;
  readonly files: readonly DraftFile[];
}

export interface UnsentMessage {
  readonly text: string;
  readonly files: readonly DraftFile[];
  /** The newest chat turn of the conversation before it, or `''`: a later one that asks the same is this message. */
  readonly afterChatId: string;
}

/** What the page may do in a chat that is ready. What is a promise waits until no answer is running, and never rejects. */
export interface ChatApi {
  /** Asks as if the visitor had. Resolves once the answer is complete. */
  send(text: string): Promise<SendOutcome>;
  /** Puts a text into the field, behind what the visitor has written there. */
  compose(text: string): void;
  /** Ends the running answer at once; what came stays. Whether one was running. */
  stop(): boolean;
  /** Begins a new, empty conversation. Whether that worked. */
  clear(): Promise<boolean>;
  /** Loads what it takes. What changes the conversation on the screen waits until no answer is running. */
  readonly conversations: RunConversationCommand;
  /** Other options from now on; what is said and typed stays. */
  configure(options: ChatOptions): void;
}

/** What happens in a chat. */
export type ChatEvent =
  /** A message was sent or completely received. */
  | { readonly type: 'message'; readonly message: ChatMessage }
  /** A reply did not come, or broke off. The visitor has been told; the chat goes on. */
  | { readonly type: 'reply-failed'; readonly problem: Problem }
  /** The API has opened a chat (turn) for a question. */
  | { readonly type: 'answer-started'; readonly answer: AnswerStart }
  /** Nothing more of an answer comes, or the question was not taken. */
  | { readonly type: 'answer-ended'; readonly answer: AnswerEnd }
  /** What formats answers could not be loaded: they are shown as they were written. */
  | { readonly type: 'formatting-failed'; readonly problem: Problem }
  /** Another conversation is shown, or the first one. `isNewest`: the chat would begin with it anyway. */
  | { readonly type: 'conversation'; readonly id: string; readonly isNewest: boolean }
  /** The visitor's list of conversations is shown or hidden; `returnsFocus`: without a choice made in it. */
  | { readonly type: 'conversation-list'; readonly isShown: boolean; readonly returnsFocus: boolean }
  /** Something beside the messages did not work; the chat goes on. */
  | { readonly type: 'feature-failed'; readonly problem: Problem }
  /** Escape was pressed and nothing inside the frame had a use for it. */
  | { readonly type: 'escape' }
  /** A link was followed: absolute, `https`, `http`, `mailto` or `tel`. */
  | { readonly type: 'link'; readonly url: string }
  /** A picture was clicked, which opens it: absolute, `https`, `http`, or a `blob` of the visitor's own. */
  | { readonly type: 'image'; readonly url: string }
  /** The choices made in the answers' lists of tasks. */
  | { readonly type: 'tasks'; readonly tasks: readonly ChatTask[] }
  /** The visitor has rated an answer, or withdrawn the rating. */
  | { readonly type: 'feedback'; readonly feedback: ChatFeedback }
  /** The bot wants the page to run something of its own. */
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

/** A message as the page would have it sent. */
export interface PreparedMessage {
  readonly text: string;
  /** What the page says of where the visitor is, for the bot alone. */
  readonly context: Readonly<Record<string, string>>;
  /** The bot may have the page run something. */
  readonly hasTools: boolean;
}

/** What a call has come to, for the bot. */
export interface ToolOutput {
  /** Of the call. */
  readonly id: string;
  readonly output: string;
}

/** What a visitor is asked before something is run. */
export interface ToolQuestion {
  /** The tool's. */
  readonly name: string;
  /** The page's own; empty where it has none. */
  readonly sentence: string;
  /** The arguments, each with its name. */
  readonly details: readonly ToolDetail[];
}

export interface ToolDetail {
  readonly name: string;
  readonly value: string;
}

/** The turn that waits for the calls of a {@link RequiredAction}, on the frame's side. */
export interface ToolTurn {
  /** Aborts when nobody waits for the results any more. Not when the frame goes: then nothing of it does anything. */
  readonly signal: AbortSignal;
  /** Asks the visitor. Never resolves once `signal` has aborted. */
  confirm(question: ToolQuestion): Promise<boolean>;
  /** A tool runs. */
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

/** The complete answer, or why there is none: it did not come or broke off; it was stopped; the page would not have the message sent. */
export type SendOutcome = ChatMessage | 'unanswered' | 'stopped' | 'not-sent';

/** What the frame's script offers once it runs. */
export type MountFunction = (settings: FrameSettings, host: HostApi) => void;

/**
 * Fired by the frame's script on its own `<iframe>`, once per document it lives in: again when the node was moved, because
 * browsers then load the document anew. Does not bubble and does not cross the shadow root.
 */
export const FRAME_BOOT_EVENT = 'coze-frame-boot';
export type FrameBootEvent = CustomEvent<{ readonly mount: MountFunction }>;

/** `rel` of the links in the frame's document to what is loaded later. No browser knows it, so that nothing is loaded by it. */
export const FRAME_CHUNK_REL = 'coze-chunk';
/** Of such a link: the chunk's name. */
export const FRAME_CHUNK_ATTRIBUTE = 'data-chunk';

/** The element of the frame's document into which the chat is rendered. */
export const FRAME_ROOT_ID = 'chat';
