import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Quotes } from '../../../../../src/frame/app/answers/quotes.js';
import { type HistoryMessage, type OutgoingMessage, VisitorDraft } from '../../../../../src/frame/app/draft/visitor-draft.js';
import type { Draft, DraftFile } from '../../../../../src/frame/contract.js';
import { runs } from '../../../../support/runs.js';

const nothing: Draft = { text: undefined, unsent: undefined, hasFocus: false };

/** A chat whose page keeps the drafts it gets, and whose API keeps the messages it accepts. */
class Chat {
  kept = nothing;
  readonly history: HistoryMessage[] = [];
  /** Files that arrived with a message. */
  readonly arrivedFiles: DraftFile[] = [];
  readonly #filesOf = new WeakMap<OutgoingMessage, readonly DraftFile[]>();
  draft: VisitorDraft;
  quotes = new Quotes();
  running: OutgoingMessage | undefined;
  /** A message has arrived although the chat considers it failed: a retry sends it twice. */
  isDeceived = false;
  isHeard = false;
  #isTaken = false;

  constructor(kept = nothing) {
    this.kept = kept;
    this.draft = this.#build();
  }

  get isBusy(): boolean {
    return this.running !== undefined;
  }

  type(text: string): void {
    this.draft.write((this.draft.text ?? '') + text);
  }

  attach(name: string): void {
    this.draft.attach([...this.draft.files, { file: new File([], name), fileId: `id of ${name}` }]);
  }

  /** Presses Enter. A turn begins unless one is running. */
  enter(prefix = ''): OutgoingMessage {
    const inField = this.draft.text ?? '';
    const message = { data: prefix + inField };
    const { files } = this.draft;
    this.#filesOf.set(message, files);
    this.draft.submit(message, message.data, inField, files);
    if (!this.isBusy && (message.data !== '' || files.length > 0)) this.begin(message);
    return message;
  }

  begin(message: OutgoingMessage): void {
    this.draft.begin(message);
    this.running = message;
    this.#isTaken = this.isHeard = false;
  }

