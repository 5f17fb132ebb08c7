import { describe, expect, test } from 'vitest';
import type { Cell } from '../../../bench/distance/cell.js';
import type { Measured, ScenarioName } from '../../../bench/distance/measured.js';
import { markdownTable, ratioOf, reportOf } from '../../../bench/distance/report.js';

const cell: Cell = { rttMs: 100, cpu: 1 };
const EXCHANGE_MS = 300;

const measured = (usableMs: number): Measured => ({
  usableMs,
  historyMs: usableMs + 20,
  answeredMs: 200,
  requests: [
    { kind: 'token', name: 'token', askedMs: 0, sentMs: 0, endMs: 400, bytes: 500 },
    { kind: 'API', name: 'list', askedMs: 410, sentMs: 410, endMs: 510, bytes: 500 },
  ],
});

const run = (usableMs: number, change: Partial<Record<ScenarioName, Measured>> = {}): Record<ScenarioName, Measured> => ({
  'new visitor': measured(usableMs),
  'comes back': measured(usableMs),
  'second page': measured(usableMs),
  'after hover': measured(usableMs),
  ...change,
});

const lineOf = (table: string, scenario: string, figure: string): string | undefined =>
  table.split('\n').find((line) => line.startsWith(`| ${scenario}`) && line.includes(figure));

describe('Table of a cell', () => {
  const runs = new Map([
    ['ours', [run(900), run(600), run(700)]],
    ['raw SDK', [run(1000), run(2000), run(1400)]],
  ]);
  const table = markdownTable(reportOf(cell, runs), EXCHANGE_MS);

  test('A row has the medians of all runs with their spread, their ratio, and the goal', () => {
    expect(lineOf(table, 'new visitor', 'one can write, ms')).toMatch(
      /click → one can write, ms +\| 700 \(600–900\) +\| 1400 \(1000–2000\) +\| 0\.50 × +\| ≤ 0\.60 × +\|/,
    );
  });

  test('The times of the second page count from the page', () => {
    expect(lineOf(table, 'second page', 'one can write, ms')).toContain('the page has come → one can write, ms');
  });

  test('The table has the number of round trips in a row, and its goal', () => {
    expect(lineOf(table, 'comes back', 'round trips')).toMatch(/2 \(2–2\) +\| 2 \(2–2\) +\| +\| ≤ 3/);
  });

  test('The table has the distance between a new visitor and the floor of a token and one request', () => {
    expect(table).toContain('beyond the floor of 600 ms (token, and one request to the API with its preflight): 100 ms, goal ≤ 80.');
  });

  test('A cell without goals of its own has only the goal of the second page', () => {
    const elsewhere = markdownTable(reportOf({ rttMs: 20, cpu: 4 }, runs), EXCHANGE_MS);
    expect(lineOf(elsewhere, 'new visitor', 'one can write, ms')).not.toContain('≤');
    expect(lineOf(elsewhere, 'second page', 'one can write, ms')).toContain('≤ 0.45 ×');
  });
});

test('A click after a hover is compared with the click of the raw SDK without one', () => {
  const report = reportOf(
    cell,
    new Map([
      ['ours', [run(900, { 'after hover': measured(250) })]],
      ['raw SDK', [run(1000, { 'after hover': measured(500) })]],
    ]),
  );
  expect(ratioOf(report, 'after hover', 'one can write, ms')).toBe(0.25);
});

test('A chat with a gateway has its own column, ratio and goal', () => {
  const runs = new Map([
    ['ours', [run(700)]],
    ['ours, gateway', [run(350)]],
    ['raw SDK', [run(1400)]],
  ]);
  const line = lineOf(markdownTable(reportOf(cell, runs), EXCHANGE_MS), 'second page', 'one can write, ms');
  expect(line).toMatch(/\| 350 \(350–350\) +\| 0\.25 × +\| ≤ 0\.30 × +\|$/);
});
