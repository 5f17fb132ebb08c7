/** Bodies as far as they may go. */
import { fail, type Result, succeed } from '../../core/result.js';

/** Reads all of a body, or stops at the first byte over `maxBytes` and lets the sender go. Rejects when reading does. */
export async function readBytes(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Result<Uint8Array, 'too_large'>> {
  if (body === null) return succeed(new Uint8Array());
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    length += chunk.value.byteLength;
    if (length > maxBytes) {
      void reader.cancel().catch(() => undefined);
      return fail('too_large');
    }
    chunks.push(chunk.value);
  }
  return succeed(concatenate(chunks, length));
}

export function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const all = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return all;
}

/** Strict UTF-8: repairing what is none could make two texts one. `undefined` if it is not. */
export function toText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}
