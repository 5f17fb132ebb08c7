/** The connection of one turn to the API: aborts the request, reports arriving bytes, and records the reason of a failure. */
import { NoTokenError } from '../../errors/api-error-code.js';

export class TurnConnection {
  readonly #abort = new AbortController();
  /** Aborted with the request, or before it. */
  readonly #reading = new AbortController();
  readonly #chatId: Promise<string>;
  #resolveChatId: (chatId: string) => void = () => {};
  #isStopped = false;
  #failure: string | undefined;
  #bytesListener: (() => void) | undefined;

  constructor() {
    this.#chatId = new Promise((resolve) => (this.#resolveChatId = resolve));
  }

  /** Signal that aborts the request. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Signal that is aborted as soon as the rest of the answer is not wanted. */
  get readingSignal(): AbortSignal {
    return this.#reading.signal;
  }

  /** Whether the visitor or the page has stopped the answer. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Resolves with the id of the chat (turn) when the API has created it, or with `''` if the API does not create one. */
  get chatId(): Promise<string> {
    return this.#chatId;
  }

  /** The first error, for the page's author; without text of the API. */
  get failure(): string | undefined {
    return this.#failure;
  }

  abort(): void {
    this.#reading.abort();
    this.#abort.abort();
    this.#resolveChatId('');
  }

  /**
   * Ends the answer for the reader. The request continues until {@link abort}, because only its first event has the id that is to be
   * cancelled.
   */
  stop(): void {
    this.#isStopped = true;
    this.#reading.abort();
  }

  /** Settles {@link chatId}: with the id of a chat, or with `''` for another response. */
  settleChatId(chatId: string): void {
    this.#resolveChatId(chatId);
  }

  /** Replaces the listener. */
  listenForBytes(listener: (() => void) | undefined): void {
    this.#bytesListener = listener;
  }

  /** Reports that bytes have arrived, even if they are only a comment that keeps the connection open. */
  reportBytes(): void {
    this.#bytesListener?.();
  }

  recordFailure(failure: string): void {
    this.#failure ??= failure;
  }

  /** Records the message of our own error. Other errors get a fixed message, because theirs may contain text of the API. */
  recordError(error: unknown): void {
    this.recordFailure(error instanceof NoTokenError ? error.message : 'the request failed');
  }
}
