/** Decodes bytes into events of a stream, by WHATWG's grammar. */
import { createParser } from 'eventsource-parser';
import type { TurnEvent } from './turn-events.js';

/** Far longer than the chunks of audio in an answer. */
const MAX_LINE_LENGTH = 2 * 1024 * 1024;

export class EventReader {
  readonly #decoder = new TextDecoder();
  readonly #events: TurnEvent[] = [];
  readonly #parser = createParser({
    onEvent: ({ event = 'message', data }) => void this.#events.push({ event, data }),
  });
  /** Pieces since the last line end, joined once, so that a long line takes linear time. */
  #line: string[] = [];
  #lineLength = 0;
  #endsWithReturn = false;

  /** Returns the events that are complete now. Throws if a line is too long. */
  push(bytes: Uint8Array): readonly TurnEvent[] {
    const decoded = this.#decoder.decode(bytes, { stream: true });
    const rest = this.#endsWithReturn && decoded.startsWith('\n') ? decoded.slice(1) : decoded;
    this.#endsWithReturn = decoded === '' ? this.#endsWithReturn : decoded.endsWith('\r');
    const text = rest.replaceAll(/\r\n?/g, '\n');
    this.#line.push(text);
    this.#lineLength += text.length;
    if (text.includes('\n')) {
      this.#parser.feed(this.#line.join(''));
      this.#line = [];
      this.#lineLength = 0;
    }
    if (this.#lineLength > MAX_LINE_LENGTH) throw new RangeError('A line of the stream is too long.');
    return this.#events.splice(0);
  }
}
