/** A turn that waits for what the page has run, as who runs it sees the turn. */
import type { StreamChatData } from '@coze/api';
import type { ChatService } from '@coze/chat-sdk';
import type { TurnConnection } from './turn-connection.js';

export interface WaitingTurn {
  readonly conversationId: string;
  readonly chatId: string;
  readonly connection: TurnConnection;
  readonly client: ChatService['apiClient'];
  /** Of the turn's first request. */
  readonly requestOptions: Parameters<ChatService['asyncChat']>[1];
  /** Whether there is another token than the one that was refused last. */
  readonly renewToken: () => Promise<boolean>;
  /** What has to be over before the turn can be cancelled. */
  readonly holdCancel: (until: Promise<void>) => void;
}

/** The rest of a turn, from the event that wants something run. */
export type ContinueTurn = (required: StreamChatData, turn: WaitingTurn) => AsyncIterable<StreamChatData>;
