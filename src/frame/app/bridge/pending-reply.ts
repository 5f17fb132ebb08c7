/** What waits for the end of a turn: the page's command that has sent its question, and commands that need an idle chat. */
import type { ChatMessageGroup } from '@coze/chat-sdk';
import type { ChatMessage, SendOutcome } from '../../contract.js';
import { answerId, answerText, isIncomplete, isStopped } from '../answers/answer-text.js';

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
  if (group.respMessages.length === 0 || isIncomplete(group)) return undefined;
  return { role: 'assistant', text: answerText(group), id: answerId(group) };
}
