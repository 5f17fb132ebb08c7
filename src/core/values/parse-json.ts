import { fail, type Result, succeed } from '../result.js';

/**
 * Parses JSON without throwing. Ignores a byte order mark, as RFC 8259 section 8.1 allows: editors on Windows write one. Objects have no
 * prototype, so that additions to `Object.prototype` cannot stand in for an absent member.
 */
export function parseJson(text: string): Result<unknown, 'not_json'> {
  try {
    return succeed(JSON.parse(text.replace(/^\uFEFF/, ''), withoutPrototype));
  } catch {
    return fail('not_json');
  }
}

function withoutPrototype(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.setPrototypeOf(value, null) : value;
}
