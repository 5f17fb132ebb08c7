/** One turn's way to the API: what ends it, that bytes come over it, and why it failed. */
import { NoTokenError } from '../errors/api-error-code.js';

export class TurnConnection {
  readonly #abort = new AbortController();
  #failure: string | undefined;
  #bytesListener: (() => void) | undefined;

  /** Aborted once nobody waits for the answer any more. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** The first thing that went wrong, for the page's author; without what the API wrote. */
  get failure(): string | undefined {
    return this.#failure;
  }

  abort(): void {
    this.#abort.abort();
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
