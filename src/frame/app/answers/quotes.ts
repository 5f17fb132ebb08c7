/** Keeps the text that the visitor quotes with the next message. */
import type { PendingQuotes } from '../../contract.js';

export class Quotes {
  readonly #listeners = new Set<() => void>();
  readonly #sent = new Map<string, string>();
  /** Pending quotes of conversations that are not shown, by conversation id. */
  readonly #otherConversations: Map<string, string>;
  #pending: string;

  /** @param kept the quotes that the former document of this chat has kept */
  constructor(kept: PendingQuotes = { here: '', elsewhere: {} }) {
    this.#pending = kept.here;
    this.#otherConversations = new Map(Object.entries(kept.elsewhere));
  }

  /** The quote of the next message; empty if there is none. */
  get pending(): string {
    return this.#pending;
  }

  /** All pending quotes, for the next document of this chat; `undefined` if there are none. */
  get kept(): PendingQuotes | undefined {
    if (this.#pending === '' && this.#otherConversations.size === 0) return undefined;
    return { here: this.#pending, elsewhere: Object.fromEntries(this.#otherConversations) };
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
    if (this.#pending === '') this.#otherConversations.delete(fromId);
    else this.#otherConversations.set(fromId, this.#pending);
    const there = this.#otherConversations.get(toId) ?? '';
    this.#otherConversations.delete(toId);
    this.set(there);
  }

  /** Drops the quote of another conversation. */
  forget(conversationId: string): void {
    this.#otherConversations.delete(conversationId);
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
