/** A conversation as a visitor takes it along: a documented, versioned shape, with no id, no token and no address in it. */
import { getQuote, getText, parseItems } from '../../answers/message-text.js';
import type { History } from './read-history.js';

/** Of members that go or change their meaning; others may be added. */
const VERSION = 1;
/** In which the API writes a text, with or without files. */
const READABLE: readonly string[] = ['', 'text', 'object_string'];

export interface ConversationRecord {
  readonly format: 'coze-chat-embed/conversation';
  readonly version: typeof VERSION;
  /** ISO 8601, in UTC. */
  readonly savedAt: string;
  /** Of `notice`: BCP 47. */
  readonly language: string;
  /** That answers are made by AI, as the visitor reads it in the chat. */
  readonly notice: string;
  /** `false`: older messages are missing. */
  readonly complete: boolean;
  /** Oldest first. */
  readonly messages: readonly RecordedMessage[];
}

export interface RecordedMessage {
  readonly role: 'user' | 'assistant';
  readonly madeByAi: boolean;
  /** ISO 8601, in UTC; absent where Coze does not say. */
  readonly createdAt?: string;
  /** What the message quotes. */
  readonly quote?: string;
  /** As it was written: Markdown, of answers. */
  readonly text: string;
  readonly attachments?: readonly RecordedAttachment[];
  /** The kind of a message that is no text, such as `card`. */
  readonly unsupported?: string;
}

export interface RecordedAttachment {
  readonly kind: string;
  /** Empty where Coze has none. */
  readonly name: string;
}

export interface RecordOptions {
  readonly history: History;
  readonly language: string;
  readonly notice: string;
  readonly nowMs: number;
}

export function toRecord({ history, language, notice, nowMs }: RecordOptions): ConversationRecord {
  return {
    format: 'coze-chat-embed/conversation',
    version: VERSION,
    savedAt: toIsoTime(nowMs),
    language,
    notice,
    complete: history.isComplete,
    messages: history.messages.map(toRecorded),
  };
}

function toRecorded(message: History['messages'][number]): RecordedMessage {
  const { role, type, content, created_at: seconds } = message;
  const kind: string = message.content_type;
  const quote = getQuote(message);
  const attachments = kind === 'object_string' ? parseItems(content).filter(isAttachment).map(toAttachment) : [];
  const isReadable = READABLE.includes(kind);
  const isAnswer = role !== 'user' && type !== 'question';
  return {
    role: isAnswer ? 'assistant' : 'user',
    madeByAi: isAnswer,
    ...(seconds > 0 && { createdAt: toIsoTime(seconds * 1_000) }),
    ...(quote !== '' && { quote }),
    text: kind === '' ? content : getText(message),
    ...(attachments.length > 0 && { attachments }),
    ...(!isReadable && { unsupported: kind }),
  };
}

type Item = ReturnType<typeof parseItems>[number];

const isAttachment = ({ type, is_refer: isQuoted }: Item): boolean => type !== 'text' && isQuoted !== true;

function toAttachment({ type, name }: Item): RecordedAttachment {
  return { kind: String(type), name: typeof name === 'string' ? name : '' };
}

/** To the second, which is all that Coze knows. */
function toIsoTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
