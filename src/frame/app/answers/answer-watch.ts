/** Tells the page when an answer begins and how it ends. Reports one end for each question that is sent to the API. */
import { ChatEventType, type StreamChatData } from '@coze/api';
import type { ChatMessageGroup } from '@coze/chat-sdk';
import type { AnswerEnd, HostApi } from '../../contract.js';
import { answerId } from './answer-text.js';
import { isBrokenAnswer, isStoppedAnswer } from './interrupted-answer.js';

interface RunningAnswer {
  readonly conversationId: string;
  readonly atMs: number;
  chatId: string;
  firstWordMs: number | undefined;
}

export class AnswerWatch {
  readonly #host: Pick<HostApi, 'onEvent'>;
  readonly #now: () => number;
  #running: RunningAnswer | undefined;

  /** `now` returns milliseconds of a clock that never jumps. */
  constructor(host: Pick<HostApi, 'onEvent'>, now = () => performance.now()) {
    this.#host = host;
    this.#now = now;
  }

  /** Starts the observation of an answer, when its question is sent to the API. */
  begin(conversationId: string): void {
    this.#running = { conversationId, atMs: this.#now(), chatId: '', firstWordMs: undefined };
  }

  /** Takes an event of the answer. */
  observe({ event, data }: StreamChatData): void {
    const running = this.#running;
    if (running === undefined) return;
    if (event === ChatEventType.CONVERSATION_CHAT_CREATED && running.chatId === '') {
      running.chatId = data.id;
      this.#host.onEvent({ type: 'answer-started', answer: { conversationId: running.conversationId, chatId: data.id } });
    }
    if (event === ChatEventType.CONVERSATION_MESSAGE_DELTA) running.firstWordMs ??= this.#sinceMs(running);
  }

  /** Reports the end of the answer. `isLeft`: whether it ends because another conversation is shown. */
  end(group: ChatMessageGroup, isLeft = false): void {
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined) return;
    const { conversationId, chatId, firstWordMs } = running;
    const outcome = isLeft ? 'stopped' : toOutcome(group.respMessages, group.query?.error !== undefined);
    const answer = { outcome, conversationId, chatId, messageId: answerId(group), firstWordMs, durationMs: this.#sinceMs(running) };
    this.#host.onEvent({ type: 'answer-ended', answer });
  }

  #sinceMs({ atMs }: RunningAnswer): number {
    return Math.round(this.#now() - atMs);
  }
}

function toOutcome(messages: readonly { readonly id: string }[], hasFailed: boolean): AnswerEnd['outcome'] {
  if (messages.some(isStoppedAnswer)) return 'stopped';
  return hasFailed || messages.some(isBrokenAnswer) ? 'failed' : 'complete';
}
