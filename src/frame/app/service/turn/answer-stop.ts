/** Ends answers before their time. Coze goes on with one and charges it, but is told to let go of the conversation. */
import { delay, type Timers } from '../../../../core/clock.js';
import type { TurnConnection } from './turn-connection.js';

/** How long the next question waits for what was stopped; then it is asked, and asked again while the conversation is busy. */
const STOP_LIMIT_MS = 3_000;
/** How long a question that was stopped may take to be answered with the id that is to be cancelled. */
const CREATED_LIMIT_MS = 10_000;

export interface AnswerStopOptions {
  /** Resolves in any case: the answer may be at its end already (4104), and a conversation that stays busy is asked again. */
  readonly cancel: (conversationId: string, chatId: string) => Promise<void>;
  readonly timers: Timers;
}

export class AnswerStop {
  readonly #cancel: AnswerStopOptions['cancel'];
  readonly #timers: Timers;
  #pending: Promise<void> | undefined;

  constructor({ cancel, timers }: AnswerStopOptions) {
    this.#cancel = cancel;
    this.#timers = timers;
  }

  /** Until Coze has let go of the conversation whose answer was stopped, or that takes too long. */
  get pending(): Promise<void> | undefined {
    return this.#pending;
  }

  /** Nothing more of the answer is shown, and its stream is cut. */
  stop(connection: TurnConnection, conversationId: string): void {
    connection.stop();
    const ended = Promise.race([this.#letGo(connection, conversationId), delay(STOP_LIMIT_MS, this.#timers)]);
    this.#pending = ended.then(() => (this.#pending = undefined));
  }

  async #letGo(connection: TurnConnection, conversationId: string): Promise<void> {
    const cancelLimit = this.#timers.set(() => connection.abort(), CREATED_LIMIT_MS);
    const chatId = await connection.answered;
    cancelLimit();
    connection.abort();
    if (chatId !== '') await this.#cancel(conversationId, chatId);
  }
}
