/** A turn that the site answers instead of the bot: the visitor reads why their message was not sent. Nothing of it reaches Coze. */
import { doneEvent, forwarded } from './turn-events.js';

export interface SiteAnswer {
  readonly text: string;
  readonly conversationId: string;
  readonly botId: string | undefined;
  /** Epoch seconds. */
  readonly nowSeconds: number;
  readonly randomBytes: (length: number) => Uint8Array;
}

export function toAnswerEvents({ text, conversationId, botId, nowSeconds, randomBytes }: SiteAnswer): string {
  const [chatId, messageId] = [createId(randomBytes), createId(randomBytes)];
  const common = { conversation_id: conversationId, ...(botId !== undefined && { bot_id: botId }), created_at: nowSeconds };
  const chat = (status: string) => ({ id: chatId, ...common, status });
  const message = { id: messageId, ...common, chat_id: chatId, role: 'assistant', type: 'answer', content: text, content_type: 'text' };
  return [
    forwarded('conversation.chat.created', chat('created')),
    forwarded('conversation.message.delta', message),
    forwarded('conversation.message.completed', message),
    forwarded('conversation.chat.completed', chat('completed')),
    doneEvent(),
  ]
    .map(({ wire }) => wire)
    .join('');
}

/** Looks like an id of Coze's, but starts with a zero, which those do not. */
function createId(randomBytes: (length: number) => Uint8Array): string {
  return `0${Array.from(randomBytes(18), (byte) => byte % 10).join('')}`;
}
