import type { Context } from 'hono';
import type { ChatFault } from '../faults.js';
import type { StandInEnv } from '../state.js';

export interface ChatEvent {
  readonly event: string;
  readonly data: unknown;
}

/** `/v3/chat` writes no space after the colons, `/v1/workflows/chat` does (test data of the official Python SDK). */
export type EventGrammar = 'compact' | 'spaced';

export interface EventStream {
  readonly response: Response;
  emit(event: ChatEvent): void;
  end(): void;
  /** Aborted when the client disconnects. */
  readonly clientGone: AbortSignal;
}

/** Number of deltas sent before a `truncate`, `drop` or `stall`. */
const DELTAS_BEFORE_BREAK = 2;

/** Opens an event stream, with the faults of the connection rather than of the bot. */
export function openEventStream(c: Context<StandInEnv>, grammar: EventGrammar, fault: ChatFault): EventStream {
  const record = c.get('record');
  const gone = new AbortController();
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let deltas = 0;
  let stalled = false;

  const body = new ReadableStream<Uint8Array>({
    start: (created) => {
      controller = created;
    },
    cancel: () => {
      controller = undefined;
      gone.abort();
    },
  });

  const close = (): void => {
    controller?.close();
    controller = undefined;
  };

  const write = (event: ChatEvent): void => {
    if (controller === undefined || stalled) return;
    const text = encodeEvent(event, grammar);
    record.responseText += text;
    controller.enqueue(encoder.encode(text));
  };

  const breakOff = (): void => {
    if (fault === 'truncate') close();
    if (fault === 'stall' || fault === 'drop') stalled = true;
    // Waits until the deltas are written to the socket.
    if (fault === 'drop') setImmediate(() => c.env.outgoing.destroy());
  };

  return {
    response: c.body(body, 200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }),
    clientGone: gone.signal,
    emit: (event) => {
      if (event.event === 'done' && fault === 'no-done') return;
      write(event);
      if (event.event === 'conversation.message.delta' && ++deltas === DELTAS_BEFORE_BREAK) breakOff();
    },
    end: () => {
      if (!stalled) close();
    },
  };
}

function encodeEvent({ event, data }: ChatEvent, grammar: EventGrammar): string {
  const json = JSON.stringify(data);
  return grammar === 'compact' ? `event:${event}\ndata:${json}\n\n` : `event: ${event}\ndata: ${json}\n\n`;
}
