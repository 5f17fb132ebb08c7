/** Messages of our own that say: the answer above broke off, or was stopped. */
import { type ChatV3Message, RoleType } from '@coze/api';
import type { ChatStrings } from '../../../locales/translations/en.js';
import { errorStringKey } from '../errors/error-texts.js';

/** Coze's ids are numbers. */
const BROKEN_ANSWER_ID = 'broken-answer';
const STOPPED_ANSWER_ID = 'stopped-answer';

/** To follow `message`; `code` is the API's for why. Of a type the SDK leaves to us to show, so that it is not part of what is copied or read aloud. */
export function interruptedReply(message: ChatV3Message, code: number): ChatV3Message {
  return { ...noticeBelow(message), id: BROKEN_ANSWER_ID, meta_data: { code: String(code) } };
}

/** To follow `message`, of which the visitor wanted no more; `undefined` when nothing had come. */
export function stoppedReply(message?: ChatV3Message): ChatV3Message {
  return { ...noticeBelow(message), id: STOPPED_ANSWER_ID, meta_data: {} };
}

function noticeBelow(message?: ChatV3Message): ChatV3Message {
  const notice = { role: RoleType.Assistant, type: 'answer', content_type: 'card', content: '', reasoning_content: '' };
  return { ...(message ?? nowhere), ...notice } as ChatV3Message;
}

const nowhere = { conversation_id: '', bot_id: '', chat_id: '', section_id: '', created_at: 0, updated_at: 0 };

/** Says that the answer broke off, and why if that is anything to a visitor. */
export function brokenAnswerText({ meta_data }: Pick<ChatV3Message, 'meta_data'>, strings: ChatStrings): string {
  const reason = errorStringKey(meta_data?.['code'] ?? '');
  return reason === undefined ? strings.answerBrokenOff : `${strings.answerBrokenOff} ${strings[reason]}`;
}

export function isBrokenAnswer({ id }: { readonly id: string }): boolean {
  return id === BROKEN_ANSWER_ID;
}

export function isStoppedAnswer({ id }: { readonly id: string }): boolean {
  return id === STOPPED_ANSWER_ID;
}

/** What of an answer is not the bot's. */
export function isNotice(message: { readonly id: string }): boolean {
  return isBrokenAnswer(message) || isStoppedAnswer(message);
}

/** What a visitor reads, or hears, of a notice. */
export function noticeText(notice: Pick<ChatV3Message, 'id' | 'meta_data'>, strings: ChatStrings): string {
  return isStoppedAnswer(notice) ? strings.answerStopped : brokenAnswerText(notice, strings);
}
