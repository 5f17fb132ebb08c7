/** The commands for the visitor's conversations. The page, the button in the panel's header and the chat itself use them. */
import type { Problem } from '../core/errors.js';
import type { Result } from '../core/result.js';

/** One of the visitor's conversations with this bot. */
export interface ChatConversation {
  /** Coze's id of the conversation. */
  readonly id: string;
  /** The name from Coze or the visitor; empty if it has none. */
  readonly name: string;
  /** When it was created, in epoch milliseconds. */
  readonly createdAt: number;
  /** When it last changed, in epoch milliseconds. */
  readonly updatedAt: number;
  /** Whether the chat shows this conversation. */
  readonly isCurrent: boolean;
}

/** See `listConversations()`. */
export interface ConversationListOptions {
  /**
   * Which page of the list, from 1.
   *
   * @default 1
   */
  readonly page?: number;
  /**
   * How many conversations a page of the list has, from 1 to 50.
   *
   * @default 20
   */
  readonly pageSize?: number;
}

/** A page of the list, the newest first. */
export interface ConversationList {
  /** The conversations, the newest first. */
  readonly conversations: readonly ChatConversation[];
  /** Whether there is a next page. */
  readonly hasMore: boolean;
}

/** The format of a downloaded conversation: `text` for people, `json` for programs. */
export type DownloadFormat = 'text' | 'json';

/** The result of deleting a visitor's conversations. */
export interface ConversationDeletion {
  /** How many have been deleted. */
  readonly deleted: number;
  /** How many are known to remain; another attempt may delete them. */
  readonly failed: number;
}

/** Each command by its name, with its parameters and its result. */
export interface ConversationCommands {
  list(options?: ConversationListOptions): ConversationList;
  /** Shows the conversation in place of the current one. */
  open(id: string): undefined;
  /** Begins a new conversation, unless the current one is empty. Returns the id of the conversation that is then current. */
  create(): string;
  rename(id: string, name: string): undefined;
  /** Deletes the conversation permanently. If it is the current one, a new one replaces it. */
  delete(id: string): undefined;
  /** Returns the conversation on the screen as a file. */
  download(format?: DownloadFormat): File;
  /**
   * Permanently deletes all conversations that Coze lists. For an app Coze lists none, so only the current one is deleted. A new one replaces a
   * deleted current one.
   */
  deleteAll(): ConversationDeletion;
  /** Names a conversation by its first question, if Coze has given it no name. */
  name(id: string): undefined;
  /** Shows the answer to the newest message once Coze has written it. */
  awaitAnswer(): undefined;
  /** Begins a new conversation, because the API no longer has the current one. */
  replace(): undefined;
  /** Shows or hides the visitor's list of conversations. Where Coze has no list, the actions for the visitor's own data take its place. */
  toggle(): undefined;
}

export type ConversationCommand = keyof ConversationCommands;

/** Never rejects. */
export type RunConversationCommand = <Name extends ConversationCommand>(
  name: Name,
  ...args: Parameters<ConversationCommands[Name]>
) => Promise<Result<ReturnType<ConversationCommands[Name]>, Problem>>;
