/**
 * What the visitor has written and the API does not have. A text stays in the field until its turn begins, comes back into it when the turn
 * ends without the API having taken it, and is told to the page at every step, so that it outlives this document.
 */
import type { HostApi, UnsentMessage } from '../../contract.js';
import { getText } from '../answers/message-text.js';

/** The SDK hands the same object around until the turn is over, and again when the visitor repeats it: its identity says which message it is. */
export interface OutgoingMessage {
  readonly data: unknown;
}

/** What is compared of the history. */
export interface HistoryMessage {
  readonly type: string;
  readonly content: string;
  readonly chat_id: string;
}

interface TypedMessage {
  readonly message: OutgoingMessage;
  /** With what the SDK adds to the visitor's words. */
  readonly text: string;
  /** What of it stands in the field. */
  readonly inField: string;
}

/** Of stopped answers as many are remembered as a long conversation has. */
const MAX_STOPPED = 200;

export class VisitorDraft {
  readonly #host: Pick<HostApi, 'draft' | 'onDraft'>;
  readonly #listeners = new Set<() => void>();
  #text: string | undefined;
  #hasFocus: boolean;
  /** Out of the field while its turn begins; else what the field begins with. */
  #unsent: UnsentMessage | undefined;
  #isUnderWay = false;
  /** About to be sent from the field, or refused. */
  #submitted: TypedMessage | undefined;
  /** The last one from the field whose turn began, unless the API has it. */
  #typed: TypedMessage | undefined;
  /** What failed last, and is still marked as such below the messages. */
  #failed: string | undefined;
  #newestChatId = '';
  #stopped: readonly string[];
  /** Of conversations that are not open, by their ids. */
  readonly #elsewhere: Map<string, string>;

  constructor(host: Pick<HostApi, 'draft' | 'onDraft'>) {
    this.#host = host;
    const { text, unsent, hasFocus, stopped = [], elsewhere = {} } = host.draft();
    this.#elsewhere = new Map(Object.entries(elsewhere));
    this.#stopped = stopped;
    this.#text = text;
    this.#unsent = unsent;
    this.#hasFocus = hasFocus;
  }

  /** What stands in the field; `undefined` while the visitor has written nothing. */
  get text(): string | undefined {
    return this.#text;
  }

  /** Whether the visitor is in the field, or was when the field before this one went. */
  get hasFocus(): boolean {
    return this.#hasFocus;
  }

  /** Whether `message` is from the field and begins with the one that is marked as failed, which then has no more business of its own. */
  isRepeatedBy(message: OutgoingMessage): boolean {
    if (this.#failed === undefined || this.#submitted?.message !== message) return false;
    // Files without words have no beginning that would say whether they are the same.
    return this.#failed !== '' && this.#submitted.text.startsWith(this.#failed);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The field was changed. */
  write(text: string | undefined): void {
    const isChanged = !this.#isUnderWay && this.#unsent !== undefined && text?.startsWith(this.#unsent.text) !== true;
    if (isChanged) this.#unsent = undefined;
    this.#change(text);
  }

  /** The visitor goes from one conversation to another, each of which keeps what is written there. No answer is running. */
  switchConversation(fromId: string, toId: string): void {
    if (fromId === toId) return;
    const { text = '' } = this;
    if (text === '') this.#elsewhere.delete(fromId);
    else this.#elsewhere.set(fromId, text);
    const there = this.#elsewhere.get(toId);
    this.#elsewhere.delete(toId);
    this.write(there);
  }

  /** Something the page proposes; once is enough. */
  compose(text: string): void {
    const { text: inField = '' } = this;
    if (inField !== text && !inField.endsWith(`\n${text}`)) this.write(inField === '' ? text : `${inField}\n${text}`);
  }

  /** The field got the focus, or lost it. */
  focus(hasFocus: boolean): void {
    this.#hasFocus = hasFocus;
    this.#notify();
  }

  /** `message` is about to be sent from the field, where `inField` stands. It stays there until {@link begin}. */
  submit(message: OutgoingMessage, text: string, inField: string): void {
    this.#submitted = { message, text, inField };
  }

  /** The turn of `message` begins, sent by the visitor or by the page. */
  begin(message: OutgoingMessage): void {
    this.#failed = undefined;
    const typed = [this.#submitted, this.#typed].find((known) => known?.message === message);
    if (typed === undefined) return;
    const { text, inField } = (this.#typed = typed);
    this.#unsent = { text, afterChatId: this.#newestChatId };
    this.#isUnderWay = true;
    this.#change(without(this.#text, inField));
  }

  /** The API has the running turn's message. */
  accept(chatId: string): void {
    this.#newestChatId = chatId || this.#newestChatId;
    if (!this.#isUnderWay) return;
    this.#isUnderWay = false;
    this.#unsent = undefined;
    // Asked again it is another question, which has no text in the field.
    this.#typed = undefined;
    this.#notify();
  }

  /** The visitor has stopped the answer of a chat (turn). */
  stop(chatId: string): void {
    this.#stopped = [...this.#stopped, chatId].slice(-MAX_STOPPED);
    this.#notify();
  }

  wasStopped(chatId: string): boolean {
    return this.#stopped.includes(chatId);
  }

  /** The turn of `message` is over. What the API has not taken comes back, before what was written since. Whether that is so. */
  end(message: OutgoingMessage | undefined): boolean {
    const typed = this.#typed;
    if (!this.#isUnderWay || typed === undefined || typed.message !== message) return false;
    this.#isUnderWay = false;
    this.#submitted = undefined;
    this.#typed = { ...typed, inField: typed.text };
    this.#failed = typed.text;
    this.#change(joined(typed.text, this.#text));
    return true;
  }

  /** The conversation as the API has it, oldest message first, before anything is shown: a message may have arrived without a word. */
  compare(history: readonly HistoryMessage[]): void {
    const questions = history.filter(({ type }) => type === 'question');
    this.#newestChatId = questions.at(-1)?.chat_id ?? '';
    if (this.#unsent === undefined) return;
    const { text, afterChatId } = this.#unsent;
    const known = questions.findLastIndex(({ chat_id: chatId }) => chatId === afterChatId);
    const isThis = ({ content }: HistoryMessage): boolean =>
      content === text || getText({ content_type: 'object_string', content }) === text;
    if (!questions.slice(known + 1).some(isThis)) return;
    this.#unsent = undefined;
    this.#change(without(this.#text, text));
  }

  #change(text: string | undefined): void {
    this.#text = text;
    this.#notify();
    for (const listener of this.#listeners) listener();
  }

  #notify(): void {
    const text = this.#isUnderWay && this.#unsent !== undefined ? joined(this.#unsent.text, this.#text) : this.#text;
    this.#host.onDraft({
      text,
      unsent: this.#unsent,
      hasFocus: this.#hasFocus,
      ...(this.#stopped.length > 0 && { stopped: this.#stopped }),
      ...(this.#elsewhere.size > 0 && { elsewhere: Object.fromEntries(this.#elsewhere) }),
    });
  }
}

function joined(first: string, rest: string | undefined): string {
  return [first, rest].filter((text) => text !== undefined && text !== '').join('\n');
}

/** A text that begins with something else was changed in the meantime, and is another one. */
function without(text: string | undefined, first: string): string {
  if (text?.startsWith(first) !== true) return text ?? '';
  const rest = text.slice(first.length);
  return rest.startsWith('\n') ? rest.slice(1) : rest;
}
