/**
 * Streams the events of one turn to the visitor: no faster than they are read, within limits of time and size. The stream ends in every
 * case.
 */
import type { Timers } from '../../../core/clock.js';
import { ownOptions } from '../../../core/values/own-members.js';
import type { TurnOutcome } from '../../reporting/operator-event.js';
import { EventReader } from './event-reader.js';
import { errorEvent, type ForwardedEvent, type SeenEvent, toForwardedEvent } from './turn-events.js';

export interface TurnStreamOptions {
  readonly body: ReadableStream<Uint8Array>;
  /** Aborts the request to the API. */
  readonly cut: () => void;
  /** Aborts when the visitor disconnects. */
  readonly disconnected: AbortSignal;
  readonly toCozeCode: (code: number) => number;
  readonly maxBytes: number;
  readonly maxMs: number;
  readonly timers: Timers;
  readonly onEvent: (event: SeenEvent) => void;
  /** Called once. */
  readonly onEnd: (outcome: TurnOutcome) => void;
}

/** Shorter than the idle time-outs of proxies. */
const KEEP_ALIVE_MS = 15_000;
const KEEP_ALIVE = new TextEncoder().encode(':\n\n');
/**
 * How long Coze may be silent: a bot may think for long; silence after the first text of the answer means that the stream is dead. The chat
 * has the same limits.
 */
const THINKING_MS = 180_000;
const WRITING_MS = 60_000;
/** The code for which the chat says that the answer broke off and offers a retry. */
const INTERRUPTED_CODE = 5000;

export function createTurnStream(options: TurnStreamOptions): ReadableStream<Uint8Array> {
  const pump = new TurnPump(options);
  const source: UnderlyingDefaultSource<Uint8Array> = {
    pull: (controller) => pump.pull(controller),
    cancel: () => pump.handleDisconnect(),
  };
  // Reads nothing ahead of the visitor.
  return new ReadableStream(ownOptions(source), ownOptions({ highWaterMark: 0 }));
}

/** After these, Coze may leave out `done`: the answer is complete, or waits for a tool of the page. */
const ENDED = /^conversation\.chat\.(?:completed|requires_action)$/;

type Read = ReadableStreamReadResult<Uint8Array> | 'silence' | 'broken';

class TurnPump {
  readonly #options: TurnStreamOptions;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #events = new EventReader();
  readonly #encoder = new TextEncoder();
  readonly #cancelLimit: () => void;
  /** The pending read, kept across keep-alives. */
  #reading: Promise<Read> | undefined;
  #bytes = 0;
  #silenceMs = 0;
  #isWriting = false;
  #lastEvent = '';
  /** The outcome that Coze has announced: what happens to the stream afterwards does not change it. */
  #announced: TurnOutcome | undefined;
  /** `undefined` until the turn is over. */
  #outcome: TurnOutcome | undefined;

  constructor(options: TurnStreamOptions) {
    this.#options = options;
    this.#reader = options.body.getReader();
    // Both end the turn by themselves: `pull` does not run while nobody reads, as after a disconnect before the response.
    this.#cancelLimit = options.timers.set(() => this.#finish('limited'), options.maxMs);
    options.disconnected.addEventListener('abort', this.handleDisconnect);
    if (options.disconnected.aborted) this.handleDisconnect();
  }

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    for (;;) {
      const read = await this.#next();
      if (this.#outcome !== undefined) return this.#close(controller, this.#outcome);
      if (read === 'silence') {
        this.#silenceMs += KEEP_ALIVE_MS;
        if (this.#silenceMs >= (this.#isWriting ? WRITING_MS : THINKING_MS)) return this.#end(controller, 'interrupted');
        return controller.enqueue(KEEP_ALIVE);
      }
      if (read === 'broken' || read.done) return this.#end(controller, 'interrupted');
      if (this.#forward(read.value, controller)) return;
    }
  }

  /** Ends the turn after the visitor has disconnected. */
  readonly handleDisconnect = (): void => void this.#finish('stopped');

  /** Returns whether it has forwarded something or ended the turn. */
  #forward(bytes: Uint8Array, controller: ReadableStreamDefaultController<Uint8Array>): boolean {
    this.#silenceMs = 0;
    this.#bytes += bytes.byteLength;
    if (this.#bytes > this.#options.maxBytes) {
      this.#end(controller, 'limited');
      return true;
    }
    let wire = '';
    try {
      for (const event of this.#events.push(bytes)) {
        const forwarded = toForwardedEvent(event, this.#options.toCozeCode);
        if (forwarded === undefined) continue;
        this.#note(forwarded);
        wire += forwarded.wire;
        if (forwarded.event === 'done' || forwarded.event === 'error') break;
      }
    } catch {
      this.#end(controller, 'interrupted');
      return true;
    }
    if (wire === '') return false;
    controller.enqueue(this.#encoder.encode(wire));
    if (this.#lastEvent === 'done' || this.#lastEvent === 'error') {
      this.#end(controller, this.#lastEvent === 'done' ? 'completed' : 'failed');
    }
    return true;
  }

  #note(event: ForwardedEvent): void {
    this.#lastEvent = event.event;
    if (event.event === 'conversation.message.delta') this.#isWriting = true;
    if (event.event === 'conversation.chat.failed') this.#announced = 'failed';
    if (ENDED.test(event.event)) this.#announced ??= 'completed';
    this.#options.onEvent(event);
  }

  #next(): Promise<Read> {
    this.#reading ??= this.#reader.read().then(
      (read) => {
        this.#reading = undefined;
        return read;
      },
      (): Read => 'broken',
    );
    let cancel: () => void = () => undefined;
    const silence = new Promise<Read>((resolve) => (cancel = this.#options.timers.set(() => resolve('silence'), KEEP_ALIVE_MS)));
    return Promise.race([this.#reading, silence]).finally(cancel);
  }

  #end(controller: ReadableStreamDefaultController<Uint8Array>, outcome: TurnOutcome): void {
    this.#close(controller, this.#finish(outcome));
  }

  #close(controller: ReadableStreamDefaultController<Uint8Array>, outcome: TurnOutcome): void {
    try {
      if (outcome === 'interrupted' || outcome === 'limited') controller.enqueue(this.#encoder.encode(errorEvent(INTERRUPTED_CODE).wire));
      controller.close();
    } catch {
      // The visitor has cancelled the stream.
    }
  }

  /** Ends a pending read, too. @returns the outcome of the turn, which may be an earlier one */
  #finish(outcome: TurnOutcome): TurnOutcome {
    if (this.#outcome !== undefined) return this.#outcome;
    this.#outcome = this.#announced ?? outcome;
    this.#cancelLimit();
    this.#options.disconnected.removeEventListener('abort', this.handleDisconnect);
    void this.#reader.cancel().catch(() => undefined);
    this.#options.cut();
    this.#options.onEnd(this.#outcome);
    return this.#outcome;
  }
}
