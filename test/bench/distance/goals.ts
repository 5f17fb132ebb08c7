/** Our goals for distant visitors: ratios of our median to the raw SDK's in the same run, and round trips. */
import { type Cell, cellKey } from './cell.js';
import type { ScenarioName } from './measured.js';

export interface Goal {
  /** Absent: in every cell. */
  readonly cell?: Cell;
  readonly scenario: ScenarioName;
  /**
   * Our time until the visitor can write, divided by the raw SDK's. The raw SDK does nothing on hover, so there its click without hover is
   * compared.
   */
  readonly ratioAtMost: number;
}

const goals: readonly Goal[] = [
  { cell: { rttMs: 100, cpu: 1 }, scenario: 'new visitor', ratioAtMost: 0.6 },
  { cell: { rttMs: 100, cpu: 1 }, scenario: 'comes back', ratioAtMost: 0.55 },
  { cell: { rttMs: 100, cpu: 1 }, scenario: 'after hover', ratioAtMost: 0.25 },
  { cell: { rttMs: 100, mbit: 10, cpu: 1 }, scenario: 'new visitor', ratioAtMost: 0.55 },
  { cell: { rttMs: 150, mbit: 1.6, cpu: 1 }, scenario: 'new visitor', ratioAtMost: 0.45 },
  { scenario: 'second page', ratioAtMost: 0.45 },
];

export const ratioGoal = (cell: Cell, scenario: ScenarioName): number | undefined =>
  goals.find((goal) => goal.scenario === scenario && (goal.cell === undefined || cellKey(goal.cell) === cellKey(cell)))?.ratioAtMost;

/** The cell with a goal for the gateway. */
const GATEWAY_CELL: Cell = { rttMs: 100, cpu: 1 };
const GATEWAY_RATIOS: Readonly<Partial<Record<ScenarioName, number>>> = { 'new visitor': 0.5, 'second page': 0.3 };

export const gatewayRatioGoal = (cell: Cell, scenario: ScenarioName): number | undefined =>
  cellKey(cell) === cellKey(GATEWAY_CELL) ? GATEWAY_RATIOS[scenario] : undefined;

export const ROUND_TRIPS_AT_MOST: Readonly<Record<ScenarioName, number>> = {
  'new visitor': 3,
  'comes back': 3,
  'second page': 2,
  'after hover': 3,
};

/** Beyond the unavoidable minimum: the token with its exchange, then a preflight and a request to the API. */
export const BEYOND_FLOOR_MS_AT_MOST = 80;
export const floorMs = ({ rttMs }: Cell, exchangeMs: number): number => 3 * rttMs + exchangeMs;
