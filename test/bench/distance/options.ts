/** `--runs 10`, and `--cell rtt=100,mbit=10,cpu=1` for one cell instead of the grid. */
import { parseArgs } from 'node:util';
import { type Cell, grid, parseCell } from './cell.js';

export interface Options {
  readonly runs: number;
  readonly cells: readonly Cell[];
}

export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: { runs: { type: 'string', default: '10' }, cell: { type: 'string', multiple: true } },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs must be a whole number above 0, not "${values.runs}".`);
  return { runs, cells: values.cell?.map(parseCell) ?? grid };
}
