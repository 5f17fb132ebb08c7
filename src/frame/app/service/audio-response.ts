/** Speech from the API: bytes, which may turn out to be an error in JSON. */

const OPENING_BRACE = '{'.charCodeAt(0);

/** `bytes` if they are sound; throws the error they are otherwise. No audio format begins with a brace. */
export function audioOrError(bytes: ArrayBuffer): ArrayBuffer {
  if (new Uint8Array(bytes)[0] !== OPENING_BRACE) return bytes;
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
