/** Reads the first event of a turn before anything is forwarded: Coze may report an expired token inside a stream. */
import { asNumber } from '../../../core/values/foreign-value.js';
import { ownOptions } from '../../../core/values/own-members.js';
import { parseObject } from '../endpoints/known-fields.js';
import { EventReader } from '../turn/event-reader.js';
import type { TurnEvent } from '../turn/turn-events.js';

/** An error event of Coze is far shorter. */
const MAX_FIRST_EVENT_BYTES = 4096;

export interface OpenedTurn {
  /** The code if the turn begins with an error, else `undefined`. */
  readonly code: number | undefined;
  /** The complete stream, including the bytes that were read. */
  readonly body: ReadableStream<Uint8Array>;
}

/** Rejects with the signal's reason when that aborts. */
export async function openTurn(body: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<OpenedTurn> {
  const reader = body.getReader();
  // Ends a pending read, too: the body of a `fetch` of the host may not know the signal.
  const leave = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', leave);
  if (signal.aborted) leave();
  const chunks: Uint8Array[] = [];
  const events = new EventReader();
  let first: TurnEvent | undefined;
  let length = 0;
  let isOver = false;
  try {
    // A comment or another field may come before the event.
    while (!isOver && first === undefined && length < MAX_FIRST_EVENT_BYTES) {
      const { done, value } = await reader.read();
      isOver = done;
      [first] = events.push(value ?? BLANK_LINE);
      if (value === undefined) continue;
      chunks.push(value);
      length += value.byteLength;
    }
  } finally {
    signal.removeEventListener('abort', leave);
  }
  signal.throwIfAborted();
  return { code: first && findErrorCode(first), body: withReadChunks(chunks, reader, isOver) };
}

/** Completes an event at the end of the stream. */
const BLANK_LINE = new TextEncoder().encode('\n\n');

function findErrorCode({ event, data }: TurnEvent): number | undefined {
  if (event !== 'error') return undefined;
  const code = asNumber((parseObject(data) as { readonly code?: unknown }).code);
  return Number.isSafeInteger(code) ? code : undefined;
}

function withReadChunks(
  chunks: Uint8Array[],
  reader: ReadableStreamDefaultReader<Uint8Array>,
  isOver: boolean,
): ReadableStream<Uint8Array> {
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      const first = chunks.shift();
      if (first !== undefined) return controller.enqueue(first);
      const next = isOver ? undefined : await reader.read();
      if (next?.value === undefined) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: (reason) => reader.cancel(reason),
  };
  return new ReadableStream(ownOptions(source), ownOptions({ highWaterMark: 0 }));
}
