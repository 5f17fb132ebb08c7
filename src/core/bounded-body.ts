/** Reads a foreign body: never more than a cap, and only as strict UTF-8. */
import { fail, type Result, succeed } from './result.js';

export type BodyError = 'too_large' | 'not_utf8';

/** Stops reading at the first byte over `maxBytes`, and lets the sender go when `signal` aborts. Rejects when the stream fails. */
export async function readBoundedText(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Result<string, BodyError>> {
  if (body === null) return succeed('');
  const reader = body.getReader();
  // Whether the sender can be told is of no interest.
  const letGo = (): void => void reader.cancel().catch(() => undefined);
  signal?.addEventListener('abort', letGo);
  const bytes = new Uint8Array(maxBytes);
  let length = 0;
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      if (length + chunk.value.byteLength > maxBytes) {
        letGo();
        return fail('too_large');
      }
      bytes.set(chunk.value, length);
      length += chunk.value.byteLength;
    }
  } finally {
    // The signal may be that of something longer.
    signal?.removeEventListener('abort', letGo);
  }
  try {
    // Repairing what is not UTF-8 could make two texts one.
    return succeed(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes.subarray(0, length)));
  } catch {
    return fail('not_utf8');
  }
}
