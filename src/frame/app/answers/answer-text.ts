/** What a finished turn has brought. */
import type { ChatMessageGroup } from '@coze/chat-sdk';
import { isNotice, isStoppedAnswer } from './interrupted-answer.js';

/** The texts of the answers; all that came when the last one broke off. */
export function answerText({ respMessages }: ChatMessageGroup): string {
  return respMessages
    .filter((message) => message.type === 'answer' && message.content_type === 'text')
    .map((message) => message.content)
    .join('\n');
}

/** It broke off, or was stopped. */
export function isBrokenOff({ respMessages }: ChatMessageGroup): boolean {
  return respMessages.some(isNotice);
}

export function isStopped({ respMessages }: ChatMessageGroup): boolean {
  return respMessages.some(isStoppedAnswer);
}
