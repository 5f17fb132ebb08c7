/** The figures as text. */
import { livesMs, policies, type Row } from './comparison.js';
import { callsPerHour, type Goal } from './goals.js';

const FIRST_COLUMN = 50;
const COLUMN = 18;

export function report(rows: readonly Row[], goals: readonly Goal[]): string {
  return [
    'Each cell: messages that failed visibly / calls to the token endpoint per hour.',
    'raw SDK: with the hook of its documentation, against an API that answers expiry with HTTP 401 or with 200 and code 4101.',
    'After three failures in a row the visitor loads the page anew. An outage hits every phase of a token’s life, until one life after it.',
    ...livesMs.flatMap((lifetimeMs) => ['', ...table(rows, lifetimeMs)]),
    '',
    ...goals.map(({ goal, measured, isMet }) => `${isMet ? 'pass' : 'FAIL'}  ${goal}: ${measured}`),
  ].join('\n');
}

function table(rows: readonly Row[], lifetimeMs: number): readonly string[] {
  const own = rows.filter((row) => row.lifetimeMs === lifetimeMs);
  const patterns = [...new Set(own.map(({ pattern }) => pattern))];
  return [
    line([`T = ${lifetimeMs / 1000} s`, ...Object.keys(policies)]),
    ...patterns.map((pattern) => {
      const cells = own.filter((row) => row.pattern === pattern);
      return line([`${pattern} (${cells[0]?.messages} messages)`, ...cells.map(cell)]);
    }),
    line(['requests with an expired token, in all', ...Object.keys(policies).map((policy) => expiredRequests(own, policy))]),
  ];
}

const cell = (row: Row): string => `${row.visibleFailures} / ${callsPerHour([row]).toFixed(2)}`;

function expiredRequests(rows: readonly Row[], policy: string): string {
  return String(rows.filter((row) => row.policy === policy).reduce((sum, row) => sum + row.expiredRequests, 0));
}

const line = ([first = '', ...others]: readonly string[]): string =>
  first.padEnd(FIRST_COLUMN) + others.map((text) => text.padStart(COLUMN)).join('');
