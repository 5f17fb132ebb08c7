/** A turn that waits for what the page has run, as who runs it sees the turn. */
import { ChatEventType, type StreamChatData } from '@coze/api';
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

/** `events` of a turn, and its rest where one of them wants something run. `findContinue`: whoever runs it for this turn, if anybody does. */
export async function* withRest(
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
