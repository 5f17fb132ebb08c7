/** The JSON body of a token endpoint's answer, read with distrust: the type must say JSON, and the size is capped while it arrives. */
import { type Result, fail, succeed } from '../../core/result.js';
import { type TokenFailure, invalidResponse } from '../token-failure.js';

const MAX_BODY_BYTES = 64 * 1024;
const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

/** Rejects only as `response.body` does. */
export async function readJson(response: Response): Promise<Result<unknown, TokenFailure>> {
  if (!JSON_TYPE.test(response.headers.get('content-type') ?? '')) {
    return fail(invalidResponse('The token endpoint answered something other than JSON (content-type), perhaps a log-in page.'));
  }
  const bytes = await readBytes(response);
  if (bytes === undefined) return fail(invalidResponse('The token endpoint answered more than 64 KiB.'));
  return parseJson(bytes);
}

/** `undefined` beyond the cap; what is over is never read. */
async function readBytes({ body }: Response): Promise<Uint8Array | undefined> {
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  const bytes = new Uint8Array(MAX_BODY_BYTES);
  let length = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    if (length + chunk.value.byteLength > MAX_BODY_BYTES) return undefined;
    bytes.set(chunk.value, length);
    length += chunk.value.byteLength;
  }
  return bytes.subarray(0, length);
}

/** RFC 8259 section 8.1: UTF-8. Repairing what is not could make two subjects one. */
function parseJson(bytes: Uint8Array): Result<unknown, TokenFailure> {
  try {
    return succeed(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return fail(invalidResponse('The token endpoint answered a body that is not JSON.'));
  }
}
