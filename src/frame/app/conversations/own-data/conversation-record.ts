/** A conversation as exported for its visitor: a documented, versioned format without ids, tokens or URLs. */
import { getQuote, getText, parseItems } from '../../answers/message-text.js';
import type { History } from './read-history.js';

/** Incremented when a member is removed or changes its meaning; members may be added. */
const VERSION = 1;
/** Content types of text, with or without files. */
const READABLE: readonly string[] = ['', 'text', 'object_string'];

export interface ConversationRecord {
  readonly format: 'coze-chat-embed/conversation';
  readonly version: typeof VERSION;
  /** ISO 8601, in UTC. */
  readonly savedAt: string;
  /** BCP 47 tag of the language of `notice`. */
  readonly language: string;
  /** The chat's label that answers are made by AI. */
  readonly notice: string;
  /** `false` if older messages are missing. */
  readonly complete: boolean;
  /** Oldest first. */
  readonly messages: readonly RecordedMessage[];
}

export interface RecordedMessage {
  readonly role: 'user' | 'assistant';
  readonly madeByAi: boolean;
  /** ISO 8601, in UTC; absent if Coze sends no time. */
  readonly createdAt?: string;
  /** The quote of the message. */
  readonly quote?: string;
  /** The source text; answers are Markdown. */
  readonly text: string;
  readonly attachments?: readonly RecordedAttachment[];
  /** The content type of a message that has no text, such as `card`. */
  readonly unsupported?: string;
}

export interface RecordedAttachment {
  readonly kind: string;
  /** Empty if Coze has no name. */
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

/** ISO 8601 without fractions, because Coze's times are in seconds. */
function toIsoTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
