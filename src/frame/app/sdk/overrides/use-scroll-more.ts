/**
 * Loads older messages when the visitor scrolls up to them. Built in place of the SDK's `services/use-scroll-more`
 * (src/build/sdk-source.ts), which stores the cursor of one conversation's history for the conversation that is shown when the response
 * arrives.
 */
import { useApiClientStore, useConversationStore } from '@coze/chat-sdk';
import { useRef } from 'react';
import type { useScrollMore as useSdkScrollMore } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/services/use-scroll-more.js';

/** In CSS pixels. */
const THRESHOLD = 100;
const PAUSE_MS = 1_500;

export function useScrollMore(): ReturnType<typeof useSdkScrollMore> {
  const store = useConversationStore(({ id, unshiftMessageList, prevError, prevHasMore, prevCursorId, setPrevInfo, setPrevError }) => ({
    id,
    unshiftMessageList,
    prevError,
    prevHasMore,
    prevCursorId,
    setPrevInfo,
    setPrevError,
  }));
  const chatService = useApiClientStore(({ chatService }) => chatService);
  const { id = '', prevCursorId, prevError, prevHasMore } = store;
  /** Conversation and cursor of the shown messages. The id is not enough, because the conversation may be left and shown again meanwhile. */
  const positionKey = `${id} ${prevCursorId}`;
  const shownPosition = useRef(positionKey);
  shownPosition.current = positionKey;
  const loading = useRef<string>();
  const endedAtMs = useRef(performance.now());

  const load = async (): Promise<void> => {
    if (id === '' || loading.current === positionKey || performance.now() - endedAtMs.current < PAUSE_MS) return;
    loading.current = positionKey;
    const page = await chatService.getMessageList({ conversationId: id, ...(prevCursorId && { prevCursorId }) });
    // Another request has begun since, perhaps for the same messages.
    if (loading.current !== positionKey) return;
    loading.current = undefined;
    if (shownPosition.current !== positionKey) return;
    store.unshiftMessageList(id, page.messages);
    if (page.error) store.setPrevError(page.error);
    else store.setPrevInfo(page.prevHasMore ?? false, page.prevCursorId ?? '');
    endedAtMs.current = performance.now();
  };
  return { prevError, isNeedPrevLoadMore: prevHasMore, upperThreshold: THRESHOLD, onScrollToUpper: prevHasMore ? load : undefined };
}
