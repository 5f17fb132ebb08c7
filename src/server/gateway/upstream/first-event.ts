/** Reads the first event of a turn before anything is forwarded: Coze may report an expired token inside a stream. */
import { concatenate } from '../../../core/bounded-body.js';
import { ownOptions } from '../../../core/values/own-members.js';
import { parseJson } from '../../../core/values/parse-json.js';

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
  let length = 0;
  let isOver = false;
  let text = '';
  try {
    while (!isOver && length < MAX_FIRST_EVENT_BYTES && !/\r?\n\r?\n/.test(text.trimStart())) {
      const { done, value } = await reader.read();
      isOver = done;
      if (value === undefined) continue;
      chunks.push(value);
      length += value.byteLength;
      text = new TextDecoder().decode(concatenate(chunks, length));
    }
  } finally {
    signal.removeEventListener('abort', leave);
  }
  signal.throwIfAborted();
  return { code: findErrorCode(text), body: withReadChunks(chunks, reader, isOver) };
}

function findErrorCode(text: string): number | undefined {
  const lines = text.trimStart().split(/\r?\n\r?\n/, 1)[0] ?? '';
  if (!/^event: ?error$/m.test(lines)) return undefined;
  const json = parseJson(/^data:(.*)$/m.exec(lines)?.[1] ?? '');
  const code =
    json.ok && typeof json.value === 'object' && json.value !== null ? Number((json.value as { code?: unknown }).code) : Number.NaN;
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
