import type { MessagePage } from '../service/message-page.js';

/** The state of the chat, and operations on it that send no request. */
export interface ConversationView {
  /** Id of the conversation that is shown. */
  readonly id: string;
  readonly isEmpty: boolean;
  readonly isAnswering: boolean;
  readonly isReadOnly: boolean;
  /** Shows or hides the list. */
  toggleList(): void;
  /** Resolves once no answer is running. */
  untilIdle(): Promise<void>;
  /** Resolves once no conversation and no topic is being created. Does not wait for a running answer. */
  untilNothingIsCreated(): Promise<void>;
  /** While the chat is locked, nothing can be sent. */
  lock(isLocked: boolean): void;
  /** Ends the running answer. The page does not get the incomplete text as a message. */
  endAnswer(): void;
  /** Keeps the draft of the present conversation, and restores that of `toId`. */
  switchDraft(toId: string): void;
  /** Drops the draft of a deleted conversation that is not shown. */
  forgetDraft(id: string): void;
  show(id: string, sectionId: string, page: MessagePage): void;
  begin(id: string, sectionId: string): void;
  /** Shows below the question that an answer is coming. */
  awaitAnswer(questionId: string): void;
  /** Shows the answer below its question; without messages, the end of waiting. */
  showAnswer(questionId: string, messages: MessagePage['messages']): void;
}
