/** The figures as text. */
import type { Conditions, Run } from './run.js';

const columns: Readonly<Record<string, (run: Run) => string | number>> = {
  'API answers expiry with': ({ expiredOnChat }) => expiredOnChat,
  chat: ({ contender }) => contender,
  messages: ({ messages }) => messages,
  failed: ({ failed }) => failed,
  'failed marks': ({ failedMarks }) => failedMarks,
  'expired requests': ({ expiredRequests }) => expiredRequests,
  'extra round trips, mean': ({ extraRoundTrips }) => mean(extraRoundTrips).toFixed(2),
  'at most': ({ extraRoundTrips }) => Math.max(0, ...extraRoundTrips),
  'token calls': ({ tokenCalls }) => tokenCalls,
  'of them failed': ({ failedTokenCalls }) => failedTokenCalls,
};

export function report(runs: readonly Run[], { SECONDS: seconds, TOKEN_SECONDS: tokenSeconds, faultShare }: Conditions): string {
  const rows = [Object.keys(columns), ...runs.map((run) => Object.values(columns).map((cell) => String(cell(run))))];
  const widths = Object.keys(columns).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return [
    `${seconds} s of chatting, tokens of ${tokenSeconds} s, ${faultShare * 100} % of the token requests fail.`,
    ...rows.map((row) => row.map((text, index) => text.padEnd(widths[index] ?? 0)).join('  ')),
  ].join('\n');
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
