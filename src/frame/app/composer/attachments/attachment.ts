/** A file of the next message, and the visitor's actions on it. */
import type { FileTypeEnum } from '@coze/chat-sdk';

export interface Attachment {
  readonly file: File;
  readonly type: FileTypeEnum;
  /** Object URL; not revoked after sending, because the message shows it. */
  readonly url: string;
  readonly state: 'uploading' | 'uploaded' | 'failed';
  /** Between 0 and 1. */
  readonly progress: number;
  /** The API's id; empty until the file is uploaded. */
  readonly fileId: string;
  /** Sentence for the visitor when the upload has failed. */
  readonly failure: string;
}

export interface AttachmentActions {
  readonly items: readonly Attachment[];
  readonly notice: string;
  remove(file: File): void;
  retry(file: File): void;
}
