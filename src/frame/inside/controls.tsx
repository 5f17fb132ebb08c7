/** What the page may do in the chat, done through the SDK's own hooks so that it looks as if the visitor had. */
import {
  type ChatMessageGroup,
  useApiClientStore,
  useChatStatusStore,
  useConversationStore,
  useInitSuccess,
  useSendMessage,
} from '@coze/chat-sdk';
import { useEffect, useRef } from 'react';
import type { ChatControls, ChatMessage } from '../contract.js';
import { answerText, isBrokenOff } from './answer-text.js';

/** Tells the end of each turn to who asked for it. */
export class Turns {
  #resolve: ((answer: ChatMessage | undefined) => void) | undefined;

  /** The answer that ends next; `undefined` if it does not come or breaks off. */
  next(): Promise<ChatMessage | undefined> {
    return new Promise((resolve) => (this.#resolve = resolve));
  }

  end(group: ChatMessageGroup): void {
    this.#resolve?.(answerIn(group));
    this.#resolve = undefined;
  }
}

/** The complete answer of a turn. */
export function answerIn(group: ChatMessageGroup): ChatMessage | undefined {
  const [first] = group.respMessages;
  return first === undefined || isBrokenOff(group) ? undefined : { role: 'assistant', text: answerText(group), id: first.id };
}

export interface ControlsProps {
  readonly turns: Turns;
  readonly onReady: (controls: ChatControls) => void;
}

export function Controls({ turns, onReady }: ControlsProps): null {
  const isReady = useInitSuccess();
  const { sendTextMessage } = useSendMessage();
  const isBusy = useChatStatusStore(({ disableState }) => disableState.clearMessage);
  const getOpDisabledState = useChatStatusStore((store) => store.getOpDisabledState);
  const setIsDeleting = useChatStatusStore((store) => store.setIsDeleting);
  const chatService = useApiClientStore((store) => store.chatService);
  const setNewConversationId = useConversationStore((store) => store.setNewConversationId);
  const setSectionId = useConversationStore((store) => store.setSectionId);
  const waiting = useRef<(() => void)[]>([]);

  useEffect(() => {
    if (!isBusy) for (const go of waiting.current.splice(0)) go();
  }, [isBusy]);

  const idle = async (): Promise<void> => {
    while (getOpDisabledState().clearMessage) await new Promise<void>((go) => waiting.current.push(go));
  };

  const send = async (text: string): Promise<ChatMessage | undefined> => {
    await idle();
    const answer = turns.next();
    void sendTextMessage(text);
    return answer;
  };

  /** As the SDK's own button does it, which tells nobody whether it worked (SDK `services/use-clear-message`). */
  const clear = async (): Promise<boolean> => {
    await idle();
    setIsDeleting(true);
    try {
      const { conversationId, sectionId } = await chatService.createNewConversation();
      setNewConversationId(conversationId);
      setSectionId(sectionId);
      return true;
    } catch {
      return false;
    } finally {
      setIsDeleting(false);
    }
  };

  useEffect(() => {
    if (isReady) onReady({ send, clear });
  }, [isReady]);
  return null;
}
