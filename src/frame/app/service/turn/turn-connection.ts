/** The connection of one turn to the API: aborts it, and records whether bytes arrive and why it failed. */
import { NoTokenError } from '../../errors/api-error-code.js';

export class TurnConnection {
  readonly #abort = new AbortController();
  /** Aborted with the request, or before it. */
  readonly #reading = new AbortController();
  readonly #answered: Promise<string>;
  #settle: (chatId: string) => void = () => {};
  #isStopped = false;
  #failure: string | undefined;
  #bytesListener: (() => void) | undefined;

  constructor() {
    this.#answered = new Promise((resolve) => (this.#settle = resolve));
  }

  /** Aborts the request. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Aborted once the rest of the answer is not wanted. */
  get reading(): AbortSignal {
    return this.#reading.signal;
  }

  /** The visitor or the page has stopped the answer. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** The id of the chat (turn) once the API has created it; `''` if it will not. */
  get answered(): Promise<string> {
    return this.#answered;
  }

  /** The first error, for the page's author; without text of the API. */
  get failure(): string | undefined {
    return this.#failure;
  }

  abort(): void {
    this.#reading.abort();
    this.#abort.abort();
    this.#settle('');
  }

  /**
   * Ends the answer for the reader. The request continues until {@link abort}, because only its first event has the id that is to be
   * cancelled.
   */
  stop(): void {
    this.#isStopped = true;
    this.#reading.abort();
  }

  /** Settles {@link answered}: with the id of a chat, or with `''` for another response. */
  settle(chatId: string): void {
    this.#settle(chatId);
  }

  /** Replaces the listener. */
  listenForBytes(listener: (() => void) | undefined): void {
    this.#bytesListener = listener;
  }

  /** Bytes arrived, even if only a comment that keeps the connection open. */
  noteBytes(): void {
    this.#bytesListener?.();
  }

  noteFailure(failure: string): void {
    this.#failure ??= failure;
  }

  /** The message of an error may contain text of the API; only that of our own error is recorded. */
  noteError(error: unknown): void {
    this.noteFailure(error instanceof NoTokenError ? error.message : 'the request failed');
  }
}
