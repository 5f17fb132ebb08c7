/**
 * What the visitor has written and the API does not have. A text stays in the field until its turn begins, comes back into it when the turn
 * ends without the API having taken it, and is told to the page at every step, so that it outlives this document.
 */
import type { DraftFile, HostApi, UnsentMessage, WrittenElsewhere } from '../../contract.js';
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
  readonly files: readonly DraftFile[];
}

/** Of stopped answers as many are remembered as a long conversation has. */
const MAX_STOPPED = 200;

export class VisitorDraft {
  readonly #host: Pick<HostApi, 'draft' | 'onDraft'>;
  readonly #listeners = new Set<() => void>();
  #text: string | undefined;
  #files: readonly DraftFile[];
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
  readonly #elsewhere: Map<string, WrittenElsewhere>;

  constructor(host: Pick<HostApi, 'draft' | 'onDraft'>) {
    this.#host = host;
    const { text, files = [], unsent, hasFocus, stopped = [], elsewhere = {} } = host.draft();
    this.#elsewhere = new Map(Object.entries(elsewhere));
    this.#stopped = stopped;
    this.#text = text;
    this.#files = files;
    this.#unsent = unsent;
    this.#hasFocus = hasFocus;
  }

  /** What stands in the field; `undefined` while the visitor has written nothing. */
  get text(): string | undefined {
    return this.#text;
  }

  /** Those above the field. */
  get files(): readonly DraftFile[] {
    return this.#files;
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

  /** The files above the field were changed. */
  attach(files: readonly DraftFile[]): void {
    if (areSameFiles(files, this.#files)) return;
    this.#files = files;
    this.#change(this.#text);
  }

  /** The visitor goes from one conversation to another, each of which keeps what is written there. No answer is running. */
  switchConversation(fromId: string, toId: string): void {
    if (fromId === toId) return;
    const { text = '', files } = this;
    if (text === '' && files.length === 0) this.#elsewhere.delete(fromId);
    else this.#elsewhere.set(fromId, { text, files });
    const there = this.#elsewhere.get(toId);
    this.#elsewhere.delete(toId);
    this.#files = there?.files ?? [];
    this.write(there?.text || undefined);
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

  /** `message` is about to be sent from the field, where `inField` stands, with `files`. They stay there until {@link begin}. */
  submit(message: OutgoingMessage, text: string, inField: string, files: readonly DraftFile[] = []): void {
    this.#submitted = { message, text, inField, files };
  }

  /** The turn of `message` begins, sent by the visitor or by the page. */
  begin(message: OutgoingMessage): void {
    this.#failed = undefined;
    const typed = [this.#submitted, this.#typed].find((known) => known?.message === message);
    if (typed === undefined) return;
    const { text, inField, files } = (this.#typed = typed);
    this.#unsent = { text, files, afterChatId: this.#newestChatId };
    this.#isUnderWay = true;
    this.#files = withoutFiles(this.#files, files);
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

  /** The turn of `message` is over. What the API has not taken comes back, before what was written since. */
  end(message: OutgoingMessage | undefined): void {
    const typed = this.#typed;
    if (!this.#isUnderWay || typed === undefined || typed.message !== message) return;
    this.#isUnderWay = false;
    this.#submitted = undefined;
    this.#typed = { ...typed, inField: typed.text };
    this.#failed = typed.text;
    this.#files = [...typed.files, ...this.#files];
    this.#change(joined(typed.text, this.#text));
  }

  /** The conversation as the API has it, oldest message first, before anything is shown: a message may have arrived without a word. */
  compare(history: readonly HistoryMessage[]): void {
    const questions = history.filter(({ type }) => type === 'question');
    this.#newestChatId = questions.at(-1)?.chat_id ?? '';
    if (this.#unsent === undefined) return;
    const { text, files, afterChatId } = this.#unsent;
    const known = questions.findLastIndex(({ chat_id: chatId }) => chatId === afterChatId);
    const isThis = ({ content }: HistoryMessage): boolean =>
      content === text || getText({ content_type: 'object_string', content }) === text;
    if (!questions.slice(known + 1).some(isThis)) return;
    this.#unsent = undefined;
    this.#files = withoutFiles(this.#files, files);
    this.#change(without(this.#text, text));
  }

  #change(text: string | undefined): void {
    this.#text = text;
    this.#notify();
    for (const listener of this.#listeners) listener();
  }

  #notify(): void {
    const underWay = this.#isUnderWay ? this.#unsent : undefined;
    const files = [...(underWay?.files ?? []), ...this.#files];
    this.#host.onDraft({
      text: underWay === undefined ? this.#text : joined(underWay.text, this.#text),
      ...(files.length > 0 && { files }),
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

/** What has been uploaded meanwhile is the same file. */
function withoutFiles(files: readonly DraftFile[], taken: readonly DraftFile[]): readonly DraftFile[] {
  return files.filter(({ file }) => !taken.some((one) => one.file === file));
}

export function areSameFiles(files: readonly DraftFile[], others: readonly DraftFile[]): boolean {
  return (
    files.length === others.length &&
    files.every(({ file, fileId }, index) => file === others[index]?.file && fileId === others[index].fileId)
  );
}