  /** The message reaches the API, whether or not the chat gets the response. */
  arrive(): void {
    if (this.running === undefined || this.#isTaken) return;
    this.#isTaken = true;
    this.arrivedFiles.push(...(this.#filesOf.get(this.running) ?? []));
    this.history.push({ type: 'question', content: String(this.running.data), chat_id: String(this.history.length + 1) });
  }

  hear(): void {
    this.isHeard = this.#isTaken;
    if (this.#isTaken) this.draft.accept(String(this.history.length));
  }

  end(): void {
    this.hear();
    this.fail();
  }

  /** No response arrives. */
  fail(): void {
    this.draft.end(this.running);
    this.isDeceived ||= this.isBusy && this.#isTaken && !this.isHeard;
    this.running = undefined;
  }

  /** The document is discarded without a notice, and a new one is loaded. */
  rebuild(): void {
    this.running = undefined;
    this.isDeceived = false;
    this.draft = this.#build();
    this.draft.compare(this.history);
  }

  #build(): VisitorDraft {
    this.quotes = new Quotes(this.kept.quotes);
    return new VisitorDraft({ draft: () => this.kept, onDraft: (draft) => (this.kept = draft) }, this.quotes);
  }
}

describe('Sent text', () => {
  it('A sent text stays in the field until its turn begins, and in the page’s memory until the API has it', () => {
    const chat = new Chat();
    chat.type('hello');
    const message = { data: 'hello' };
    chat.draft.submit(message, 'hello', 'hello');
    expect(chat.draft.text).toBe('hello');
    chat.begin(message);
    expect([chat.draft.text, chat.kept.text]).toEqual(['', 'hello']);
    chat.arrive();
    chat.hear();
    expect(chat.kept).toEqual({ text: '', unsent: undefined, hasFocus: false });
  });

  it('A sent text leaves newer text in the field unchanged', () => {
    const chat = new Chat();
    chat.type('hello');
    chat.enter();
    chat.type('and');
    chat.arrive();
    chat.hear();
    chat.type(' then');
    expect([chat.draft.text, chat.kept.text]).toEqual(['and then', 'and then']);
  });

  it('A text that the API does not accept returns to the field with everything that was sent along with it', () => {
    const chat = new Chat();
    chat.type('with milk');
    chat.enter('My choice: coffee\n');
    chat.type('and sugar');
    chat.fail();
    expect(chat.draft.text).toBe('My choice: coffee\nwith milk\nand sugar');
  });

  it('A failed text is replaced when it is retried by its button, and when it is sent from the field', () => {
    const chat = new Chat();
    chat.type('hello');
    const failed = chat.enter();
    chat.fail();
    expect(chat.draft.text).toBe('hello');
    chat.begin(failed);
    expect(chat.draft.text).toBe('');
    chat.fail();

    const again = { data: 'hello there' };
    chat.type(' there');
    chat.draft.submit(again, 'hello there', 'hello there');
    expect(chat.draft.isRepeatedBy(again)).toBe(true);
    chat.begin(again);
    expect(chat.draft.isRepeatedBy(again)).toBe(false);
  });

  it('A failed message of the page leaves the text in the field unchanged', () => {
    const chat = new Chat();
    chat.type('hello');
    chat.begin({ data: 'of the page' });
    chat.fail();
    expect(chat.draft.text).toBe('hello');
  });

  it('An unsent text is not removed from the field by an equal message that was known before', () => {
    const chat = new Chat();
    for (const isAgain of [false, true]) {
      chat.type('hello');
      chat.enter();
      if (!isAgain) {
        chat.arrive();
        chat.hear();
        chat.end();
      }
    }
    chat.rebuild();
    expect(chat.draft.text).toBe('hello');
  });

  it('A failed text that the visitor has changed is not removed from the field by the history', () => {
    const chat = new Chat();
    chat.type('hello');
    chat.enter();
    chat.arrive();
    chat.fail();
    chat.draft.write('help');
    chat.rebuild();
    expect(chat.draft.text).toBe('help');
  });

  it('A subscriber is called for each change of the text in the field, until it unsubscribes', () => {
    const chat = new Chat();
    const seen: (string | undefined)[] = [];
    const stop = chat.draft.subscribe(() => seen.push(chat.draft.text));
    chat.type('a');
    chat.enter();
    chat.fail();
    stop();
    chat.type('b');
    expect(seen).toEqual(['a', '', 'a']);
  });
});

it('The page knows whether the field has the focus', () => {
  const chat = new Chat();
  chat.draft.focus(true);
  expect(chat.kept.hasFocus).toBe(true);
  chat.rebuild();
  expect(chat.draft.hasFocus).toBe(true);
  chat.draft.focus(false);
  expect(chat.kept.hasFocus).toBe(false);
});

it('Every typed text and every added file is at the API or in the field exactly once, after any order of events', () => {
  const steps = ['type', 'attach', 'enter', 'repeat', 'page', 'arrive', 'hear', 'end', 'fail', 'rebuild'] as const;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 60 }), (story) => {
      const chat = new Chat();
      let typed = 0;
      let attached = 0;
      let failed: OutgoingMessage | undefined;
      for (const step of story) {
        if (step === 'type') chat.type(`<${typed++}>`);
        else if (step === 'attach') chat.attach(`<${attached++}>`);
        else if (step === 'enter' && !chat.isDeceived) chat.enter();
        else if (step === 'repeat' && failed !== undefined && !chat.isBusy && !chat.isDeceived) chat.begin(failed);
        else if (step === 'page' && !chat.isBusy) chat.begin({ data: 'of the page' });
        else if (step === 'arrive') chat.arrive();
        else if (step === 'hear') chat.hear();
        else if (step === 'end') chat.end();
        else if (step === 'rebuild') chat.rebuild();
        else if (step === 'fail' && chat.running !== undefined) {
          // Sending a message again that was accepted asks a second question.
          failed = chat.isHeard ? undefined : chat.running;
          chat.fail();
        }
        // Only the last message can be retried, and only if it is marked as failed.
        if (step === 'enter' || step === 'page' || step === 'rebuild') failed = undefined;
      }
      // A chat without a response finds out when the conversation is loaded again.
      chat.rebuild();
      const phrase = [...chat.history.map(({ content }) => content), chat.draft.text ?? ''].join('').match(/<\d+>/g) ?? [];
      const files = [...chat.arrivedFiles, ...chat.draft.files].map(({ file }) => file.name);
      const numbered = (length: number): string[] => Array.from({ length }, (_, index) => `<${index}>`).toSorted();
      expect([phrase.toSorted(), files.toSorted()]).toEqual([numbered(typed), numbered(attached)]);
    }),
    { numRuns: runs(3_000) },
  );
});

