/** What can be asked of the visitor's conversations: by the page, by the button in the panel's header, and by the chat itself. */
import type { Problem } from '../core/errors.js';
import type { Result } from '../core/result.js';

/** One of the visitor's conversations with this bot. */
export interface ChatConversation {
  /** Coze's id of the conversation. */
  readonly id: string;
  /** As Coze or the visitor has named it; empty for one without a name. */
  readonly name: string;
  /** When it was begun, in epoch milliseconds. */
  readonly createdAt: number;
  /** When it last changed, in epoch milliseconds. */
  readonly updatedAt: number;
  /** Whether it is the one that the chat shows. */
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

/** How a conversation is downloaded: to be read by a person, or by a program. */
export type DownloadFormat = 'text' | 'json';

/** What has become of a visitor's conversations. */
export interface ConversationDeletion {
  /** How many have been deleted. */
  readonly deleted: number;
  /** How many could not be, as far as is known; another attempt may. */
  readonly failed: number;
}

/** By name: what it takes, and what it resolves with. */
export interface ConversationCommands {
  list(options?: ConversationListOptions): ConversationList;
  /** Shows the conversation in place of the present one. */
  open(id: string): undefined;
  /** Begins a new one, unless the present one is empty; its id. */
  create(): string;
  rename(id: string, name: string): undefined;
  /** For good. In place of the present one, a new one begins. */
  delete(id: string): undefined;
  /** The conversation on the screen, as a file. */
  download(format?: DownloadFormat): File;
  /** For good, all that Coze lists of them; of an app, which it lists none of, the present one. A new one begins. */
  deleteAll(): ConversationDeletion;
  /** Names a conversation by its first question, if Coze has given it no name. */
  name(id: string): undefined;
  /** The API has the present one no more: a new one takes its place. */
  replace(): undefined;
  /** Shows the visitor their list, or where they have none, what they may do with their data; or hides it. */
  toggle(): undefined;
}

export type ConversationCommand = keyof ConversationCommands;

/** Never rejects. */
export type RunConversationCommand = <Name extends ConversationCommand>(
  name: Name,
  ...args: Parameters<ConversationCommands[Name]>
) => Promise<Result<ReturnType<ConversationCommands[Name]>, Problem>>;
