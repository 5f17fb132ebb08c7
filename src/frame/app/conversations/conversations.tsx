/** Connects the conversation manager to the SDK's stores, and renders the list. Loaded when it is first needed. */
import {
  type ChatMessage,
  type ChatMessageGroup,
  UIEventType,
  useApiClientStore,
  useChatStatusStore,
  useConversationStore,
  useUiEventStore,
} from '@coze/chat-sdk';
import { type JSX, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { systemClock, systemTimers } from '../../../core/clock.js';
import { ownDataTitle } from '../../../locales/own-data-title.js';
import type { RunConversationCommand } from '../../conversation-commands.js';
import { useMessages } from '../messages/messages-context.js';
import type { IsolatedChatService } from '../service/isolated-chat-service.js';
import { ConversationManager, type ConversationManagerOptions } from './conversation-manager.js';
import type { ConversationView } from './conversation-view.js';
import { OwnData } from './own-data/late-own-data.js';
import type { RecordSettings } from './own-data/own-data-api.js';
import { ConversationPanel } from './panel/conversation-panel.js';
import { PanelDialog } from './panel/panel-dialog.js';

export { restoreConversation } from './restore-conversation.js';

/** Operations on the running answer. */
export interface TurnControl {
  /** Resolves once `isBusy` returns `false`. Calls it again whenever the chat becomes idle. */
  untilIdle(isBusy: () => boolean): Promise<void>;
  /** Calls `end`, which ends the answer. The page does not get the incomplete text as a message. */
  leave(end: () => void): void;
}

export interface ConversationsProps {
  readonly turns: TurnControl;
  readonly host: ConversationManagerOptions['host'];
  readonly isReadOnly: { readonly current: boolean };
  /** Called when the chat changes to another conversation. */
  readonly onSwitch: (fromId: string, toId: string) => void;
  /** Called for each conversation that is deleted while another one is shown. */
  readonly onDelete: (id: string) => void;
  /** Called when an answer is shown whose stream this chat did not receive. */
  readonly onLateAnswer: (messages: ChatMessage[]) => void;
  readonly onReady: (run: RunConversationCommand) => void;
}

export function Conversations({ onReady, ...props }: ConversationsProps): JSX.Element | null {
  const { host } = props;
  const { options, strings, locale } = useMessages();
  const [isShown, setIsShown] = useState(false);
  const isOpen = useRef(false);
  const focusesField = useRef(false);
  const show = (isNowShown: boolean, isChosen = false): void => {
    if (isOpen.current === isNowShown) return;
    isOpen.current = isNowShown;
    setIsShown(isNowShown);
    // Focuses the field only with a mouse. On a phone the keyboard would cover the chosen conversation.
    focusesField.current = isChosen && matchMedia('(hover: hover)').matches;
    host.onEvent({ type: 'conversation-list', isShown: isNowShown, returnsFocus: !isNowShown && !focusesField.current });
  };
  // Runs as soon as the dialog, which makes the field inert, is removed. In a later frame the visitor may have focused something else.
  useLayoutEffect(() => {
    if (!isShown && focusesField.current) document.querySelector('textarea')?.focus();
  }, [isShown]);
  const record = (): RecordSettings => ({ strings, language: locale, notice: options.aiLabel?.text || strings.aiLabel });
  const manager = useManager({ ...props, record, toggleList: () => show(!isOpen.current) });
  useEffect(() => onReady((name, ...args) => manager.run(name, ...args)), []);
  if (!isShown) return null;
  const ownData = options.ownData && (
    <OwnData manager={manager} isFolded={options.conversations ?? false} onDeleted={() => show(false, true)} />
  );
  if (!options.conversations && ownData) {
    return (
      <PanelDialog className="own-data-menu" title={ownDataTitle[locale]} onClose={() => show(false)}>
        {ownData}
      </PanelDialog>
    );
  }
  return (
    <ConversationPanel manager={manager} onClose={(isChosen) => show(false, isChosen)}>
      {ownData}
    </ConversationPanel>
  );
}

/** What `changeableTurns` adds to the SDK's store (src/build/sdk-patches.ts). */
interface Changeable {
  set(change: (store: Turns) => Turns): void;
}

interface Turns {
  readonly chatMessageGroups: readonly ChatMessageGroup[];
}

type ManagerProps = Omit<ConversationsProps, 'onReady'> & Pick<ConversationView, 'toggleList'> & Pick<ConversationManagerOptions, 'record'>;

function useManager({ turns, host, isReadOnly, record, onSwitch, onDelete, onLateAnswer, toggleList }: ManagerProps): ConversationManager {
  const service = useApiClientStore((store) => store.chatService) as IsolatedChatService;
  const conversation = useConversationStore((store) => ({
    id: store.id ?? '',
    isEmpty: store.chatMessageGroups.length === 0 && store.inProcessChatMessageGroup === undefined,
    isAnswering: store.sendMessageService !== undefined,
    closeTurn: store.closeSendMessage,
    showDetail: store.setConversationDetail,
    begin: store.setNewConversationId,
    setSection: store.setSectionId,
    set: (store as unknown as Changeable).set,
  }));
  const setIsLocked = useChatStatusStore((store) => store.setIsDeleting);
  const getDisabled = useChatStatusStore((store) => store.getOpDisabledState);
  const events = useUiEventStore((store) => store.event);
  /** The conversation as last rendered, with later changes: these apply here before the next render. */
  const latest = useRef(conversation);
  latest.current = conversation;
  const latestRecord = useRef(record);
  latestRecord.current = record;

  return useMemo(() => {
    const isBusy = (): boolean => getDisabled().clearMessage;
    const change = (members: Partial<typeof conversation>): void => {
      latest.current = { ...latest.current, ...members };
    };
    const changeTurn = (questionId: string, changes: Partial<ChatMessageGroup>): void =>
      conversation.set(({ chatMessageGroups: turns }) => ({
        chatMessageGroups: turns.map((turn) => (turn.query?.id === questionId ? { ...turn, ...changes } : turn)),
      }));
    const view: ConversationView = {
      get id() {
        return latest.current.id;
      },
      get isEmpty() {
        return latest.current.isEmpty;
      },
      toggleList,
      get isAnswering() {
        return latest.current.isAnswering;
      },
      get isReadOnly() {
        return isReadOnly.current;
      },
      untilIdle: () => turns.untilIdle(isBusy),
      untilNothingIsCreated: () => turns.untilIdle(() => isBusy() && !latest.current.isAnswering && !view.isReadOnly),
      lock: setIsLocked,
      endAnswer: () => {
        turns.leave(latest.current.closeTurn);
        change({ isAnswering: false });
      },
      switchDraft: (toId) => onSwitch(latest.current.id, toId),
      forgetDraft: onDelete,
      show: (id, sectionId, page) => {
        latest.current.showDetail({ id, sectionId, ...page }, page.messages);
        change({ id, isEmpty: page.messages.length === 0 });
        events.trigger(UIEventType.ChatSlotToBottom);
      },
      begin: (id, sectionId) => {
        latest.current.begin(id);
        latest.current.setSection(sectionId);
        change({ id, isEmpty: true });
      },
      awaitAnswer: (questionId) => changeTurn(questionId, { isAWaiting: true }),
      showAnswer: (questionId, respMessages) => {
        changeTurn(questionId, { isAWaiting: false, respMessages });
        if (respMessages.length > 0) onLateAnswer(respMessages);
      },
    };
    return new ConversationManager({ service, view, host, record: () => latestRecord.current(), clock: systemClock, timers: systemTimers });
  }, []);
}