it('The visitor’s next frame knows the last 200 answers that were stopped', () => {
  const chat = new Chat();
  for (let id = 1; id <= 201; id++) chat.draft.stop(String(id));
  const next = new Chat(chat.kept);
  expect(['1', '2', '201', '202'].map((id) => next.draft.wasStopped(id))).toEqual([false, true, true, false]);
});

it('A message with files is found in the history by its text, and a failed one without text is not repeated by a new one', () => {
  const chat = new Chat();
  const withFiles = { data: [] };
  chat.draft.submit(withFiles, 'look', 'look');
  chat.draft.begin(withFiles);
  expect(chat.kept).toMatchObject({ text: 'look', unsent: { text: 'look' } });
  const next = new Chat(chat.kept);
  next.draft.compare([{ type: 'question', chat_id: '1', content: '[{"type":"text","text":"look"},{"type":"file","file_id":"1"}]' }]);
  expect(next.kept).toMatchObject({ text: '', unsent: undefined });

  const filesAlone = { data: [] };
  chat.draft.accept('1');
  chat.draft.submit(filesAlone, '', '');
  chat.draft.begin(filesAlone);
  chat.draft.end(filesAlone);
  const other = { data: 'another question' };
  chat.draft.submit(other, other.data, other.data);
  expect(chat.draft.isRepeatedBy(other)).toBe(false);
});

it('Files that were not sent stay in the draft when the page sends a message', () => {
  const chat = new Chat();
  chat.attach('a.txt');
  chat.enter();
  chat.fail();
  chat.begin({ data: 'of the page' });
  chat.arrive();
  chat.rebuild();
  expect(chat.draft.files.map(({ file }) => file.name)).toEqual(['a.txt']);
});

it('Each conversation keeps the files that were added in it, also for the next frame of the visitor', () => {
  const chat = new Chat();
  const names = ({ draft }: Chat): string[] => draft.files.map(({ file }) => file.name);
  chat.attach('a.txt');
  chat.draft.switchConversation('1', '2');
  expect(names(chat)).toEqual([]);
  chat.attach('b.txt');
  const next = new Chat(chat.kept);
  next.draft.switchConversation('2', '1');
  expect([names(next), next.draft.text]).toEqual([['a.txt'], undefined]);
  next.draft.switchConversation('1', '2');
  expect(names(next)).toEqual(['b.txt']);
});

it('Each conversation keeps the text that is written in it, also for the next frame of the visitor', () => {
  const chat = new Chat();
  chat.type('for the first');
  chat.draft.switchConversation('1', '2');
  expect(chat.draft.text).toBeUndefined();
  chat.type('for the second');
  const next = new Chat(chat.kept);
  expect(next.draft.text).toBe('for the second');
  next.draft.switchConversation('2', '1');
  expect(next.draft.text).toBe('for the first');
  next.draft.switchConversation('1', '1');
  next.draft.write('');
  next.draft.switchConversation('1', '2');
  expect([next.draft.text, next.kept.otherDrafts]).toEqual(['for the second', undefined]);
});

it('Each conversation keeps its quote, also for the next frame of the visitor, until it is sent', () => {
  const chat = new Chat();
  chat.quotes.set('of the first');
  chat.quotes.switchConversation('1', '2');
  const next = new Chat(chat.kept);
  expect(next.quotes.pending).toBe('');
  next.quotes.switchConversation('2', '1');
  expect(new Chat(next.kept).quotes.pending).toBe('of the first');
  next.quotes.accept('chat', 'of the first');
  expect(next.kept.quotes).toBeUndefined();
});

it('A conversation is left from the time when the visitor goes to another one until they are back', () => {
  const { draft } = new Chat();
  draft.switchConversation('1', '2');
  expect([draft.canReturnTo('1'), draft.canReturnTo('2')]).toEqual([true, undefined]);
  draft.switchConversation('2', '1');
  expect([draft.canReturnTo('1'), draft.canReturnTo('2')]).toEqual([undefined, true]);
});

it('Nothing is kept of a deleted conversation, and a recording of it waits no longer', () => {
  const chat = new Chat();
  chat.type('for the first');
  chat.quotes.set('of the first');
  chat.draft.switchConversation('1', '2');
  chat.quotes.switchConversation('1', '2');
  chat.draft.forget('1');
  expect(chat.draft.canReturnTo('1')).toBe(false);
  expect([chat.kept.otherDrafts, chat.kept.quotes]).toEqual([undefined, undefined]);
});
