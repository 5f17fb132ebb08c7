/** What the visitor's entries need of the conversations behind them. */
import type { Language } from '../../../../locales/language.js';
import type { ConversationDeletion, DownloadFormat } from '../../../conversation-commands.js';
import type { RecordStrings } from './record-text.js';

export interface OwnDataApi {
  /** Whether Coze lists the visitor's conversations; else only the present one is known. */
  readonly isListed: boolean;
  readonly canEdit: boolean;
  /** Of the conversation on the screen. */
  createFile(format: DownloadFormat): Promise<CreatedFile>;
  /** Rejects if none could be deleted. */
  deleteAll(watch?: DeletionWatch): Promise<ConversationDeletion>;
  /** To the page, once, what its author can mend. */
  report(error: unknown): void;
}

export interface CreatedFile {
  readonly file: File;
  /** `false`: only the newest messages are in it. */
  readonly isComplete: boolean;
  /** How many messages are in it. */
  readonly count: number;
}

/** Of a visitor who deletes their conversations. */
export interface DeletionWatch {
  readonly onProgress: (done: number, count: number) => void;
  readonly signal: AbortSignal;
}

/** How a file says what it says. */
export interface RecordSettings {
  readonly language: Language;
  /** That answers are made by AI. */
  readonly notice: string;
  readonly strings: RecordStrings['chat'];
}
