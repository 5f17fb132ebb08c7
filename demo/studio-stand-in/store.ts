/** The in-memory state of one Coze Studio. Conversations keep the `user_id` they were created with, which only the list checks. */

export interface StudioMessage {
  readonly id: string;
  readonly chatId: string;
  readonly sectionId: string;
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly contentType: 'text' | 'object_string';
  readonly createdAt: number;
}

export interface StudioConversation {
  readonly id: string;
  readonly botId: string;
  readonly connectorId: string;
  readonly userId: string;
  readonly createdAt: number;
  name: string;
  sectionId: string;
  /** Soft-deleted: the id still works, except in the list, `PUT`, `DELETE` and `retrieve`. */
  isDeleted: boolean;
  /** Oldest first. */
  readonly messages: StudioMessage[];
}

export interface StudioChat {
  readonly id: string;
  readonly conversation: StudioConversation;
  readonly createdAt: number;
  status: string;
}

export interface StudioFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
}

export class StudioStore {
  readonly conversations = new Map<string, StudioConversation>();
  readonly chats = new Map<string, StudioChat>();
  readonly files = new Map<string, StudioFile>();
  #lastId = 7_511_000_000_000_000_000n;

  nextId(): string {
    this.#lastId += 1n;
    return String(this.#lastId);
  }

  createConversation(botId: string, connectorId: string, userId: string): StudioConversation {
    const conversation: StudioConversation = {
      ...{ id: this.nextId(), botId, connectorId, userId, createdAt: nowSeconds() },
      ...{ name: '', sectionId: this.nextId(), isDeleted: false, messages: [] },
    };
    this.conversations.set(conversation.id, conversation);
    return conversation;
  }
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

export function conversationToWire(conversation: StudioConversation): object {
  const { id, createdAt, connectorId, sectionId, name, userId } = conversation;
  return { id, created_at: createdAt, meta_data: {}, connector_id: connectorId, last_section_id: sectionId, name, user_id: userId };
}

export function messageToWire(message: StudioMessage, conversation: StudioConversation): object {
  return {
    id: message.id,
    conversation_id: conversation.id,
    bot_id: conversation.botId,
    chat_id: message.chatId,
    section_id: message.sectionId,
    role: message.role,
    type: message.role === 'user' ? 'question' : 'answer',
    content: message.content,
    content_type: message.contentType,
    created_at: message.createdAt,
    updated_at: message.createdAt,
    meta_data: { token: '17', input_tokens: '12', output_tokens: '5', bot_state: '{"bot_id":"internal"}' },
  };
}
