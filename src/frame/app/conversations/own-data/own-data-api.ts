/** The functions of the conversation manager that the entries for the visitor's data call. */
import type { Language } from '../../../../locales/language.js';
import type { ConversationDeletion, DownloadFormat } from '../../../conversation-commands.js';
import type { RecordStrings } from './record-text.js';

export interface OwnDataApi {
  /** Whether Coze can list the visitor's conversations; otherwise only the present one is known. */
  readonly isListed: boolean;
  readonly canEdit: boolean;
  /** Creates a file of the conversation on the screen. */
  createFile(format: DownloadFormat): Promise<CreatedFile>;
  /** Deletes all conversations of the visitor. Rejects if none could be deleted. */
  deleteAll(watch?: DeletionWatch): Promise<ConversationDeletion>;
  /** Reports a missing permission to the page, once. */
  report(error: unknown): void;
}

export interface CreatedFile {
  readonly file: File;
  /** `false` if the file has only the newest messages. */
  readonly isComplete: boolean;
  /** Number of messages in the file. */
  readonly count: number;
}

/** Progress and abort signal of a deletion. */
export interface DeletionWatch {
  readonly onProgress: (done: number, count: number) => void;
  readonly signal: AbortSignal;
}

/** Language and sentences of an exported file. */
export interface RecordSettings {
  readonly language: Language;
  /** The label that answers are made by AI. */
  readonly notice: string;
  readonly strings: RecordStrings['chat'];
}
