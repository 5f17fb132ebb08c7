/** Notices: our own messages below an answer that broke off or was stopped. */
import { type ChatV3Message, RoleType } from '@coze/api';
import type { ChatStrings } from '../../../locales/translations/en.js';
import { errorStringKey } from '../errors/error-texts.js';

/** These ids differ from all of Coze's, which are numbers. */
const BROKEN_ANSWER_ID = 'broken-answer';
const STOPPED_ANSWER_ID = 'stopped-answer';

/**
 * Returns the notice below `message`; `code` is the API's error code. The notice has a type that the SDK leaves to us to show, so that its
 * text is not copied or read aloud with the answer.
 */
export function interruptedReply(message: ChatV3Message, code: number): ChatV3Message {
  return { ...noticeBelow(message), id: BROKEN_ANSWER_ID, meta_data: { code: String(code) } };
}

/** Returns the notice below `message`, the last one before the stop; `undefined` if nothing was received. */
export function stoppedReply(message?: ChatV3Message): ChatV3Message {
  return { ...noticeBelow(message), id: STOPPED_ANSWER_ID, meta_data: {} };
}

function noticeBelow(message?: ChatV3Message): ChatV3Message {
  const notice = { role: RoleType.Assistant, type: 'answer', content_type: 'card', content: '', reasoning_content: '' };
  return { ...(message ?? UNKNOWN_TURN), ...notice } as ChatV3Message;
}

const UNKNOWN_TURN = { conversation_id: '', bot_id: '', chat_id: '', section_id: '', created_at: 0, updated_at: 0 };

/** Returns the sentence that the answer broke off, with the reason if there is a string for it. */
function brokenAnswerText({ meta_data }: Pick<ChatV3Message, 'meta_data'>, strings: ChatStrings): string {
  const reason = errorStringKey(meta_data?.['code'] ?? '');
  return reason === undefined ? strings.answerBrokenOff : `${strings.answerBrokenOff} ${strings[reason]}`;
}

export function isBrokenAnswer({ id }: { readonly id: string }): boolean {
  return id === BROKEN_ANSWER_ID;
}

export function isStoppedAnswer({ id }: { readonly id: string }): boolean {
  return id === STOPPED_ANSWER_ID;
}

/** Whether a message of an answer is a notice, not a message of the bot. */
export function isNotice(message: { readonly id: string }): boolean {
  return isBrokenAnswer(message) || isStoppedAnswer(message);
}

/** Returns the text of a notice. */
export function noticeText(notice: Pick<ChatV3Message, 'id' | 'meta_data'>, strings: ChatStrings): string {
  return isStoppedAnswer(notice) ? strings.answerStopped : brokenAnswerText(notice, strings);
}
