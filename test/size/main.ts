/** `npm run check:size`, after a build: what is loaded when, and whether it keeps to its budget. */
import { otherBudgets, visitorBudgets } from './budgets.js';
import { measure, type Measured } from './measure.js';

const dist = new URL('../../dist/', import.meta.url);
const visitor = measure(dist, visitorBudgets);
const rows = [...visitor, ...otherBudgets.flatMap((budget) => measure(dist, [budget], visitor))];

const number = (bytes: number): string => bytes.toLocaleString('en').padStart(9);
const line = ({ what, bytes, maxBytes, files }: Measured): string =>
  `${bytes > maxBytes ? '✗' : '✓'} ${number(bytes)} of ${number(maxBytes)}  ${what.padEnd(40)} ${files.join(' ')}`;

console.log('Bytes after gzip -9');
for (const row of rows) console.log(line(row));
const total = visitor.reduce((sum, { bytes }) => sum + bytes, 0);
console.log(`  ${number(total)}               until the chat is usable`);
if (rows.some(({ bytes, maxBytes }) => bytes > maxBytes)) {
  console.error('Over budget. Make it smaller, load it later, or say in test/size/budgets.ts why it must grow.');
  process.exitCode = 1;
}
