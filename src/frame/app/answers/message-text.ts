/** What of a message is text. */
import type { ChatMessage } from '@coze/chat-sdk';

/** An item of `object_string` (https://www.coze.cn/open/docs/developer_guides/chat_v3). */
export interface MessageItem {
  readonly type: string;
  readonly text?: string;
  readonly file_url?: string;
  readonly name?: string;
  readonly size?: number;
  /** Of what the message quotes. */
  readonly is_refer?: boolean;
}

/** Empty where it is no list. */
export function parseItems(content: string): readonly MessageItem[] {
  try {
    const items: unknown = JSON.parse(content);
    return Array.isArray(items) ? items.filter((item) => typeof item === 'object' && item !== null) : [];
  } catch {
    return [];
  }
}

/** As it was written; without what is quoted, and empty for pictures and files. */
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

/** What the message is about, in words. */
export function getQuote({ content_type: type, content }: Pick<ChatMessage, 'content_type' | 'content'>): string {
  if (type !== 'object_string') return '';
  return parseItems(content)
    .flatMap(({ is_refer: isQuoted, text }) => (isQuoted === true && typeof text === 'string' ? [text] : []))
    .join('\n');
}

/** As the SDK shows it. */
export function withoutQuote(message: ChatMessage): ChatMessage {
  if (message.content_type !== 'object_string') return message;
  const items = parseItems(message.content);
  const own = items.filter(({ is_refer: isQuoted }) => isQuoted !== true);
  return own.length === items.length ? message : { ...message, content: JSON.stringify(own) };
}
