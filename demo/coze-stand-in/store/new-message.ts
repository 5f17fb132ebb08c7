import { toSeconds } from '../http/envelope.js';
import type { StandInState } from '../state.js';
import type { Chat } from './chat.js';
import type { Conversation } from './conversations.js';
import type { Message } from './message.js';

type Place = Pick<Message, 'conversationId' | 'botId' | 'chatId' | 'sectionId'>;
export type MessageBody = Pick<Message, 'role' | 'type' | 'content' | 'contentType' | 'plainText' | 'metaData' | 'thoughts'>;

export const placeInChat = (chat: Chat): Place => ({
  conversationId: chat.conversationId,
  botId: chat.botId,
  chatId: chat.id,
  sectionId: chat.sectionId,
});

/** For messages that are added to a conversation without a chat. */
export const placeInConversation = (conversation: Conversation): Place => ({
  conversationId: conversation.id,
  botId: conversation.botId,
  chatId: '',
  sectionId: conversation.sectionId,
});

/** A message with a new id and the current time. */
export function newMessage(state: StandInState, place: Place, body: MessageBody): Message {
  const now = toSeconds(state.clock());
  return { id: state.ids.next(), ...place, ...body, createdAtSeconds: now, updatedAtSeconds: now };
}
