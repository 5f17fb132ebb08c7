/** Extracts the texts of a finished turn's answers. */
import type { ChatMessageGroup } from '@coze/chat-sdk';
import { isNotice, isStoppedAnswer } from './interrupted-answer.js';

/** Returns the texts of the answers. Of an answer that broke off, it returns the part that was received. */
export function answerText({ respMessages }: ChatMessageGroup): string {
  return respMessages
    .filter((message) => message.type === 'answer' && message.content_type === 'text')
    .map((message) => message.content)
    .join('\n');
}

/** Whether the answer is incomplete: the stream failed, or the visitor stopped it. */
export function isIncomplete({ respMessages }: ChatMessageGroup): boolean {
  return respMessages.some(isNotice);
}

export function isStopped({ respMessages }: ChatMessageGroup): boolean {
  return respMessages.some(isStoppedAnswer);
}
