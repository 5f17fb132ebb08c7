/** State and actions of the panel: a list that is loaded by pages, and a notice about the last action. */
import { useEffect, useRef, useState } from 'react';
import { ErrorCode } from '../../../../core/errors.js';
import type { ChatStrings } from '../../../../locales/translations/en.js';
import type { ChatConversation } from '../../../conversation-commands.js';
import { ConversationError } from '../conversation-error.js';
import type { ConversationManager } from '../conversation-manager.js';

const PAGE_SIZE = 20;

/** `unlisted`: the list cannot be loaded, and a retry cannot help. */
type ListState = 'loading' | 'complete' | 'partial' | 'failed' | 'unlisted';

export interface ConversationListModel {
  readonly state: ListState;
  readonly conversations: readonly ChatConversation[];
  /** Sentence about the last action; empty if it has worked. */
  readonly notice: string;
  loadMore(): void;
  /** Resolves with whether the action has worked. */
  open(id: string): Promise<boolean>;
  create(): Promise<boolean>;
  rename(id: string, name: string): Promise<boolean>;
  delete(id: string): Promise<boolean>;
}

export function useConversationList(manager: ConversationManager, strings: ChatStrings): ConversationListModel {
  const [state, setState] = useState<ListState>('loading');
  const [conversations, setConversations] = useState<readonly ChatConversation[]>([]);
  const [notice, setNotice] = useState('');
  const page = useRef(0);
  const isLoading = useRef(false);

  const loadMore = async (): Promise<void> => {
    if (isLoading.current) return;
    isLoading.current = true;
    setState('loading');
    try {
      const list = await manager.list({ page: page.current + 1, pageSize: PAGE_SIZE });
      page.current++;
      // A conversation that was created meanwhile shifts the others to later pages.
      setConversations((known) => [...known, ...list.conversations.filter(({ id }) => known.every((one) => one.id !== id))]);
      setState(list.hasMore ? 'partial' : 'complete');
    } catch (error) {
      manager.report(error);
      setState(error instanceof ConversationError && !error.problem.retryable ? 'unlisted' : 'failed');
    }
    isLoading.current = false;
  };
  useEffect(() => void loadMore(), []);

  /** Runs an action; sets a notice if it fails for a reason that concerns the visitor. */
  const attempt = async (act: () => Promise<unknown>, id?: string): Promise<boolean> => {
    setNotice('');
    try {
      await act();
      return true;
    } catch (error) {
      manager.report(error);
      if (error instanceof ConversationError && error.problem.code === ErrorCode.Interrupted) return false;
      const isGone = error instanceof ConversationError && error.isUnavailable;
      if (isGone) setConversations((known) => known.filter((one) => one.id !== id));
      const isPermanent = error instanceof ConversationError && !error.problem.retryable;
      setNotice(isGone ? strings.conversationGone : isPermanent ? strings.conversationsFixed : strings.errorTryAgain);
      return false;
    }
  };

  return {
    state,
    conversations,
    notice,
    loadMore: () => void loadMore(),
    open: (id) => attempt(() => manager.open(id), id),
    create: () => attempt(() => manager.create()),
    rename: async (id, name) => {
      const isRenamed = await attempt(() => manager.rename(id, name), id);
      if (isRenamed) setConversations((known) => known.map((one) => (one.id === id ? { ...one, name } : one)));
      return isRenamed;
    },
    delete: async (id) => {
      const isDeleted = await attempt(() => manager.delete(id), id);
      if (!isDeleted) return false;
      setConversations((known) => known.filter((one) => one.id !== id));
      // At Coze, later conversations have moved up, the first of them to a page that is already loaded.
      page.current = Math.max(page.current - 1, 0);
      return true;
    },
  };
}
