/** The SDK's turn with two additions: it sends uploaded files with text, and it can be abandoned before the request. */
import { RoleType } from '@coze/api';
import type { RawMessageType } from '@coze/chat-sdk';
import { type ChooseFileInfo, FileTypeEnum, type RawMessage } from '@coze/chat-sdk';
import { AsyncSendMessage } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/services/helper/message/send-message/async-send-message.js';
import { MiniChatError } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/utils/index.js';

/** Files that are uploaded already, with the text about them. */
export interface FileMessage {
  readonly type: RawMessageType.FILE;
  readonly data: UploadedFile[];
  readonly text: string;
}

export type UploadedFile = ChooseFileInfo & { readonly fileId: string };

type Question = Parameters<AsyncSendMessage['sendMessage']>;

export class OutgoingTurn extends AsyncSendMessage {
  #isAsked = false;

  override async sendRawMessage(message: RawMessage, history?: Question[1]): Promise<void> {
    if (!isFileMessage(message)) return super.sendRawMessage(message, history);
    this.messageSended.rawMessage = message;
    const { data: files, text } = message;
    const textItems = text === '' ? [] : [{ type: 'text', text }];
    const displayedItems = files.map((file) => ({
      ...toItem(file),
      name: (file.file as File).name,
      size: file.size,
      file_url: file.tempFilePath,
    }));
    const question = { role: RoleType.User, type: 'question', content_type: 'object_string' } as const;
    this.sendStartMessage({ ...question, content: JSON.stringify([...textItems, ...displayedItems]) });
    return this.sendMessage({ ...question, content: JSON.stringify([...textItems, ...files.map(toItem)]) }, history);
  }

  override async sendMessage(...question: Question): Promise<void> {
    if (this.isAbort) return;
    this.#isAsked = true;
    await super.sendMessage(...question);
  }

  /**
   * Cancels the message while speech is transcribed or a file uploaded, or before: it is marked as failed for `reason`, and not sent. Speech
   * has no text, and shows the reason instead, as if the transcription had failed. Returns whether that was possible.
   */
  abandon(reason: string, rawMessage = this.messageSended.rawMessage): boolean {
    if (this.#isAsked || this.isAbort) return false;
    this.messageSended = {
      ...this.messageSended,
      content: this.messageSended.content || reason,
      rawMessage,
      isAudioTranslatingToText: false,
    };
    this.messageList = [this.messageSended];
    this.sendErrorEvent(new MiniChatError(-1, reason));
    return true;
  }
}

export function isFileMessage(message: RawMessage | FileMessage | undefined): message is FileMessage {
  return message !== undefined && 'text' in message;
}

const toItem = ({ type, fileId }: UploadedFile): object => ({ type: type === FileTypeEnum.IMAGE ? 'image' : 'file', file_id: fileId });
