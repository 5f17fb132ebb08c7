/** Medians and spreads, as a table with one row per figure. */
import type { Figures } from './measure.js';

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export type Row = Readonly<Partial<Record<string, Spread>>>;

/** One row per figure. */
export function summary(runs: ReadonlyMap<string, readonly Figures[]>): Readonly<Record<string, Row>> {
  const names = new Set([...runs.values()].flat().flatMap((figures) => Object.keys(figures)));
  return Object.fromEntries(
    [...names].map((name) => {
      const spreads = [...runs].map(([contender, all]) => [contender, spreadOf(all.flatMap((figures) => figures[name] ?? []))] as const);
      return [name, Object.fromEntries(spreads.filter(([, spread]) => spread !== undefined))];
    }),
  );
}

export function table(title: string, rows: Readonly<Record<string, Row>>, contenders: readonly string[]): string {
  const lines = Object.entries(rows).map(([name, row]) => [name, ...contenders.map((contender) => spreadText(row[contender]))]);
  const all = [[title, ...contenders], ...lines];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  return all.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

export function spreadOf(values: readonly number[]): Spread | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, median, most] = [sorted[0], sorted[Math.floor((sorted.length - 1) / 2)], sorted.at(-1)];
  if (least === undefined || median === undefined || most === undefined) return undefined;
  return { least: rounded(least), median: rounded(median), most: rounded(most) };
}

const rounded = (value: number): number => Number(value.toPrecision(3 + Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1)) - 2)));

export const spreadText = (spread: Spread | undefined): string => (spread ? `${spread.median} (${spread.least}–${spread.most})` : '—');
