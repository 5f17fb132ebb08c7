/** Creates the file of a conversation in the browser, without a request. */
import type { DownloadFormat } from '../../../conversation-commands.js';
import { type RecordOptions, toRecord } from './conversation-record.js';
import { type RecordStrings, toReadableText } from './record-text.js';

/** Without a byte order mark, browsers and editors may assume another encoding. JSON has none (RFC 8259 section 8.1). */
const BYTE_ORDER_MARK = '\ufeff';

export interface FileOptions extends RecordOptions {
  readonly format: DownloadFormat;
  readonly strings: RecordStrings;
  /** The page's constructor, so that `instanceof` works there. */
  readonly File: typeof globalThis.File;
}

/** The file's name contains only the date, because a conversation's name is untrusted. */
export function conversationFile({ format, strings, File, ...options }: FileOptions): File {
  const record = toRecord(options);
  const name = `conversation-${record.savedAt.replace(/[^\dTZ]/g, '')}`;
  if (format === 'json') return new File([`${JSON.stringify(record, null, 2)}\n`], `${name}.json`, { type: 'application/json' });
  return new File([BYTE_ORDER_MARK, toReadableText(record, strings)], `${name}.txt`, { type: 'text/plain;charset=utf-8' });
}
