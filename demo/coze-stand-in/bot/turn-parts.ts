/** A turn while it runs, and while it waits for tool outputs. */
import type { Chat } from '../store/chat.js';
import type { Conversation } from '../store/conversations.js';
import type { Message } from '../store/message.js';
import type { Reply, ToolRound } from './reply-parts.js';

/** A turn about to run. */
export interface Turn {
  readonly conversation: Conversation;
  readonly chat: Chat;
  readonly reply: Reply;
  /** Whether the answer becomes part of the conversation. */
  readonly savesHistory: boolean;
  /** Data of the final `done` event. */
  readonly doneData: unknown;
  /** The submitted tool outputs, if the turn resumes with them. */
  readonly responses?: readonly Message[];
}

/** A turn that resumes when the tool outputs arrive. */
export interface WaitingTurn {
  readonly turn: Turn;
  readonly round: ToolRound;
  /** In the order of the request for tools. */
  readonly callIds: readonly string[];
  readonly sinceMs: number;
}
