/** What the visitor quotes with the next message. */

export class Quotes {
  readonly #listeners = new Set<() => void>();
  readonly #sent = new Map<string, string>();
  /** By the id of a conversation that is not shown. */
  readonly #elsewhere = new Map<string, string>();
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
    this.#pending = text;
    for (const listener of this.#listeners) listener();
  }

  /** Each conversation keeps its own. */
  switchConversation(fromId: string, toId: string): void {
    this.#elsewhere.set(fromId, this.#pending);
    this.set(this.#elsewhere.get(toId) ?? '');
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
