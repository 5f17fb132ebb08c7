/** A message of our own that says: the answer above broke off. */
import { type ChatV3Message, RoleType } from '@coze/api';
import type { ChatStrings } from '../../../locales/translations/en.js';
import { errorStringKey } from '../errors/error-texts.js';

/** Coze's ids are numbers. */
const BROKEN_ANSWER_ID = 'broken-answer';

/** To follow `message`; `code` is the API's for why. Of a type the SDK leaves to us to show, so that it is not part of what is copied or read aloud. */
export function interruptedReply(message: ChatV3Message, code: number): ChatV3Message {
  return {
    ...message,
    id: BROKEN_ANSWER_ID,
    role: RoleType.Assistant,
    type: 'answer',
    content_type: 'card',
    content: '',
    reasoning_content: '',
    meta_data: { code: String(code) },
  };
}

/** Says that the answer broke off, and why if that is anything to a visitor. */
export function brokenAnswerText({ meta_data }: Pick<ChatV3Message, 'meta_data'>, strings: ChatStrings): string {
  const reason = errorStringKey(meta_data?.['code'] ?? '');
  return reason === undefined ? strings.answerBrokenOff : `${strings.answerBrokenOff} ${strings[reason]}`;
}

export function isBrokenAnswer({ id }: { readonly id: string }): boolean {
  return id === BROKEN_ANSWER_ID;
}
