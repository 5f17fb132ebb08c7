/** One turn's way to the API: what ends it, that bytes come over it, and why it failed. */
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

  /** The request's own. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Aborted once nobody waits for the answer any more. */
  get reading(): AbortSignal {
    return this.#reading.signal;
  }

  /** The visitor, or the page, does not want the rest of the answer. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** The id of the chat (turn), once the API has opened one; `''` when it will not. */
  get answered(): Promise<string> {
    return this.#answered;
  }

  /** The first thing that went wrong, for the page's author; without what the API wrote. */
  get failure(): string | undefined {
    return this.#failure;
  }

  abort(): void {
    this.#reading.abort();
    this.#abort.abort();
    this.#settle('');
  }

  /** Nothing more is handed on. The request goes on until {@link abort}: only its first event says what is to be cancelled. */
  stop(): void {
    this.#isStopped = true;
    this.#reading.abort();
  }

  /** The request was answered: with a chat, or with something else (`''`). */
  settle(chatId: string): void {
    this.#settle(chatId);
  }

  /** At most one at a time listens. */
  listenForBytes(listener: (() => void) | undefined): void {
    this.#bytesListener = listener;
  }

  /** Something came, if only a comment that keeps the connection open. */
  noteBytes(): void {
    this.#bytesListener?.();
  }

  noteFailure(failure: string): void {
    this.#failure ??= failure;
  }

  /** An error's message may hold what the API wrote: only our own are passed on. */
  noteError(error: unknown): void {
    this.noteFailure(error instanceof NoTokenError ? error.message : 'the request failed');
  }
}
