/** The file that a visitor gets. It is made in their browser, and nothing of it is sent anywhere. */
import type { DownloadFormat } from '../../../conversation-commands.js';
import { type RecordOptions, toRecord } from './conversation-record.js';
import { type RecordStrings, toReadableText } from './record-text.js';

/** Without it a browser or an editor may take the file for one of another encoding. JSON has none (RFC 8259 section 8.1). */
const BYTE_ORDER_MARK = '\ufeff';

export interface FileOptions extends RecordOptions {
  readonly format: DownloadFormat;
  readonly strings: RecordStrings;
  /** The page's, whose `instanceof` is to hold. */
  readonly File: typeof globalThis.File;
}

/** Its name is made of the date alone: what a conversation is called is foreign. */
export function conversationFile({ format, strings, File, ...options }: FileOptions): File {
  const record = toRecord(options);
  const name = `conversation-${record.savedAt.replace(/[^\dTZ]/g, '')}`;
  if (format === 'json') return new File([`${JSON.stringify(record, null, 2)}\n`], `${name}.json`, { type: 'application/json' });
  return new File([BYTE_ORDER_MARK, toReadableText(record, strings)], `${name}.txt`, { type: 'text/plain;charset=utf-8' });
}
