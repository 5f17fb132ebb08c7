/**
 * How a message goes to the API. Built in place of the SDK's `services/use-send-message` (src/build/sdk-source.ts), which answers `undefined` both
 * for a message that goes out and for one that is dropped because an answer is running, and which takes a failed message away before it is
 * certain that it can be repeated.
 */
import {
  type AudioRaw,
  type ChooseFileInfo,
  type RawMessage,
  RawMessageType,
  SendMessageEvent,
  useApiClientStore,
  useChatInfoStore,
  useChatInputStore,
  useChatStatusStore,
  useConversationStore,
  useUiEventStore,
} from '@coze/chat-sdk';
import { useMemo, useRef } from 'react';
import {
  useChatPropsStore,
  useI18n,
  useUserInfoStore,
} from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/provider/context/chat-store-context.js';
import type { useSendMessage as useSdkSendMessage } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/services/use-send-message.js';
import { showToast } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/utils/index.js';
import type { IsolatedChatService } from '../service/isolated-chat-service.js';
import { OutgoingTurn } from './outgoing-turn.js';
import { useSending } from './sending-context.js';

const TOAST_MS = 2_000;

type Send = ReturnType<typeof useSdkSendMessage>['sendMessage'];
type History = Parameters<Send>[1];

/** Every function resolves with whether the message goes out. */
export function useSendMessage(): SendFunctions {
  const { draft, turns, prepare, confirmVisitor, strings } = useSending();
  const i18n = useI18n();
  const { conversationId, sectionId, setSendMessageService, popLastErrorChatGroup } = useConversationStore((store) => ({
    conversationId: store.id,
    sectionId: store.sectionId,
    setSendMessageService: store.setSendMessageService,
    popLastErrorChatGroup: store.popLastErrorChatGroup,
  }));
  /** The newest message, when it is marked as failed. */
  const failed = useConversationStore(({ chatMessageGroups }) => {
    const question = chatMessageGroups.at(-1)?.query;
    return question?.error === undefined ? undefined : question.rawMessage;
  });
  const userId = useUserInfoStore(({ info }) => info?.id);
  const { id: botId, info: chatInfo } = useChatInfoStore(({ id, info }) => ({ id, info }));
  const { isReadonly, getOpDisabledState, setIsDeleting } = useChatStatusStore((store) => ({
    isReadonly: store.isReadonly,
    getOpDisabledState: store.getOpDisabledState,
    setIsDeleting: store.setIsDeleting,
  }));
  const setTaskList = useChatInputStore((store) => store.setTaskList);
  const { connectorId, chatService } = useApiClientStore((store) => ({ connectorId: store.connectorId, chatService: store.chatService }));
  const toastTarget = useUiEventStore(({ event }) => event);
  const onRequiresAction = useChatPropsStore(({ eventCallbacks }) => eventCallbacks?.message?.onRequiresAction);

  const isBusy = (): boolean => getOpDisabledState().clearMessage;

  const send = async (message: RawMessage, history?: History): Promise<boolean> => {
    if (!botId || !conversationId || isBusy()) return false;
    if (!(await confirmVisitor())) {
      showToast({ content: strings.notConfirmed, icon: 'error', duration: TOAST_MS }, toastTarget);
      return false;
    }
    if (isBusy() || !(await prepare(message)) || isBusy()) return false;

    if (message === failed || draft.isRepeatedBy(message)) popLastErrorChatGroup();
    setTaskList({ taskList: [] });
    setIsDeleting(true);
    const turn = new OutgoingTurn({
      botId,
      chatService,
      conversationId,
      userId: userId ?? '',
      connectorId,
      sectionId,
      ...(chatInfo && { chatInfo }),
      i18n,
    });
    turn.on(SendMessageEvent.RequireAction, ({ event }) => onRequiresAction?.({ extra: { requireAction: event } }));
    turns.preparing = turn;
    turn.on(SendMessageEvent.Close, () => setIsDeleting(false));
    turn.on(SendMessageEvent.ReceiveComplete, ({ error }) => {
      if (error === undefined) return;
      const content = error.getErrorMessageByI18n(i18n, {}) || i18n.t('sendFailed');
      showToast({ content, icon: 'error', duration: TOAST_MS }, toastTarget);
    });
    setSendMessageService(turn);
    draft.begin(message);
    void turn.sendRawMessage(message, history);
    return true;
  };

  // The page keeps these functions; a call must use the conversation that is open at that time.
  const latest = useRef({ send, failed, isReadonly, conversationId });
  latest.current = { send, failed, isReadonly, conversationId };
  return useMemo(() => {
    const sendMessage = async (message: RawMessage, history?: History): Promise<boolean> => {
      // A text stays where it is until it can be sent; a recording or a file is nowhere else.
      const canWait = message.type !== RawMessageType.TEXT && !latest.current.isReadonly;
      if (canWait) await turns.untilIdle(isBusy);
      if (!latest.current.conversationId) await (chatService as IsolatedChatService).start.untilBegun();
      return latest.current.send(message, history);
    };
    return {
      sendMessage,
      sendTextMessage: (data) => sendMessage({ type: RawMessageType.TEXT, data }),
      sendFileMessage: (data) => sendMessage({ type: RawMessageType.FILE, data }),
      sendAudioMessage: (data) => sendMessage({ type: RawMessageType.AUDIO, data }),
      reSendLastErrorMessage: async () => latest.current.failed !== undefined && sendMessage(latest.current.failed),
    };
  }, []);
}

/** As the SDK declares them, but for what they resolve with. */
interface SendFunctions extends ReturnType<typeof useSdkSendMessage> {
  sendMessage(message: RawMessage, history?: History): Promise<boolean>;
  sendTextMessage(text: string): Promise<boolean>;
  sendFileMessage(files: ChooseFileInfo[]): Promise<boolean>;
  sendAudioMessage(audio: AudioRaw): Promise<boolean>;
  reSendLastErrorMessage(): Promise<boolean>;
}
