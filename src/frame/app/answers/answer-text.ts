/** Reads the answers of a finished turn, which also has the bot's steps, suggestions and our notices. */
import type { ChatMessageGroup } from '@coze/chat-sdk';
import { isNotice, isStoppedAnswer } from './interrupted-answer.js';

/** Returns the texts of the answers. Of an answer that broke off, it returns the part that was received. */
export function answerText({ respMessages }: Pick<ChatMessageGroup, 'respMessages'>): string {
  return respMessages
    .filter((message) => message.type === 'answer' && message.content_type === 'text')
    .map((message) => message.content)
    .join('\n');
}

/** Returns Coze's id of the answer's first message; empty if there is none. */
export function answerId({ respMessages }: Pick<ChatMessageGroup, 'respMessages'>): string {
  return respMessages.find((message) => message.type === 'answer' && !isNotice(message))?.id ?? '';
}

/** Whether the answer is incomplete: the stream failed, or the visitor stopped it. */
export function isIncomplete({ respMessages }: ChatMessageGroup): boolean {
  return respMessages.some(isNotice);
}

export function isStopped({ respMessages }: ChatMessageGroup): boolean {
  return respMessages.some(isStoppedAnswer);
}
