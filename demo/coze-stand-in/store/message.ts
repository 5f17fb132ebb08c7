export type MessageType = 'question' | 'answer' | 'function_call' | 'tool_response' | 'knowledge' | 'verbose' | 'follow_up';
export type ContentType = 'text' | 'object_string';

export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly botId: string | undefined;
  /** '' for messages that were added to the conversation without a chat. */
  readonly chatId: string;
  readonly sectionId: string;
  readonly role: 'user' | 'assistant';
  readonly type: MessageType;
  readonly content: string;
  readonly contentType: ContentType;
  /** The readable text, with file names in place of files. Not on the wire. */
  readonly plainText: string;
  readonly createdAtSeconds: number;
  readonly updatedAtSeconds: number;
  readonly metaData: Readonly<Record<string, string>>;
  /** The bot's reasoning before the answer. */
  readonly thoughts?: string;
}

/** A message in the format of lists and of `conversation.message.completed`. */
export function messageToWire(message: Message): Readonly<Record<string, unknown>> {
  return {
    id: message.id,
    conversation_id: message.conversationId,
    bot_id: message.botId,
    role: message.role,
    type: message.type,
    content: message.content,
    content_type: message.contentType,
    chat_id: message.chatId,
    section_id: message.sectionId,
    created_at: message.createdAtSeconds,
    updated_at: message.updatedAtSeconds,
    meta_data: message.metaData,
    ...(message.thoughts && { reasoning_content: message.thoughts }),
  };
}
