/** The medians of one cell, as JSON and as a Markdown table with the goals. */
import { type Row, type Spread, spreadText, summary } from '../page/report.js';
import { type Cell, describeCell } from './cell.js';
import { BEYOND_FLOOR_MS_AT_MOST, floorMs, gatewayRatioGoal, ratioGoal, ROUND_TRIPS_AT_MOST } from './goals.js';
import { type Measured, type ScenarioName, scenarios, zeroOf } from './measured.js';
import { waitedRow } from './round-trips.js';

export const OURS = 'ours';
export const TOKEN_CACHE = 'ours, token cache';
export const GATEWAY = 'ours, gateway';
export const RAW = 'raw SDK';

const USABLE = 'one can write, ms';
const HISTORY = 'history shown, ms';
const ANSWERED = 'sent → first of the answer, ms';
const ROUND_TRIPS = 'round trips in a row until one can write';

/** By contender, then run. */
export type Runs = ReadonlyMap<string, readonly Readonly<Record<ScenarioName, Measured>>[]>;

export type Rows = Readonly<Record<string, Row>>;

export interface CellReport {
  readonly cell: Cell;
  readonly runs: number;
  readonly scenarios: Readonly<Record<ScenarioName, Rows>>;
}

export function reportOf(cell: Cell, runs: Runs): CellReport {
  const rowsOf = (name: ScenarioName): Rows =>
    summary(new Map([...runs].map(([contender, all]) => [contender, all.map((run) => figuresOf(run[name]))])));
  return {
    cell,
    runs: Math.max(...[...runs.values()].map(({ length }) => length)),
    scenarios: Object.fromEntries(scenarios.map((name) => [name, rowsOf(name)])) as Record<ScenarioName, Rows>,
  };
}

/** @param exchangeMs how long the token endpoint waits for Coze */
export function markdownTable(report: CellReport, exchangeMs: number): string {
  const { cell, runs } = report;
  const lines = scenarios.flatMap((name) => {
    const rows = Object.entries(report.scenarios[name]).map(([figure, row]) => {
      const label = figure === ROUND_TRIPS ? figure : figure === ANSWERED ? figure : `${zeroOf(name)} → ${figure}`;
      return [
        name,
        label,
        spreadText(row[OURS]),
        spreadText(row[RAW]),
        ratioText(report, name, figure),
        goalText(cell, name, figure),
        spreadText(row[TOKEN_CACHE]),
        ratioText(report, name, figure, TOKEN_CACHE),
        spreadText(row[GATEWAY]),
        ratioText(report, name, figure, GATEWAY),
        goalText(cell, name, figure, GATEWAY),
      ];
    });
    return rows;
  });
  const heading = `${describeCell(cell)}; medians of ${runs} (least–most)`;
  const beyond = (report.scenarios['new visitor'][USABLE]?.[OURS]?.median ?? NaN) - floorMs(cell, exchangeMs);
  return [
    `### ${heading}`,
    '',
    ...markdownLines([['', '', OURS, RAW, 'ratio', 'goal', TOKEN_CACHE, 'ratio', GATEWAY, 'ratio', 'goal'], ...lines]),
    '',
    `New visitor, beyond the floor of ${floorMs(cell, exchangeMs)} ms (token, and one request to the API with its preflight): ${beyond.toFixed(0)} ms, goal ≤ ${BEYOND_FLOOR_MS_AT_MOST}.`,
  ].join('\n');
}

/** Our median divided by the raw SDK's. */
export function ratioOf(report: CellReport, name: ScenarioName, figure: string, contender = OURS): number {
  // The raw SDK does nothing on hover.
  const rawName = name === 'after hover' && figure !== ANSWERED ? 'new visitor' : name;
  const median = (spread: Spread | undefined): number => spread?.median ?? NaN;
  return median(report.scenarios[name][figure]?.[contender]) / median(report.scenarios[rawName][figure]?.[RAW]);
}

function figuresOf({ usableMs, historyMs, answeredMs, requests }: Measured): Readonly<Record<string, number>> {
  return { [USABLE]: usableMs, [HISTORY]: historyMs, [ANSWERED]: answeredMs, [ROUND_TRIPS]: waitedRow(requests, usableMs).length };
}

function ratioText(report: CellReport, name: ScenarioName, figure: string, contender = OURS): string {
  const ratio = ratioOf(report, name, figure, contender);
  return figure === ROUND_TRIPS || Number.isNaN(ratio) ? '' : `${ratio.toFixed(2)} ×`;
}

function goalText(cell: Cell, name: ScenarioName, figure: string, contender = OURS): string {
  if (figure === ROUND_TRIPS) return `≤ ${ROUND_TRIPS_AT_MOST[name]}`;
  const goal = contender === OURS ? ratioGoal(cell, name) : gatewayRatioGoal(cell, name);
  const ratio = figure === USABLE ? goal : undefined;
  return ratio === undefined ? '' : `≤ ${ratio.toFixed(2)} ×`;
}

function markdownLines(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]): string => `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head, ...body] = rows.map(line);
  return [head ?? '', `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body];
}
