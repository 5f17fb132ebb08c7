/** Carries out the page's commands through the SDK's own hooks, so that the result looks as if the visitor had acted. */
import {
  type ChatMessageGroup,
  useApiClientStore,
  useChatInputStore,
  useChatStatusStore,
  useConversationStore,
  useInitSuccess,
  useSendMessage,
} from '@coze/chat-sdk';
import { type JSX, useEffect, useLayoutEffect, useRef } from 'react';
import type { ChatApi, ChatMessage, HostApi, SendOutcome } from '../../contract.js';
import type { RunConversationCommand } from '../../conversation-commands.js';
import { answerText, isIncomplete, isStopped } from '../answers/answer-text.js';
import { useConversations } from '../conversations/use-conversations.js';
import { getErrorCode } from '../errors/api-error-code.js';
import type { IsolatedChatService } from '../service/isolated-chat-service.js';

/** Resolves the promise of each sending command when its turn ends. */
export class PendingReply {
  /** The last turn; it can be abandoned until its request is sent. */
  lastTurn: { abandon(reason: string): boolean } | undefined;
  #resolve: ((outcome: SendOutcome) => void) | undefined;
  #isLeft = false;
  /** Called when the conversation of the last turn no longer exists. */
  onConversationGone = (): void => undefined;
  readonly #idleListeners: (() => void)[] = [];

  /** Whether the turn that is ending has been left: its reply is incomplete here, and Coze still generates the rest. */
  get isLeft(): boolean {
    return this.#isLeft;
  }

  /** Resolves with the outcome of the turn that ends next. */
  start(): Promise<SendOutcome> {
    return new Promise((resolve) => (this.#resolve = resolve));
  }

  resolve(group: ChatMessageGroup): void {
    this.#settle((!this.#isLeft && findReply(group)) || (isStopped(group) ? 'stopped' : 'unanswered'));
  }

  /** Marks the running turn as left, and ends it by `end`, which does nothing if there is none. */
  leave(end: () => void): void {
    this.#isLeft = true;
    try {
      end();
    } finally {
      this.#isLeft = false;
    }
  }

  cancel(): void {
    this.#settle('not-sent');
  }

  /** Resolves once no reply is running. */
  async untilIdle(isBusy: () => boolean): Promise<void> {
    while (isBusy()) await new Promise<void>((resolve) => this.#idleListeners.push(resolve));
  }

  becomeIdle(): void {
    for (const resolve of this.#idleListeners.splice(0)) resolve();
  }

  #settle(outcome: SendOutcome): void {
    this.#resolve?.(outcome);
    this.#resolve = undefined;
  }
}

/** Returns the answer of a turn; `undefined` if it is incomplete or missing. */
export function findReply(group: ChatMessageGroup): ChatMessage | undefined {
  const [first] = group.respMessages;
  return first === undefined || isIncomplete(group) ? undefined : { role: 'assistant', text: answerText(group), id: first.id };
}

export interface ControlsProps {
  /** Adds a text to the field, below the visitor's text. */
  readonly onCompose: (text: string) => void;
  readonly onStop: ChatApi['stop'];
  /** Called when another conversation is shown. */
  readonly onSwitch: (fromId: string, toId: string) => void;
  /** Called for each conversation that is deleted while another one is shown. */
  readonly onDelete: (id: string) => void;
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

  const [conversationsPart, runConversations] = useConversations({ turns, host, isReadOnly: readOnly, onSwitch, onDelete });
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

  /** Does the same as the SDK's own button, which does not report whether it succeeded (SDK `services/use-clear-message`). */
  const clear = async (): Promise<boolean> => {
    if (readOnly.current) return false;
    await untilIdle();
    setIsDeleting(true);
    try {
      const { conversationId, sectionId } = await chatService.createNewConversation();
      setNewConversationId(conversationId);
      setSectionId(sectionId);
      return true;
    } catch (cause) {
      // eslint-disable-next-line no-console -- the page's promise says only that the command failed; the page must not get the API's text
      console.warn(`[coze-chat] No new conversation could be begun (code ${getErrorCode(cause) ?? 'unknown'}).`);
      return false;
    } finally {
      setIsDeleting(false);
    }
  };

  // A new visitor's first conversation is created while the chat is already shown. It has no messages that could be lost.
  useLayoutEffect(() => {
    if (!isReady || conversationId) return;
    void chatService.start.firstConversation?.then((first) => {
      if (first === undefined) return;
      setNewConversationId(first.conversationId);
      setSectionId(first.sectionId);
    });
  }, [isReady]);

  // In the same task in which the text field is rendered: the field must not be usable before the page shows it, and Firefox does not focus
  // hidden elements.
  useLayoutEffect(() => {
    if (isReady) onReady({ send, compose, stop: onStop, clear, conversations, configure });
  }, [isReady]);

  turns.onConversationGone = () => void conversations('replace');

  const hasOneQuestion = useConversationStore(({ chatMessageGroups: turns }) => turns.length === 1 && !!turns[0]?.query?.content);
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

  const tasks = useChatInputStore(({ taskList }) => JSON.stringify(taskList.filter(({ taskValue }) => taskValue.length > 0)));
  const reportedTasks = useRef('[]');
  useEffect(() => {
    if (tasks === reportedTasks.current) return;
    reportedTasks.current = tasks;
    const list = JSON.parse(tasks) as { readonly taskName: string; readonly taskValue: readonly string[] }[];
    // The SDK keeps the blank after the brackets of `- [x] Tea`.
    const ticked = list.map(({ taskName, taskValue }) => ({ name: taskName, values: taskValue.map((value) => value.trim()) }));
    host.onEvent({ type: 'tasks', tasks: ticked });
  }, [tasks]);
  return conversationsPart;
}
