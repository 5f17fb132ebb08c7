/** A file of the next message, and what a visitor does with it. */
import type { FileTypeEnum } from '@coze/chat-sdk';

export interface Attachment {
  readonly file: File;
  readonly type: FileTypeEnum;
  /** For as long as the frame is there: once it is sent, its message shows it. */
  readonly url: string;
  readonly state: 'uploading' | 'uploaded' | 'failed';
  /** Between 0 and 1. */
  readonly progress: number;
  /** Of the API. */
  readonly fileId: string;
  /** What the visitor reads when it has failed. */
  readonly failure: string;
}

export interface AttachmentActions {
  readonly items: readonly Attachment[];
  readonly notice: string;
  remove(file: File): void;
  retry(file: File): void;
}
