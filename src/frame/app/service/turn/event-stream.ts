/**
 * The answer to a chat request, read as WHATWG's grammar of event streams says and handed on in the one form that `@coze/api` reads without
 * a mistake: `event` and `data` in a line each. Its own reader (`fetchAPI`) takes every `data:` line for an event with the name that came
 * last, lets a keep-alive without data end the answer, and takes JSON in place of a stream for a line that it does not know.
 */
import { ChatEventType } from '@coze/api';
import { createParser, type EventSourceMessage } from 'eventsource-parser';

const KNOWN_EVENTS: ReadonlySet<string | undefined> = new Set<string>(Object.values(ChatEventType));
/** They end the turn, whatever they say about why. */
const FAILURES: ReadonlySet<string | undefined> = new Set<string>([ChatEventType.ERROR, ChatEventType.CONVERSATION_CHAT_FAILED]);

/** `onBytes` is called whenever something has come. Throws what reading throws. */
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

/** Text in pieces as they come → whole events as `@coze/api` reads them. */
class StreamNormalizer {
  readonly #parser = createParser({ onEvent: (event) => (this.#lines += toLines(event)) });
  #lines = '';
  /** Since the last line end; in pieces, so that a long line is put together once. */
  #line: string[] = [];
  #endsWithReturn = false;
  /** `undefined` until something other than white space has come. */
  #isJson: boolean | undefined;

  push(piece: string): string {
    if (piece === '') return '';
    this.#isJson ??= startsJson(piece);
    if (this.#isJson === true) this.#line.push(piece);
    else this.#feed(piece);
    return this.#take();
  }

  /** What is left without a blank line at its end is no event. */
  end(): string {
    if (this.#isJson === true) this.#lines += toLines({ id: undefined, event: ChatEventType.ERROR, data: this.#line.join('') });
    return this.#take();
  }

  /** A line feed at the start belongs to the carriage return before it. The parser gets line feeds only, and never searches a line twice. */
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

/** No field of an event stream begins with a brace. `undefined`: there is only white space so far. */
function startsJson(piece: string): boolean | undefined {
  const text = piece.trimStart();
  return text === '' ? undefined : text.startsWith('{');
}

/** Empty for what is no event of a chat: of another name, or without an object. */
function toLines({ event, data }: EventSourceMessage): string {
  if (!KNOWN_EVENTS.has(event)) return '';
  if (event === ChatEventType.DONE) return `event: ${event}\ndata: [DONE]\n`;
  // Between the tokens of JSON a line break is white space; inside of them there is none.
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
