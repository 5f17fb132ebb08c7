/** Forwards bytes: up to a limit, and no faster than the visitor reads them. */
import { ownOptions } from '../../../core/values/own-members.js';

export function boundedStream(body: ReadableStream<Uint8Array>, maxBytes: number, onEnd: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let length = 0;
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        length += value?.byteLength ?? 0;
        if (length > maxBytes) throw new RangeError('The answer is too long.');
        if (!done) return controller.enqueue(value);
        controller.close();
      } catch {
        void reader.cancel().catch(() => undefined);
        // The error itself may hold anything.
        controller.error(new Error('The answer broke off.'));
      }
      onEnd();
    },
    cancel() {
      onEnd();
      return reader.cancel();
    },
  };
  return new ReadableStream(ownOptions(source), ownOptions({ highWaterMark: 0 }));
}
