/** Computes the lifetime of a token from the various forms in which backends state it. */

/** Numbers above these are not durations but epoch seconds (Coze's `expires_in`) or epoch milliseconds. */
const EPOCH_SECONDS_FROM = 1e9;
const EPOCH_MILLISECONDS_FROM = 1e12;
/** RFC 3339 with an offset: without one the instant would depend on the time zone. */
const TIMESTAMP = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i;

export interface ExpiryReference {
  /** This machine's wall clock when the response arrived. */
  readonly nowMs: number;
  /** The server's clock, if known (`Date` header, which CORS may hide). */
  readonly serverNowMs: number | undefined;
}

/**
 * Returns the shortest lifetime that any of `expiries` states, in milliseconds; `NaN` if one of them is no time, `undefined` if the list is
 * empty. Without the server's clock, a point in time is used only if there is no duration, and is ignored if it has passed: this machine's
 * clock may be a day off, and the first use of a token shows whether it has expired.
 */
export function toLifetimeMs(expiries: readonly (number | string)[], { nowMs, serverNowMs }: ExpiryReference): number | undefined {
  const parsed = expiries.map(parseExpiry);
  const durationsMs = parsed.filter((expiry) => 'durationMs' in expiry).map(({ durationMs }) => durationMs);
  const momentsMs = parsed.filter((expiry) => 'instantMs' in expiry).map(({ instantMs }) => instantMs - (serverNowMs ?? nowMs));
  if (serverNowMs !== undefined) return shortest([...durationsMs, ...momentsMs]);
  return shortest(durationsMs) ?? shortest(momentsMs.filter((lifetimeMs) => !(lifetimeMs <= 0)));
}

function shortest(livesMs: readonly number[]): number | undefined {
  return livesMs.length === 0 ? undefined : Math.min(...livesMs);
}

type Expiry = { readonly durationMs: number } | { readonly instantMs: number };

function parseExpiry(expiry: number | string): Expiry {
  if (typeof expiry === 'string' && TIMESTAMP.test(expiry)) return { instantMs: Date.parse(expiry) };
  const number = typeof expiry === 'number' || /^\s*\d+(\.\d+)?\s*$/.test(expiry) ? Number(expiry) : NaN;
  if (number > EPOCH_MILLISECONDS_FROM) return { instantMs: number };
  if (number > EPOCH_SECONDS_FROM) return { instantMs: number * 1000 };
  return { durationMs: number * 1000 };
}
