import { toMessages } from '../../service/api-messages.js';

/** Ids of the visitor's messages in a turn. `messages` are the API's. */
export function findQuestionIds(messages: unknown, chatId: string): readonly string[] {
  return toMessages(messages)
    .filter((message) => message.id !== '' && message.role === 'user' && message.chat_id === chatId)
    .map(({ id }) => id);
}
