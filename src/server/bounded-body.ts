/** Reads a body that somebody else wrote: never more than a cap, and only as strict UTF-8. */
import { fail, succeed, type Result } from '../errors.js';

export type BodyFault = 'too_large' | 'not_utf8';

/** Stops reading at the first byte over `maxBytes`. Rejects when the stream fails. */
export async function readBoundedText(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Result<string, BodyFault>> {
  if (body === null) return succeed('');
  const reader = body.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      void reader.cancel().catch(() => undefined);
      return fail('too_large');
    }
    const decoded = decode(decoder, value);
    if (decoded === null) return fail('not_utf8');
    text += decoded;
  }
  const rest = decode(decoder);
  return rest === null ? fail('not_utf8') : succeed(text + rest);
}

function decode(decoder: TextDecoder, chunk?: Uint8Array): string | null {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    return null;
  }
}
