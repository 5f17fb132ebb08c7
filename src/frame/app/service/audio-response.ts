/** Speech from the API: bytes, which may turn out to be an error in JSON. */

/** Byte order mark, line breaks, blanks. */
const JSON_START = /^[\uFEFF\s]*\{/;
const START_LENGTH = 64;

/** `bytes` if they are sound; throws the error they are otherwise. No audio format begins with a brace, or with white space before one. */
export function audioOrError(bytes: ArrayBuffer): ArrayBuffer {
  if (!JSON_START.test(new TextDecoder().decode(bytes.slice(0, START_LENGTH)))) return bytes;
  throw parseError(new TextDecoder().decode(bytes));
}

function parseError(json: string): Error {
  const error = new Error('The answer is not audio.');
  try {
    return Object.assign(error, { code: (JSON.parse(json) as { code?: unknown }).code });
  } catch {
    return error;
  }
}
