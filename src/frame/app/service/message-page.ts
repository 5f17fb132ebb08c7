/** A page of the conversation's history, as the SDK can make sense of it. */
import type { IChatService } from '@coze/chat-sdk';
import { stoppedReply } from '../answers/interrupted-answer.js';

/** What the SDK's own type says of a page, rather than what TypeScript infers from its code. */
export type MessagePage = Awaited<ReturnType<IChatService['getMessageList']>>;

/**
 * A page may begin in the middle of a turn. The SDK then loses the answers, and paging with them, when the next page fails
 * (SDK `provider/store/conversation`, `combineMessageGroup`), so they are left for the next page, which asks from the question on.
 */
export function withoutOrphanedAnswers(page: MessagePage): MessagePage {
  const firstQuestion = page.messages.findIndex((message) => message.type === 'question');
  const oldestKept = page.messages[firstQuestion];
  if (!page.prevHasMore || firstQuestion < 1 || oldestKept === undefined) return page;
  return { ...page, messages: page.messages.slice(firstQuestion), prevCursorId: oldestKept.id };
}

/** Says below what there is of an answer that it was stopped, as it was said then. Whether there is anything of it, Coze decides. */
export function withStopNotices(page: MessagePage, wasStopped: (chatId: string) => boolean): MessagePage {
  const { messages } = page;
  const marked = messages.flatMap((message, index) => {
    const isLast = message.chat_id !== messages[index + 1]?.chat_id;
    return isLast && wasStopped(message.chat_id) ? [message, { ...stoppedReply(message), isComplete: true }] : [message];
  });
  return { ...page, messages: marked as typeof messages };
}
