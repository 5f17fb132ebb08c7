/** Shows the answer that Coze still writes in a conversation that the visitor opens: they left it or its page, or asked in another tab. */
import { type Clock, delay, type Timers } from '../../../core/clock.js';
import type { MessagePage } from '../service/message-page.js';
import type { ConversationView } from './conversation-view.js';

type Messages = MessagePage['messages'];

/** Pauses between requests for the answer to an unanswered question; together as long as an answer may take. */
const ANSWER_PAUSES_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 60_000];
/** An unanswered question that is older than this is not expected to get an answer. */
const ANSWERABLE_MS = 10 * 60_000;

export interface LateAnswerOptions {
  readonly view: Pick<ConversationView, 'id' | 'awaitAnswer' | 'showAnswer'>;
  /** Requests the newest messages of a conversation, oldest first. */
  readonly history: (id: string) => Promise<Pick<MessagePage, 'messages'>>;
  readonly clock: Clock;
  readonly timers: Timers;
}

export class LateAnswer {
  readonly #options: LateAnswerOptions;
  /** Incremented when {@link wait} is called, which ends the former wait. */
  #wait = 0;

  constructor(options: LateAnswerOptions) {
    this.#options = options;
  }

  /**
   * Waits for the answer to the newest message, if that is a question, and shows it. Ends when the visitor leaves the conversation, which can
   * happen without this class, so each step compares the state of the chat.
   */
  async wait(id: string, newest: Messages[number] | undefined): Promise<void> {
    const wait = ++this.#wait;
    const { view, history, clock, timers } = this.#options;
    if (newest?.type !== 'question' || clock.now().wallMs - newest.created_at * 1_000 > ANSWERABLE_MS) return;
    const isStillAwaited = (): boolean => wait === this.#wait && id === view.id;
    view.awaitAnswer(newest.id);
    for (const pauseMs of ANSWER_PAUSES_MS) {
      await delay(pauseMs, timers);
      if (!isStillAwaited()) return;
      const page = await history(id).catch(() => undefined);
      if (!isStillAwaited()) return;
      const answer = answerTo(newest.id, page?.messages ?? []);
      if (answer.length > 0) return view.showAnswer(newest.id, answer);
    }
    view.showAnswer(newest.id, []);
  }
}

/** Returns the messages between a question and the next one. */
function answerTo(questionId: string, messages: Messages): Messages {
  const asked = messages.findLastIndex(({ id }) => id === questionId);
  if (asked < 0) return [];
  const later = messages.slice(asked + 1);
  const nextQuestion = later.findIndex(({ type }) => type === 'question');
  return nextQuestion < 0 ? later : later.slice(0, nextQuestion);
}
