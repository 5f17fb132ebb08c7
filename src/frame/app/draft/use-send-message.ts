/**
 * Sends a message to the API. Built in place of the SDK's `services/use-send-message` (src/build/sdk-source.ts), which returns `undefined`
 * both for a sent message and for one that it drops because an answer is running, and which removes a failed message before it is certain
 * that the retry is sent.
 */
import {
  type AudioRaw,
  type ChatMessage,
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
import { CONVERSATION_GONE } from '../service/turn/turn-events.js';
import { OutgoingTurn } from './outgoing-turn.js';
import { useSending } from './sending-context.js';

type Send = ReturnType<typeof useSdkSendMessage>['sendMessage'];
type History = Parameters<Send>[1];
/** Whether the message was sent. `later`: an answer is running, or another conversation is shown. */
type Attempt = boolean | 'later';

/** Every function resolves with whether the message was sent. */
export function useSendMessage(): SendFunctions {
  const { draft, turns, prepare, confirmVisitor, strings } = useSending();
  const i18n = useI18n();
  const { conversationId, sectionId, pushMessageList, setSendMessageService, popLastErrorChatGroup } = useConversationStore((store) => ({
    conversationId: store.id,
    sectionId: store.sectionId,
    pushMessageList: store.pushMessageList,
    setSendMessageService: store.setSendMessageService,
    popLastErrorChatGroup: store.popLastErrorChatGroup,
  }));
  /** The newest message if it is marked as failed. */
  const failed = useConversationStore(({ chatMessageGroups }) => {
    const question = chatMessageGroups.at(-1)?.query;
    return question?.error === undefined ? undefined : question;
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

  /** `failure`: shows this failed question again, with its reason, and sends nothing. */
  const send = async (message: RawMessage, history?: History, failure?: ChatMessage): Promise<Attempt> => {
    if (!botId || !conversationId) return false;
    if (isBusy()) return 'later';
    if (failure !== undefined) {
      pushMessageList([failure]);
      return true;
    }
    const isConfirmed = await confirmVisitor();
    // A recording exists only in this message, which therefore becomes a failed message that can be sent again.
    if (!isConfirmed && message.type !== RawMessageType.AUDIO) {
      showToast({ content: strings.notConfirmed, icon: 'error' }, toastTarget);
      return false;
    }
    if (isBusy()) return 'later';
    if (isConfirmed && !(await prepare(message))) return false;
    // Another conversation may be shown by now.
    if (isBusy() || latest.current.conversationId !== conversationId) return 'later';

    if (message === failed?.rawMessage || draft.isRepeatedBy(message)) popLastErrorChatGroup();
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
    turns.lastTurn = turn;
    turn.on(SendMessageEvent.Close, () => setIsDeleting(false));
    turn.on(SendMessageEvent.ReceiveComplete, ({ error }) => {
      // The question and its mark disappear with the conversation.
      if (error?.code === CONVERSATION_GONE) showToast({ content: strings.conversationGone, icon: 'error' }, toastTarget);
    });
    setSendMessageService(turn);
    draft.begin(message);
    if (isConfirmed) void turn.sendRawMessage(message, history);
    else turn.abandon(strings.notConfirmed, message);
    return true;
  };

  // The page keeps these functions across renders; a call must use the present conversation.
  const latest = useRef({ send, failed, isReadonly, conversationId });
  latest.current = { send, failed, isReadonly, conversationId };
  return useMemo(() => {
    const sendMessage = async (message: RawMessage, history?: History, failure?: ChatMessage): Promise<boolean> => {
      const { conversationId: home = '', isReadonly } = latest.current;
      // Text and files stay in the field until they can be sent. A recording would be lost: it waits, and is sent only where it was spoken.
      const canWait = message.type === RawMessageType.AUDIO && !isReadonly;
      for (;;) {
        if (canWait) await turns.untilIdle(() => draft.canReturnTo(home) ?? isBusy());
        if (draft.canReturnTo(home) === false) return false;
        if (!latest.current.conversationId) await (chatService as IsolatedChatService).start.untilFirstIsShown();
        const attempt = await latest.current.send(message, history, failure);
        if (attempt !== 'later') return attempt;
        if (!canWait) return false;
      }
    };
    return {
      sendMessage,
      sendTextMessage: (data) => sendMessage({ type: RawMessageType.TEXT, data }),
      sendFileMessage: (data) => sendMessage({ type: RawMessageType.FILE, data }),
      sendAudioMessage: (data) => sendMessage({ type: RawMessageType.AUDIO, data }),
      keepFailedRecording: () => {
        const { failed } = latest.current;
        if (failed?.rawMessage?.type === RawMessageType.AUDIO) void sendMessage(failed.rawMessage, undefined, failed);
      },
      reSendLastErrorMessage: async () => {
        const message = latest.current.failed?.rawMessage;
        return message !== undefined && sendMessage(message);
      },
    };
  }, []);
}

/** The SDK's signatures with another result. */
interface SendFunctions extends ReturnType<typeof useSdkSendMessage> {
  sendMessage(message: RawMessage, history?: History, failure?: ChatMessage): Promise<boolean>;
  sendTextMessage(text: string): Promise<boolean>;
  sendFileMessage(files: ChooseFileInfo[]): Promise<boolean>;
  sendAudioMessage(audio: AudioRaw): Promise<boolean>;
  reSendLastErrorMessage(): Promise<boolean>;
  /** Shows the failed recording at the end of its conversation again, once the visitor is back there. Called when they have just left it. */
  keepFailedRecording(): void;
}
