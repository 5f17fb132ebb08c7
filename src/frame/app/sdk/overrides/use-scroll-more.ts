/**
 * Older messages, when one scrolls up to them. Built in place of the SDK's `services/use-scroll-more` (src/build/sdk-source.ts), which gives the place
 * in one conversation's history to whichever is shown by the time it comes.
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
  const shownId = useRef(store.id);
  shownId.current = store.id;
  const loadingId = useRef<string>();
  const endedAtMs = useRef(performance.now());
  const { id = '', prevCursorId, prevError, prevHasMore } = store;

  const load = async (): Promise<void> => {
    if (id === '' || loadingId.current === id || performance.now() - endedAtMs.current < PAUSE_MS) return;
    loadingId.current = id;
    const page = await chatService.getMessageList({ conversationId: id, ...(prevCursorId && { prevCursorId }) });
    if (loadingId.current === id) loadingId.current = undefined;
    if (shownId.current !== id) return;
    store.unshiftMessageList(id, page.messages);
    if (page.error) store.setPrevError(page.error);
    else store.setPrevInfo(page.prevHasMore ?? false, page.prevCursorId ?? '');
    endedAtMs.current = performance.now();
  };
  return { prevError, isNeedPrevLoadMore: prevHasMore, upperThreshold: THRESHOLD, onScrollToUpper: prevHasMore ? load : undefined };
}
