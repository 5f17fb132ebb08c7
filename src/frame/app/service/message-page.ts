/** Prepares a page of the conversation's history for the SDK. */
import type { IChatService } from '@coze/chat-sdk';
import { stoppedReply } from '../answers/interrupted-answer.js';

/** The SDK's declared type, not the one that TypeScript infers from its code. */
export type MessagePage = Awaited<ReturnType<IChatService['getMessageList']>>;

/**
 * Removes the answers before the first question. A page may begin in the middle of a turn. The SDK loses such answers, and can no longer
 * page back, if the next page fails (SDK `provider/store/conversation`, `combineMessageGroup`). The next page contains them, because it ends
 * just before the first question of this one.
 */
export function withoutOrphanedAnswers(page: MessagePage): MessagePage {
  const firstQuestion = page.messages.findIndex((message) => message.type === 'question');
  const oldestKept = page.messages[firstQuestion];
  if (!page.prevHasMore || firstQuestion < 1 || oldestKept === undefined) return page;
  return { ...page, messages: page.messages.slice(firstQuestion), prevCursorId: oldestKept.id };
}

/** Adds a notice below each answer that the visitor has stopped. Coze decides whether the history contains a part of that answer. */
export function withStopNotices(page: MessagePage, wasStopped: (chatId: string) => boolean): MessagePage {
  const { messages } = page;
  const marked = messages.flatMap((message, index) => {
    const isLast = message.chat_id !== messages[index + 1]?.chat_id;
    return isLast && wasStopped(message.chat_id) ? [message, { ...stoppedReply(message), isComplete: true }] : [message];
  });
  return { ...page, messages: marked as typeof messages };
}
