/** The figures as text. */
import type { Run } from './run.js';

const columns: Readonly<Record<string, (run: Run) => string | number>> = {
  'key imported': ({ keyImport }) => keyImport,
  connections: ({ connections }) => connections,
  'requests/s': ({ requestsPerSecond }) => requestsPerSecond,
  'p50 ms': ({ p50Ms }) => p50Ms,
  'p99 ms': ({ p99Ms }) => p99Ms,
  'processor ms/request': ({ processorMsPerRequest }) => processorMsPerRequest,
  requests: ({ requests }) => requests,
  failed: ({ failed }) => failed,
};

export function report(runs: readonly Run[]): string {
  const rows = [Object.keys(columns), ...runs.map((run) => Object.values(columns).map((cell) => String(cell(run))))];
  const widths = Object.keys(columns).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) => row.map((text, index) => text.padEnd(widths[index] ?? 0)).join('  ')).join('\n');
}
