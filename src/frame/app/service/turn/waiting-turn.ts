/** A turn that waits for an action of the page, as it is passed to the code that runs the action. */
import { ChatEventType, type StreamChatData } from '@coze/api';
import type { ChatService } from '@coze/chat-sdk';
import type { TurnConnection } from './turn-connection.js';

export interface WaitingTurn {
  readonly conversationId: string;
  readonly chatId: string;
  readonly connection: TurnConnection;
  readonly client: ChatService['apiClient'];
  /** Options of the turn's first request. */
  readonly requestOptions: Parameters<ChatService['asyncChat']>[1];
  /** Replaces a rejected token. Returns whether there was one to replace. */
  readonly renewToken: () => Promise<boolean>;
  /** Delays a cancellation of the turn until the promise resolves. */
  readonly holdCancel: (until: Promise<void>) => void;
}

/** Yields the remaining events of a turn, after the event that requires an action. */
export type ContinueTurn = (required: StreamChatData, turn: WaitingTurn) => AsyncIterable<StreamChatData>;

/** Yields `events`, and the remaining events of a turn whose required action `findContinue` can run. */
export async function* withContinuation(
  events: AsyncIterable<StreamChatData>,
  turn: WaitingTurn,
  findContinue: () => ContinueTurn | undefined,
): AsyncGenerator<StreamChatData> {
  for await (const event of events) {
    const continueTurn = event.event === ChatEventType.CONVERSATION_CHAT_REQUIRES_ACTION ? findContinue() : undefined;
    if (continueTurn !== undefined) return yield* continueTurn(event, turn);
    yield event;
  }
}
