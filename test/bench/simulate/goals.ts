/** The goals that the figures have to meet. */
import { OUR_NAME, type Row } from './comparison.js';
import { HARDEST_PATTERN, longestHiddenOutageMs } from './patterns.js';

export interface Goal {
  readonly goal: string;
  readonly measured: string;
  readonly isMet: boolean;
}

const HOUR_MS = 3_600_000;

export function evaluate(rows: readonly Row[]): readonly Goal[] {
  const ours = rows.filter(({ policy }) => policy === OUR_NAME);
  return [hiddenOutages(ours), manyRefreshes(ours), fewCalls(ours), noExpiredRequests(ours)];
}

function hiddenOutages(ours: readonly Row[]): Goal {
  const rows = ours.filter(
    ({ singleOutageMs, lifetimeMs }) => singleOutageMs !== undefined && singleOutageMs <= longestHiddenOutageMs(lifetimeMs),
  );
  const failures = total(rows, 'visibleFailures');
  return {
    goal: '0 visible failures for any single outage <= 0.4 T - 70 s',
    measured: `${failures} of ${total(rows, 'messages')} messages`,
    isMet: rows.length > 0 && failures === 0,
  };
}

function manyRefreshes(ours: readonly Row[]): Goal {
  const rows = ours.filter(({ pattern, lifetimeMs }) => pattern === HARDEST_PATTERN && lifetimeMs === HOUR_MS);
  const [failures, tokens] = [total(rows, 'visibleFailures'), total(rows, 'tokensIssued')];
  return {
    goal: `0 visible failures in 10 000 refreshes at T = 3600 s with ${HARDEST_PATTERN}`,
    measured: `${failures} in ${tokens} refreshes`,
    isMet: failures === 0 && tokens >= 10_000,
  };
}

function fewCalls(ours: readonly Row[]): Goal {
  const rows = ours.filter(({ pattern, lifetimeMs }) => pattern === 'none' && lifetimeMs === HOUR_MS);
  const most = Math.max(...rows.map(({ callsInBusiestHour }) => callsInBusiestHour));
  return {
    goal: '<= 3 calls per hour and visible tab at T = 3600 s',
    measured: `${callsPerHour(rows).toFixed(2)} on average, ${most} in the busiest hour`,
    isMet: most <= 3,
  };
}

function noExpiredRequests(ours: readonly Row[]): Goal {
  const expired = total(ours, 'expiredRequests');
  return {
    goal: '0 requests with an expired token reach the API, whatever happens to the endpoint',
    measured: `${expired} of ${total(ours, 'messages')} messages`,
    isMet: expired === 0,
  };
}

export function callsPerHour(rows: readonly Row[]): number {
  return total(rows, 'endpointCalls') / total(rows, 'hours');
}

function total(rows: readonly Row[], key: 'messages' | 'visibleFailures' | 'expiredRequests' | 'endpointCalls' | 'tokensIssued' | 'hours') {
  return rows.reduce((sum, row) => sum + row[key], 0);
}
