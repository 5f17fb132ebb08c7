/** Reads the texts in the content of a message. */
import type { ChatMessage } from '@coze/chat-sdk';

/** An item of `object_string` (https://www.coze.cn/open/docs/developer_guides/chat_v3). */
export interface MessageItem {
  readonly type: string;
  readonly text?: string;
  readonly file_url?: string;
  readonly name?: string;
  readonly size?: number;
  /** Whether the item is part of the quote. */
  readonly is_refer?: boolean;
}

/** Returns an empty list if `content` is no list in JSON. */
export function parseItems(content: string): readonly MessageItem[] {
  try {
    const items: unknown = JSON.parse(content);
    return Array.isArray(items) ? items.filter((item) => typeof item === 'object' && item !== null) : [];
  } catch {
    return [];
  }
}

/** Returns the text as it was written, without the quote. Empty for pictures and files. */
export function getText({ content_type: type, content }: Pick<ChatMessage, 'content_type' | 'content'>): string {
  if (type === 'text') return content;
  if (type !== 'object_string') return '';
  return parseItems(content)
    .flatMap((item) => (item.type === 'text' && item.is_refer !== true && typeof item.text === 'string' ? [item.text] : []))
    .join('\n');
}

export function getTexts(messages: readonly ChatMessage[]): string {
  return messages
    .map(getText)
    .filter((text) => text !== '')
    .join('\n');
}

/** Returns the text that the message quotes; empty if there is none. */
export function getQuote({ content_type: type, content }: Pick<ChatMessage, 'content_type' | 'content'>): string {
  if (type !== 'object_string') return '';
  return parseItems(content)
    .flatMap(({ is_refer: isQuoted, text }) => (isQuoted === true && typeof text === 'string' ? [text] : []))
    .join('\n');
}

/** Returns the message without its quoted items, as the SDK shows it. */
export function withoutQuote(message: ChatMessage): ChatMessage {
  if (message.content_type !== 'object_string') return message;
  const items = parseItems(message.content);
  const own = items.filter(({ is_refer: isQuoted }) => isQuoted !== true);
  return own.length === items.length ? message : { ...message, content: JSON.stringify(own) };
}
