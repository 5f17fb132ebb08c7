/** Which requests had to wait for others, as far as times can say: who is sent after another one has ended may have waited for it. */
import type { NetworkRequest } from './network-request.js';

/** Between the end of a response and what the page sends upon it lies at least this, by the browser's two clocks. */
const TOLERANCE_MS = 1;

/** Back from `untilMs`, always to the request that had ended last when the next one was sent: the round trips that the visitor has waited for. */
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
 * The longest row of requests, each sent after the one before has ended, of those that ended from 0 to `untilMs`. Where small files follow each other
 * beside one long request it has more of them than were waited for; no row can have more.
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

/** Of two that are as long, the one that ends later. */
function longestOf(rows: readonly (readonly NetworkRequest[])[]): readonly NetworkRequest[] {
  return rows.reduce<readonly NetworkRequest[]>(
    (best, row) => (row.length > best.length || (row.length === best.length && endOf(row) > endOf(best)) ? row : best),
    [],
  );
}
