/** The list of the visitor's conversations, over the chat. */
import { type JSX, type ReactNode, useEffect, useRef } from 'react';
import { systemClock } from '../../../../core/clock.js';
import { getStrings } from '../../../platform/taro/strings.js';
import type { ConversationManager } from '../conversation-manager.js';
import { ConversationRow } from './conversation-row.js';
import { IconButton, PanelDialog } from './panel-dialog.js';
import { toShortDate } from './short-date.js';
import { useConversationList } from './use-conversation-list.js';

export interface ConversationPanelProps {
  readonly manager: ConversationManager;
  /** `isChosen`: whether a conversation was chosen. The focus then moves to the chat, otherwise back to where it was. */
  readonly onClose: (isChosen: boolean) => void;
  /** Content above the list, because the list may be long. */
  readonly children: ReactNode;
}

export function ConversationPanel({ manager, onClose, children }: ConversationPanelProps): JSX.Element {
  const strings = getStrings();
  const list = useConversationList(manager, strings);
  const dialog = useRef<HTMLDialogElement>(null);
  const scroller = useRef<HTMLUListElement>(null);
  const { state, conversations, notice } = list;
  const language = document.documentElement.lang;
  const nowMs = systemClock.now().wallMs;

  const choose = async (act: () => Promise<boolean>): Promise<void> => {
    if (await act()) onClose(true);
  };
  const focusRow = (event: { readonly key: string; preventDefault(): void }): void => {
    const rows = [...(scroller.current?.querySelectorAll<HTMLElement>('.conversation__open') ?? [])];
    const at = rows.findIndex((row) => row === document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    rows[next]?.focus();
  };
  const remove = async (id: string): Promise<boolean> => {
    const at = conversations.findIndex((one) => one.id === id);
    if (!(await list.delete(id))) return false;
    // The focused row disappears. By the next frame the visitor may have focused something else.
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body && document.activeElement !== dialog.current) return;
      const rows = dialog.current?.querySelectorAll<HTMLElement>('.conversation__open');
      (rows?.[Math.min(at, rows.length - 1)] ?? dialog.current?.querySelector('button'))?.focus();
    });
    return true;
  };

  return (
    <PanelDialog
      dialog={dialog}
      title={strings.conversationsTitle}
      onClose={() => onClose(false)}
      actions={
        manager.canCreate && (
          <IconButton
            className="conversations__new"
            label={strings.newConversation}
            path="M12 5v14M5 12h14"
            onClick={() => void choose(list.create)}
          />
        )
      }
    >
      {children}
      <p role="status">{notice || noticeFor(state, conversations.length, strings)}</p>
      <ul ref={scroller} onKeyDown={focusRow}>
        {conversations.map((conversation) => (
          <ConversationRow
            key={conversation.id}
            conversation={conversation}
            date={toShortDate(conversation.updatedAt, nowMs, language)}
            strings={strings}
            canEdit={manager.canEdit}
            onOpen={() => void choose(() => list.open(conversation.id))}
            onRename={(name) => list.rename(conversation.id, name)}
            onDelete={() => remove(conversation.id)}
          />
        ))}
      </ul>
      {(state === 'partial' || state === 'failed') && (
        <MoreButton
          isAutomatic={state === 'partial'}
          label={state === 'failed' ? strings.retry : strings.conversationsMore}
          onMore={list.loadMore}
        />
      )}
    </PanelDialog>
  );
}

function noticeFor(state: string, count: number, strings: ReturnType<typeof getStrings>): string {
  if (state === 'loading') return strings.loading;
  if (state === 'failed') return strings.conversationsFailed;
  if (state === 'unlisted') return strings.conversationsUnlisted;
  return count === 0 ? strings.conversationsNone : '';
}

interface MoreButtonProps {
  readonly isAutomatic: boolean;
  readonly label: string;
  readonly onMore: () => void;
}

/** Loads the next page when pressed, or when scrolled into view. */
function MoreButton({ isAutomatic, label, onMore }: MoreButtonProps): JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isAutomatic || button.current === null) return;
    const observer = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && onMore());
    observer.observe(button.current);
    return () => observer.disconnect();
  }, [isAutomatic]);
  return (
    <button type="button" ref={button} className="conversations__more" onClick={onMore}>
      {label}
    </button>
  );
}
