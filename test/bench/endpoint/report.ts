/** The figures as text. */
import type { LoadFigures } from './load.js';
import type { Run } from './run.js';
import type { ServeRun } from './serve-runs.js';

type Columns<Row> = Readonly<Record<string, (row: Row) => string | number>>;

const LOAD: Columns<LoadFigures & { readonly connections: number; readonly processorMsPerRequest: number }> = {
  connections: ({ connections }) => connections,
  'requests/s': ({ requestsPerSecond }) => requestsPerSecond,
  'p50 ms': ({ p50Ms }) => p50Ms,
  'p99 ms': ({ p99Ms }) => p99Ms,
  'processor ms/request': ({ processorMsPerRequest }) => processorMsPerRequest,
  requests: ({ requests }) => requests,
  failed: ({ failed }) => failed,
};

export function report(runs: readonly Run[]): string {
  return table(runs, { 'key imported': ({ keyImport }) => keyImport, ...LOAD });
}

export function reportServe(runs: readonly ServeRun[]): string {
  return table(runs, { program: ({ program }) => program, instances: ({ instances }) => instances, ...LOAD });
}

function table<Row>(runs: readonly Row[], columns: Columns<Row>): string {
  const rows = [Object.keys(columns), ...runs.map((run) => Object.values(columns).map((cell) => String(cell(run))))];
  const widths = Object.keys(columns).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) => row.map((text, index) => text.padEnd(widths[index] ?? 0)).join('  ')).join('\n');
}
