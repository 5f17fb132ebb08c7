/** Reads a body from outside up to a size limit. Decodes it only if it is strict UTF-8. */
import { fail, type Result, succeed } from './result.js';

export type BodyError = 'too_large' | 'not_utf8';

/** Stops reading at the first byte over `maxBytes`, and cancels the stream when `signal` aborts. Rejects when the stream fails. */
export async function readBoundedBytes(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Result<Uint8Array, 'too_large'>> {
  if (body === null) return succeed(new Uint8Array());
  const reader = body.getReader();
  // The result of the cancellation is ignored.
  const cancelReading = (): void => void reader.cancel().catch(() => undefined);
  signal?.addEventListener('abort', cancelReading);
  if (signal?.aborted) cancelReading();
  // No list of the chunks: each chunk may have a single byte, but takes some hundred bytes of memory.
  let bytes = new Uint8Array();
  let length = 0;
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const start = length;
      length += chunk.value.byteLength;
      if (length > maxBytes) {
        cancelReading();
        return fail('too_large');
      }
      if (length > bytes.byteLength) bytes = resize(bytes, 2 * length);
      bytes.set(chunk.value, start);
    }
  } finally {
    // The signal may outlive this call.
    signal?.removeEventListener('abort', cancelReading);
  }
  return succeed(bytes.subarray(0, length));
}

/** Like {@link readBoundedBytes}, but returns the body as text. */
export async function readBoundedText(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Result<string, BodyError>> {
  const bytes = await readBoundedBytes(body, maxBytes, signal);
  if (!bytes.ok) return bytes;
  const text = decodeUtf8(bytes.value);
  return text === undefined ? fail('not_utf8') : succeed(text);
}

function resize(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const resized = new Uint8Array(length);
  resized.set(bytes);
  return resized;
}

/** Returns `undefined` for bytes that are not UTF-8: with replacement characters, two different texts could become equal. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}
