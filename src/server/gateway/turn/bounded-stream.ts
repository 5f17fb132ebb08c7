/** Forwards bytes: up to a limit, and no faster than the visitor reads them. */
import { ownOptions } from '../../../core/values/own-members.js';

export interface BoundedStreamOptions {
  readonly body: ReadableStream<Uint8Array>;
  readonly maxBytes: number;
  /** Ends the stream by itself: `pull` does not run while nobody reads. */
  readonly signal: AbortSignal;
  /** Called once. */
  readonly onEnd: () => void;
}

export function boundedStream({ body, maxBytes, signal, onEnd }: BoundedStreamOptions): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let length = 0;
  let isOver = false;

  /** Ends a pending read, too. */
  function finish(): void {
    if (isOver) return;
    isOver = true;
    signal.removeEventListener('abort', finish);
    void reader.cancel().catch(() => undefined);
    onEnd();
  }

  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        length += value?.byteLength ?? 0;
        if (isOver || length > maxBytes) throw new RangeError('The answer is too long.');
        if (!done) return controller.enqueue(value);
        controller.close();
      } catch {
        // The error itself may contain anything.
        controller.error(new Error('The answer broke off.'));
      }
      finish();
    },
    cancel: finish,
  };
  signal.addEventListener('abort', finish);
  if (signal.aborted) finish();
  return new ReadableStream(ownOptions(source), ownOptions({ highWaterMark: 0 }));
}
