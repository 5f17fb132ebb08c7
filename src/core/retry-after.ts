import { parseHttpDate } from './http-date.js';

/** Limits the header, so that a server can delay the next attempt, but not prevent it. */
const MAX_RETRY_AFTER_MS = 15 * 60_000;

/**
 * Parses `Retry-After` (RFC 9110 section 10.2.3): seconds, or a date.
 *
 * @param nowMs epoch milliseconds, by the clock of the header's sender if it is known
 * @returns milliseconds to wait, 0 to 15 minutes; `undefined` if the header is absent or has another form
 */
export function parseRetryAfterMs(header: string | null, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  const dueMs = /^\d+$/.test(text) ? nowMs + Number(text) * 1000 : parseHttpDate(text);
  return dueMs === undefined ? undefined : Math.min(Math.max(dueMs - nowMs, 0), MAX_RETRY_AFTER_MS);
}
