/**
 * Keeps what the visitor has written and the API does not have. Text stays in the field until its turn begins, and returns to it when the
 * turn ends before the API has accepted it. Every change is reported to the page, so that the draft outlives this document.
 */
import type { DraftFile, HostApi, OtherDraft, UnsentMessage } from '../../contract.js';
import { getText, parseItems } from '../answers/message-text.js';
import type { Quotes } from '../answers/quotes.js';

/** The SDK keeps the same object until the turn is over, and for a retry; so its identity identifies the message. */
export interface OutgoingMessage {
  readonly data: unknown;
}

/** Fields of the history that are compared. */
export interface HistoryMessage {
  readonly type: string;
  readonly content: string;
  readonly chat_id: string;
}

interface TypedMessage {
  readonly message: OutgoingMessage;
  /** The message's text, with the SDK's additions. */
  readonly text: string;
  /** The part of `text` that is in the field. */
  readonly inField: string;
  readonly files: readonly DraftFile[];
}

/** Number of stopped answers to remember; as many as a long conversation has. */
const MAX_STOPPED = 200;

export class VisitorDraft {
  readonly #host: Pick<HostApi, 'draft' | 'onDraft'>;
  readonly #quotes: Pick<Quotes, 'kept' | 'subscribe' | 'forget'>;
  readonly #listeners = new Set<() => void>();
  #text: string | undefined;
  #files: readonly DraftFile[];
  #hasFocus: boolean;
  /** During a turn: its message, which is not in the field. Otherwise the text with which the field begins. */
  #unsent: UnsentMessage | undefined;
  #isUnderWay = false;
  /** The message that the field is submitting. */
  #submitted: TypedMessage | undefined;
  /** The last message from the field whose turn began, until the API has accepted it. */
  #typed: TypedMessage | undefined;
  /** Text of the last failed message while it is marked as failed. */
  #failed: string | undefined;
  #newestChatId = '';
  #stopped: readonly string[];
  /** Drafts of other conversations, by id. */
  readonly #otherDrafts: Map<string, OtherDraft>;
  /**
   * Conversations that the visitor has left for another one, by id: whether they still exist. One that was deleted while it was shown is not
   * among them: its successor takes over its draft, and a waiting recording.
   */
  readonly #left = new Map<string, boolean>();

  /** Called when the visitor has just left a conversation. */
  onLeave = (): void => undefined;

