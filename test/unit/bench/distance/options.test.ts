import { expect, test } from 'vitest';
import { cellKey, grid, parseCell } from '../../../bench/distance/cell.js';
import { parseOptions } from '../../../bench/distance/options.js';

test('The bench measures the whole grid ten times by default', () => {
  expect(parseOptions([])).toEqual({ runs: 10, cells: grid });
});

test('The grid has each combination of distance, width and processor once, and one more cell', () => {
  expect(new Set(grid.map(cellKey)).size).toBe(3 * 3 * 2 + 1);
});

test('A named cell is measured alone', () => {
  expect(parseOptions(['--runs', '3', '--cell', 'rtt=250,mbit=1.6,cpu=4'])).toEqual({
    runs: 3,
    cells: [{ rttMs: 250, mbit: 1.6, cpu: 4 }],
  });
});

test('Several named cells are measured one after the other', () => {
  expect(parseOptions(['--cell=rtt=20', '--cell=mbit=10']).cells).toEqual([
    { rttMs: 20, cpu: 1 },
    { rttMs: 100, mbit: 10, cpu: 1 },
  ]);
});

test('The key of a cell is parsed to the same cell', () => {
  for (const cell of grid) expect(parseCell(cellKey(cell))).toEqual(cell);
});

test.each(['rtt=far', 'rtt=0', 'rtt', 'cpu=-1', 'speed=3'])('A cell such as %s is refused', (text) => {
  expect(() => parseCell(text)).toThrow('--cell');
});

test.each(['0', '1.5', 'many'])('%s runs are refused', (runs) => {
  expect(() => parseOptions(['--runs', runs])).toThrow('--runs must be a whole number above 0');
});
