import { fail, type Result, succeed } from './result.js';

/** Parses JSON without throwing. A byte order mark before it is ignored, as RFC 8259 section 8.1 allows: editors on Windows write one. */
export function parseJson(text: string): Result<unknown, 'not_json'> {
  try {
    return succeed(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return fail('not_json');
  }
}
