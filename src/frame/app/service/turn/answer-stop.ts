/** Stops answers. Coze still generates and charges a stopped answer, but is asked to release the conversation. */
import { delay, type Timers } from '../../../../core/clock.js';
import type { TurnConnection } from './turn-connection.js';

/** How long the next question waits for a stopped answer; after that it is sent, and repeated while the conversation is busy. */
const STOP_LIMIT_MS = 3_000;
/** How long to wait, after a stop, until the response contains the id that is to be cancelled. */
const CREATED_LIMIT_MS = 10_000;

export interface AnswerStopOptions {
  /**
   * Asks Coze to release a turn. Never rejects, because a failure does no harm: the answer may have ended already (4104), and a question to a
   * busy conversation is repeated.
   */
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

  /** Resolves when Coze has released the conversation of a stopped answer, or after a time limit. */
  get pending(): Promise<void> | undefined {
    return this.#pending;
  }

  /** Stops the answer: the chat shows no more of it, and aborts its stream. */
  stop(connection: TurnConnection, conversationId: string): void {
    connection.stop();
    const ended = Promise.race([this.#releaseConversation(connection, conversationId), delay(STOP_LIMIT_MS, this.#timers)]);
    this.#pending = ended.then(() => (this.#pending = undefined));
  }

  async #releaseConversation(connection: TurnConnection, conversationId: string): Promise<void> {
    const cancelLimit = this.#timers.set(() => connection.abort(), CREATED_LIMIT_MS);
    const chatId = await connection.chatId;
    cancelLimit();
    connection.abort();
    if (chatId !== '') await this.#cancel(conversationId, chatId);
  }
}
