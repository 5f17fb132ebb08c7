/** A message on its way to the API and its answer: the SDK's, which can be stopped before there is anything to answer. */
import { AsyncSendMessage } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/services/helper/message/send-message/async-send-message.js';
import { MiniChatError } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/utils/index.js';

type Question = Parameters<AsyncSendMessage['sendMessage']>;

export class OutgoingTurn extends AsyncSendMessage {
  #isAsked = false;

  override async sendMessage(...question: Question): Promise<void> {
    if (this.isAbort) return;
    this.#isAsked = true;
    await super.sendMessage(...question);
  }

  /** While speech is transcribed, or a file uploaded: the message is marked as failed, for `reason`, and does not go out. Whether that was so. */
  abandon(reason: string): boolean {
    if (this.#isAsked || this.isAbort) return false;
    this.messageSended = { ...this.messageSended, isAudioTranslatingToText: false };
    this.messageList = [this.messageSended];
    this.sendErrorEvent(new MiniChatError(-1, reason));
    return true;
  }
}
