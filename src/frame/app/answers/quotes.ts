/** What the visitor quotes with the next message. */
import { cutText } from '../../../core/values/cut-text.js';

/** What is sent of it is no more than this: it is context, and the answer itself is in the conversation. */
const MAX_QUOTE_LENGTH = 2_000;

export class Quotes {
  readonly #listeners = new Set<() => void>();
  readonly #sent = new Map<string, string>();
  #pending = '';

  /** Empty when nothing is quoted. */
  get pending(): string {
    return this.#pending;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(text: string): void {
    this.#pending = cutText(text.trim(), MAX_QUOTE_LENGTH);
    for (const listener of this.#listeners) listener();
  }

  /** The API has the message. Until then it stays, so that a second attempt has it, too. */
  accept(chatId: string, quote: string): void {
    if (quote === '') return;
    this.#sent.set(chatId, quote);
    if (this.#pending === quote) this.set('');
  }

  /** What was quoted with the question of this turn, as far as this document has sent it. */
  find(chatId: string): string {
    return this.#sent.get(chatId) ?? '';
  }
}
