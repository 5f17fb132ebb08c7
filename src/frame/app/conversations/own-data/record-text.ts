/** Formats a conversation as plain text. */
import type { OwnDataStrings } from '../../../../locales/own-data-strings.js';
import type { ChatStrings } from '../../../../locales/translations/en.js';
import type { ConversationRecord, RecordedMessage } from './conversation-record.js';

export interface RecordStrings {
  readonly chat: Pick<ChatStrings, 'messages' | 'visitor' | 'quoted' | 'messageUnsupported'>;
  readonly own: Pick<OwnDataStrings, 'savedAt' | 'assistant' | 'attachment' | 'shortened'>;
}

/** Before every line of user content, so that no message can imitate the start of another. */
const INDENT = '    ';
/** Everything that an editor may treat as a line end (Unicode, UAX 14: BK, CR, LF, NL). */
const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

export function toReadableText({ savedAt, notice, complete, messages }: ConversationRecord, { chat, own }: RecordStrings): string {
  const head = [
    chat.messages,
    `${own.savedAt}: ${savedAt}`,
    inOneLine(notice),
    ...(complete ? [] : [own.shortened.replace('{count}', () => String(messages.length))]),
  ];
  const paragraphs = messages.map((message) => toParagraph(message, { chat, own }));
  return `${[head.join('\n'), ...paragraphs].join('\n\n')}\n`;
}

function toParagraph(message: RecordedMessage, { chat, own }: RecordStrings): string {
  const { role, createdAt, quote, text, attachments = [], unsupported } = message;
  const author = role === 'user' ? chat.visitor : own.assistant;
  const lines = [
    createdAt === undefined ? `${author}:` : `[${createdAt}] ${author}:`,
    ...(quote === undefined ? [] : [`${INDENT}${chat.quoted}`, ...indented(quote, `${INDENT}> `)]),
    ...(text === '' ? [] : indented(text, INDENT)),
    ...attachments.map(({ kind, name }) => `${INDENT}[${own.attachment}: ${inOneLine(name || kind)}]`),
    ...(unsupported === undefined ? [] : [`${INDENT}[${chat.messageUnsupported}]`]),
  ];
  return lines.join('\n');
}

const indented = (text: string, indent: string): readonly string[] => text.split(LINE_END).map((line) => `${indent}${line}`.trimEnd());

const inOneLine = (text: string): string => text.split(LINE_END).join(' ');