  constructor(host: Pick<HostApi, 'draft' | 'onDraft'>, quotes: Pick<Quotes, 'kept' | 'subscribe' | 'forget'>) {
    this.#host = host;
    this.#quotes = quotes;
    quotes.subscribe(() => this.#notify());
    const { text, files = [], unsent, hasFocus, stopped = [], otherDrafts = {} } = host.draft();
    this.#otherDrafts = new Map(Object.entries(otherDrafts));
    this.#stopped = stopped;
    this.#text = text;
    this.#files = files;
    this.#unsent = unsent;
    this.#hasFocus = hasFocus;
  }

  /** Text of the field; `undefined` while the visitor has written nothing. */
  get text(): string | undefined {
    return this.#text;
  }

  /** The files above the field. */
  get files(): readonly DraftFile[] {
    return this.#files;
  }

  /** Whether the field has the focus, or the previous document's had it. */
  get hasFocus(): boolean {
    return this.#hasFocus;
  }

  /** Whether `message` is from the field and begins with the failed message, so that it replaces that one. */
  isRepeatedBy(message: OutgoingMessage): boolean {
    if (this.#failed === undefined || this.#submitted?.message !== message) return false;
    // Without text it is unknown whether the files are the same.
    return this.#failed !== '' && this.#submitted.text.startsWith(this.#failed);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The visitor or the page has changed the text of the field. */
  write(text: string | undefined): void {
    const isChanged = !this.#isUnderWay && this.#unsent !== undefined && text?.startsWith(this.#unsent.text) !== true;
    if (isChanged) this.#unsent = undefined;
    this.#change(text);
  }

  /** The files above the field have changed. */
  attach(files: readonly DraftFile[]): void {
    if (areSameFiles(files, this.#files)) return;
    this.#files = files;
    this.#change(this.#text);
  }

  /** Shows the draft of another conversation; each conversation keeps its own. Called while no answer is running. */
  switchConversation(fromId: string, toId: string): void {
    if (fromId === toId) return;
    this.#left.set(fromId, true).delete(toId);
    const { text = '', files } = this;
    if (text === '' && files.length === 0) this.#otherDrafts.delete(fromId);
    else this.#otherDrafts.set(fromId, { text, files });
    const there = this.#otherDrafts.get(toId);
    this.#otherDrafts.delete(toId);
    this.#files = there?.files ?? [];
    this.write(there?.text || undefined);
    this.onLeave();
  }

  /**
   * Whether a conversation that the visitor has left still exists, so that its recording waits until they are back; `undefined` for one that
   * they have not left.
   */
  canReturnTo(conversationId: string): boolean | undefined {
    return this.#left.get(conversationId);
  }

  /** Drops what is kept for a conversation that was deleted while another one is shown. */
  forget(conversationId: string): void {
    this.#left.set(conversationId, false);
    this.#otherDrafts.delete(conversationId);
    this.#quotes.forget(conversationId);
    this.#notify();
  }

  /** Appends a text that the page proposes, unless the field already ends with it. */
  compose(text: string): void {
    const { text: inField = '' } = this;
    if (inField !== text && !inField.endsWith(`\n${text}`)) this.write(inField === '' ? text : `${inField}\n${text}`);
  }

  focus(hasFocus: boolean): void {
    this.#hasFocus = hasFocus;
    this.#notify();
  }

  /** The field submits `message`, with its text `inField` and `files`. Both stay there until {@link begin}. */
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
    this.#change(withoutPrefix(this.#text, inField));
  }

  /** The API has accepted the running turn's message. */
  accept(chatId: string): void {
    this.#newestChatId = chatId || this.#newestChatId;
    if (!this.#isUnderWay) return;
    this.#isUnderWay = false;
    this.#unsent = undefined;
    // A retry of this message is a new question, whose text is not in the field.
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

  /** The turn of `message` is over. A message that the API has not accepted returns to the field, before newer text. */
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

  /**
   * Compares the draft with the API's history, oldest message first, before it is shown: the API may have accepted a message although its
   * response was lost.
   */
  compare(history: readonly HistoryMessage[]): void {
    const questions = history.filter(({ type }) => type === 'question');
    this.#newestChatId = questions.at(-1)?.chat_id ?? '';
    if (this.#unsent === undefined) return;
    const { text, files, afterChatId } = this.#unsent;
    const known = questions.findLastIndex(({ chat_id: chatId }) => chatId === afterChatId);
    const isUnsent = ({ content }: HistoryMessage): boolean =>
      content === text || (parseItems(content).length > 0 && getText({ content_type: 'object_string', content }) === text);
    if (!questions.slice(known + 1).some(isUnsent)) return;
    this.#unsent = undefined;
    this.#files = withoutFiles(this.#files, files);
    this.#change(withoutPrefix(this.#text, text));
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
      quotes: this.#quotes.kept,
      ...(this.#stopped.length > 0 && { stopped: this.#stopped }),
      ...(this.#otherDrafts.size > 0 && { otherDrafts: Object.fromEntries(this.#otherDrafts) }),
    });
  }
}

function joined(first: string, rest: string | undefined): string {
  return [first, rest].filter((text) => text !== undefined && text !== '').join('\n');
}

/** Removes `first` from the start of the text. A text with another start was changed meanwhile, and is kept. */
function withoutPrefix(text: string | undefined, first: string): string {
  if (text?.startsWith(first) !== true) return text ?? '';
  const rest = text.slice(first.length);
  return rest.startsWith('\n') ? rest.slice(1) : rest;
}

/** Compares `File` objects, since a file may have been uploaded meanwhile. */
function withoutFiles(files: readonly DraftFile[], taken: readonly DraftFile[]): readonly DraftFile[] {
  return files.filter(({ file }) => !taken.some((one) => one.file === file));
}

export function areSameFiles(files: readonly DraftFile[], others: readonly DraftFile[]): boolean {
  return (
    files.length === others.length &&
    files.every(({ file, fileId }, index) => file === others[index]?.file && fileId === others[index].fileId)
  );
}
