/**
 * Parses the response to a chat request as an event stream (WHATWG) and emits the only form that `@coze/api` reads correctly: `event` and
 * `data` in one line each. The reader of `@coze/api` (`fetchAPI`) treats every `data:` line as an event with the last name, ends the answer
 * at a keep-alive without data, and treats a JSON response as an unknown line.
 */
import { ChatEventType } from '@coze/api';
import { createParser, type EventSourceMessage } from 'eventsource-parser';

const KNOWN_EVENTS: ReadonlySet<string | undefined> = new Set<string>(Object.values(ChatEventType));
/** Events that end the turn, whatever their data is. */
const FAILURES: ReadonlySet<string | undefined> = new Set<string>([ChatEventType.ERROR, ChatEventType.CONVERSATION_CHAT_FAILED]);

/** Yields the events of `body` in that form. Calls `onBytes` for every chunk. Throws the errors of reading `body`. */
export async function* readEventStream(body: ReadableStream<Uint8Array>, onBytes: () => void): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  const normalizer = new StreamNormalizer();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (!done) onBytes();
      const lines = done ? normalizer.push(decoder.decode()) + normalizer.end() : normalizer.push(decoder.decode(value, { stream: true }));
      if (lines !== '') yield encoder.encode(lines);
      if (done) return;
    }
  } finally {
    reader.releaseLock();
  }
}

/** Converts decoded chunks to whole events in the form that `@coze/api` reads. */
class StreamNormalizer {
  readonly #parser = createParser({ onEvent: (event) => (this.#lines += toLines(event)) });
  #lines = '';
  /** Pieces since the last line end, joined once, so that a long line takes linear time. */
  #line: string[] = [];
  #endsWithReturn = false;
  /** `undefined` while only white space has arrived. */
  #isJson: boolean | undefined;

  push(piece: string): string {
    if (piece === '') return '';
    this.#isJson ??= startsJson(piece);
    if (this.#isJson === true) this.#line.push(piece);
    else this.#feed(piece);
    return this.#take();
  }

  /** Ends the input. Drops an incomplete event, which has no blank line at its end. */
  end(): string {
    if (this.#isJson === true) this.#lines += toLines({ id: undefined, event: ChatEventType.ERROR, data: this.#line.join('') });
    return this.#take();
  }

  /**
   * Drops a line feed at the start that belongs to the carriage return before it. The parser gets only line feeds and whole lines, so that
   * it searches each line once.
   */
  #feed(piece: string): void {
    const rest = this.#endsWithReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    this.#endsWithReturn = piece.endsWith('\r');
    const text = rest.replace(/\r\n?/g, '\n');
    this.#line.push(text);
    if (!text.includes('\n')) return;
    this.#parser.feed(this.#line.join(''));
    this.#line = [];
  }

  #take(): string {
    const lines = this.#lines;
    this.#lines = '';
    return lines;
  }
}

/** No field of an event stream begins with a brace. `undefined` while there is only white space. */
function startsJson(piece: string): boolean | undefined {
  const text = piece.trimStart();
  return text === '' ? undefined : text.startsWith('{');
}

/** Returns an empty string for events that the chat does not know, and for events, except failures, whose data is no object. */
function toLines({ event, data }: EventSourceMessage): string {
  if (!KNOWN_EVENTS.has(event)) return '';
  if (event === ChatEventType.DONE) return `event: ${event}\ndata: [DONE]\n`;
  // JSON has line breaks only between its tokens, as white space.
  const json = isJsonObject(data) ? data.replaceAll(/[\r\n]/g, ' ') : undefined;
  if (json === undefined && !FAILURES.has(event)) return '';
  return `event: ${event}\ndata: ${json ?? '{}'}\n`;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
