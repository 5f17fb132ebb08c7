/** `npm run check:size`, after a build: which files are loaded when, and whether they are within their budgets. */
import { otherBudgets, UNTIL_USABLE_MAX_BROTLI_BYTES, UNTIL_USABLE_MAX_BYTES, visitorBudgets } from './budgets.js';
import { measure, measureServed } from './measure.js';

/** Shares of a budget above which a size is a warning, and an error. The tolerance avoids contorting code for a few bytes. */
const WARNING = 1.02;
const ERROR = 1.04;

interface Row {
  readonly what: string;
  readonly bytes: number;
  readonly maxBytes: number;
  readonly files: readonly string[];
}

const dist = new URL('../../dist/', import.meta.url);
const visitor = measure(dist, visitorBudgets);
const UNTIL_USABLE = visitor.reduce((sum, { bytes }) => sum + bytes, 0);
const rows: readonly Row[] = [
  ...visitor,
  { what: 'until the chat is usable, all of these', bytes: UNTIL_USABLE, maxBytes: UNTIL_USABLE_MAX_BYTES, files: [] },
  {
    what: 'the same in Brotli, as createCozeChat sends it',
    bytes: measureServed(
      dist,
      visitor.flatMap(({ files }) => files),
    ),
    maxBytes: UNTIL_USABLE_MAX_BROTLI_BYTES,
    files: [],
  },
  ...measure(dist, otherBudgets, visitor),
];

console.log('Bytes after gzip -9, where nothing else is said');
for (const row of rows) console.log(formatRow(row));
if (rows.some((row) => markOf(row) === '!')) console.warn('A little over budget: look at what has grown.');
if (rows.some((row) => markOf(row) === '✗')) {
  console.error('Over budget. Make it smaller, load it later, or say in test/size/budgets.ts why it must grow.');
  process.exitCode = 1;
}

function formatRow(row: Row): string {
  return `${markOf(row)} ${formatBytes(row.bytes)} of ${formatBytes(row.maxBytes)}  ${row.what.padEnd(40)} ${row.files.join(' ')}`;
}

function markOf({ bytes, maxBytes }: Row): '✓' | '!' | '✗' {
  if (bytes > maxBytes * ERROR) return '✗';
  return bytes > maxBytes * WARNING ? '!' : '✓';
}

function formatBytes(bytes: number): string {
  return bytes.toLocaleString('en').padStart(9);
}
