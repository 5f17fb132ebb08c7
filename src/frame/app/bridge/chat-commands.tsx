/** Carries out the page's commands through the SDK's own hooks, so that the result looks as if the visitor had acted. */
import { useApiClientStore, useChatStatusStore, useConversationStore, useInitSuccess, useSendMessage } from '@coze/chat-sdk';
import { type JSX, useEffect, useLayoutEffect, useRef } from 'react';
import type { ChatApi, HostApi, SendOutcome } from '../../contract.js';
import type { RunConversationCommand } from '../../conversation-commands.js';
import type { ConversationsProps } from '../conversations/conversations.js';
import { useConversations } from '../conversations/use-conversations.js';
import { getErrorCode } from '../errors/api-error-code.js';
import type { Conversation } from '../service/conversation-start.js';
import type { IsolatedChatService } from '../service/isolated-chat-service.js';
import type { PendingReply } from './pending-reply.js';
import { useTaskReport } from './use-task-report.js';

export interface ControlsProps {
  /** Adds a text to the field, below the visitor's text. */
  readonly onCompose: (text: string) => void;
  readonly onStop: ChatApi['stop'];
  /** Called when another conversation is shown. */
  readonly onSwitch: (fromId: string, toId: string) => void;
  /** Called for each conversation that is deleted while another one is shown. */
  readonly onDelete: (id: string) => void;
  readonly onLateAnswer: ConversationsProps['onLateAnswer'];
  readonly turns: PendingReply;
  readonly host: Pick<HostApi, 'onEvent' | 'onFailed' | 'confirmVisitor'>;
  readonly onReady: (controls: ChatApi) => void;
  readonly configure: ChatApi['configure'];
  /** Whether the chat is read-only; the SDK then sends nothing (SDK `provider/store/chat-status`). */
  readonly isReadOnly: boolean;
  /** Whether the visitor has a list of conversations, in which they need names. */
  readonly hasConversations: boolean;
}

export function Controls({
  onCompose,
  onStop,
  onSwitch,
  onDelete,
  onLateAnswer,
  turns,
  host,
  onReady,
  configure,
  isReadOnly,
  hasConversations,
}: ControlsProps): JSX.Element | null {
  const isReady = useInitSuccess();
  const { sendTextMessage } = useSendMessage();
  const isBusy = useChatStatusStore(({ disableState }) => disableState.clearMessage);
  const getOpDisabledState = useChatStatusStore((store) => store.getOpDisabledState);
  const setIsDeleting = useChatStatusStore((store) => store.setIsDeleting);
  const chatService = useApiClientStore((store) => store.chatService) as IsolatedChatService;
  const setNewConversationId = useConversationStore((store) => store.setNewConversationId);
  const setSectionId = useConversationStore((store) => store.setSectionId);
  const hasStarted = useRef(false);
  const conversationId = useConversationStore(({ id }) => id);

  // The effects of the SDK's components, which subscribe to sent messages, have run before this one.
  useEffect(() => {
    hasStarted.current = true;
    if (!isBusy) turns.becomeIdle();
  }, [isBusy]);

  const readOnly = useRef(isReadOnly);
  readOnly.current = isReadOnly;

  const [conversationsPart, runConversations] = useConversations({
    turns,
    host,
    isReadOnly: readOnly,
    onSwitch,
    onDelete,
    onLateAnswer,
  });
  const conversations: RunConversationCommand = async (name, ...args) => {
    if (name !== 'toggle') await chatService.start.untilFirstIsShown();
    return runConversations(name, ...args);
  };
  const untilIdle = (): Promise<void> => turns.untilIdle(() => !hasStarted.current || getOpDisabledState().clearMessage);

  const send = async (text: string): Promise<SendOutcome> => {
    if (readOnly.current) return 'not-sent';
    await untilIdle();
    const outcome = turns.start();
    // `false` if the message was not sent, for example because the page prevented it or because there is no conversation.
    void sendTextMessage(text).then((isSent) => isSent === false && turns.cancel());
    return outcome;
  };

  const compose = (text: string): void => {
    onCompose(text);
    document.querySelector('textarea')?.focus();
  };

  const showEmpty = ({ conversationId, sectionId }: Conversation): void => {
    setNewConversationId(conversationId);
    setSectionId(sectionId);
  };

  /** Does the same as the SDK's own button, which does not report whether it succeeded (SDK `services/use-clear-message`). */
  const clear = async (): Promise<boolean> => {
    if (readOnly.current) return false;
    await untilIdle();
    setIsDeleting(true);
    try {
      showEmpty(await chatService.createNewConversation());
      return true;
    } catch (cause) {
      // eslint-disable-next-line no-console -- the page's promise says only that the command failed; the page must not get the API's text
      console.warn(`[coze-chat] No new conversation could be begun (code ${getErrorCode(cause) ?? 'unknown'}).`);
      return false;
    } finally {
      setIsDeleting(false);
    }
  };

  // In the same task in which the text field is rendered: the field must not be usable before the page shows it, and Firefox does not focus
  // hidden elements.
  useLayoutEffect(() => {
    if (!isReady) return;
    // A new visitor's first conversation is created while the chat is already shown. It has no messages that could be lost.
    if (!conversationId) void chatService.start.firstConversation?.then((first) => first && showEmpty(first));
    onReady({ send, compose, stop: onStop, clear, conversations, configure });
    if (chatService.newestMessage?.type === 'question') void conversations('awaitAnswer');
  }, [isReady]);

  turns.onConversationGone = () => void conversations('replace');

  const hasOneQuestion = useConversationStore(({ chatMessageGroups: groups }) => groups.length === 1 && !!groups[0]?.query?.content);
  const wasBusy = useRef(false);
  useEffect(() => {
    // Passes the id, because the visitor may have opened another conversation before this one is named.
    if (wasBusy.current && !isBusy && conversationId && hasOneQuestion && hasConversations) void conversations('name', conversationId);
    wasBusy.current = isBusy;
  }, [isBusy]);

  useEffect(() => {
    const { newestId } = chatService.start;
    if (isReady && conversationId) host.onEvent({ type: 'conversation', id: conversationId, isNewest: conversationId === newestId });
  }, [isReady, conversationId]);

  useTaskReport(host);
  return conversationsPart;
}
