/**
 * Finds requests that had to wait for others, as far as timestamps can show that: a request that is sent after another one has ended may
 * have waited for it.
 */
import type { NetworkRequest } from './network-request.js';

/** Minimum time between the end of a response and a request that depends on it, measured with the browser's two clocks. */
const TOLERANCE_MS = 1;

/**
 * The round trips that the visitor has waited for: goes back from `untilMs`, each time to the request that had ended last when the later
 * one was sent.
 */
export function waitedRow(requests: readonly NetworkRequest[], untilMs: number): readonly NetworkRequest[] {
  const row: NetworkRequest[] = [];
  for (let beforeMs = untilMs; ;) {
    const last = endedUntil(requests, beforeMs)
      .filter((request) => !row.includes(request))
      .reduce<NetworkRequest | undefined>((latest, request) => (latest && latest.endMs >= request.endMs ? latest : request), undefined);
    if (last === undefined) return row;
    row.unshift(last);
    beforeMs = last.sentMs + TOLERANCE_MS;
  }
}

/**
 * The longest chain of requests, each sent after the previous one has ended, among those that ended from 0 to `untilMs`. If small files
 * follow each other beside one long request, the chain is longer than the number of round trips that were waited for; it is never shorter.
 */
export function longestRow(requests: readonly NetworkRequest[], untilMs: number): readonly NetworkRequest[] {
  const rows: (readonly NetworkRequest[])[] = [];
  for (const request of endedUntil(requests, untilMs).toSorted((a, b) => a.sentMs - b.sentMs)) {
    rows.push([...longestOf(rows.filter((row) => endOf(row) <= request.sentMs + TOLERANCE_MS)), request]);
  }
  return longestOf(rows);
}

const endedUntil = (requests: readonly NetworkRequest[], untilMs: number): readonly NetworkRequest[] =>
  requests.filter(({ endMs }) => endMs > 0 && endMs <= untilMs);

const endOf = (row: readonly NetworkRequest[]): number => row.at(-1)?.endMs ?? -Infinity;

/** Of two chains of the same length, the one that ends later. */
function longestOf(rows: readonly (readonly NetworkRequest[])[]): readonly NetworkRequest[] {
  return rows.reduce<readonly NetworkRequest[]>(
    (best, row) => (row.length > best.length || (row.length === best.length && endOf(row) > endOf(best)) ? row : best),
    [],
  );
}
