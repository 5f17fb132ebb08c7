/** Reads a body that somebody else wrote: never more than a cap, and only as strict UTF-8. */
import { fail, type Result, succeed } from './result.js';

export type BodyError = 'too_large' | 'not_utf8';

/** Stops reading at the first byte over `maxBytes`. Rejects when the stream fails. */
export async function readBoundedText(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Result<string, BodyError>> {
  if (body === null) return succeed('');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return decode(chunks, bytes);
    chunks.push(value);
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      // How the sender takes it is of no interest.
      void reader.cancel().catch(() => undefined);
      return fail('too_large');
    }
  }
}

function decode(chunks: readonly Uint8Array[], length: number): Result<string, 'not_utf8'> {
  const all = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.byteLength;
  }
  try {
    return succeed(new TextDecoder('utf-8', { fatal: true }).decode(all));
  } catch {
    return fail('not_utf8');
  }
}
