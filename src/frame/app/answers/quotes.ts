/** Keeps the text that the visitor quotes with the next message. */

export class Quotes {
  readonly #listeners = new Set<() => void>();
  readonly #sent = new Map<string, string>();
  /** Pending quotes of conversations that are not shown, by conversation id. */
  readonly #elsewhere = new Map<string, string>();
  #pending = '';

  /** The quote of the next message; empty if there is none. */
  get pending(): string {
    return this.#pending;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(text: string): void {
    this.#pending = text;
    for (const listener of this.#listeners) listener();
  }

  /** Shows the quote of another conversation; each conversation keeps its own. */
  switchConversation(fromId: string, toId: string): void {
    this.#elsewhere.set(fromId, this.#pending);
    this.set(this.#elsewhere.get(toId) ?? '');
  }

  /** The API has accepted the message. Until then the quote stays pending, so that a second attempt contains it, too. */
  accept(chatId: string, quote: string): void {
    if (quote === '') return;
    this.#sent.set(chatId, quote);
    if (this.#pending === quote) this.set('');
  }

  /** Returns the quote of a turn's question. Empty if there was none, or if another document sent the question. */
  find(chatId: string): string {
    return this.#sent.get(chatId) ?? '';
  }
}
