/** Handles the API's responses to speech requests, which are audio bytes, or an error as JSON. */

/** Matches a brace, also after a byte order mark or white space. */
const JSON_START = /^[\uFEFF\s]*\{/;
const START_LENGTH = 64;

/** Returns `bytes` if they are audio, or throws the error that they contain. No audio format begins with a brace after white space. */
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
