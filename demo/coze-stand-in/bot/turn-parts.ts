/** A turn while it runs, and while it waits. */
import type { Chat } from '../store/chat.js';
import type { Conversation } from '../store/conversations.js';
import type { Message } from '../store/message.js';
import type { Reply, ToolRound } from './reply-parts.js';

/** One answer about to be given. */
export interface Turn {
  readonly conversation: Conversation;
  readonly chat: Chat;
  readonly reply: Reply;
  /** Whether the answer becomes part of the conversation. */
  readonly savesHistory: boolean;
  /** Data of the closing `done`. */
  readonly doneData: unknown;
  /** What was submitted, where the turn goes on with it. */
  readonly responses?: readonly Message[];
}

/** A turn that goes on with the results of tools. */
export interface WaitingTurn {
  readonly turn: Turn;
  readonly round: ToolRound;
  /** As in the request for them, in its order. */
  readonly callIds: readonly string[];
  readonly sinceMs: number;
}
