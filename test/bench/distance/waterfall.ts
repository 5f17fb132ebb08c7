/** The requests of one run, one below the other, with the visitor's waiting times. As text here, as a picture in `waterfall-picture.ts`. */
import type { NetworkRequest } from './network-request.js';
import { longestRow, waitedRow } from './round-trips.js';

export interface Milestone {
  readonly name: string;
  readonly atMs: number;
}

export interface Waterfall {
  readonly title: string;
  /** The event at 0. */
  readonly zero: string;
  readonly requests: readonly NetworkRequest[];
  /** In order; the picture ends at the last one. */
  readonly milestones: readonly Milestone[];
}

const WIDTH = 60;

/** Requests that were in progress at any time between 0 and the last milestone, or that have ended before 0 because of a hover. */
export function shownRequests({ requests, milestones }: Waterfall): readonly NetworkRequest[] {
  return requests.filter(({ sentMs }) => sentMs <= endOf(milestones));
}

export const endOf = (milestones: readonly Milestone[]): number => Math.max(0, ...milestones.map(({ atMs }) => atMs));

export function waterfallText(waterfall: Waterfall): string {
  const { title, zero, milestones } = waterfall;
  const shown = shownRequests(waterfall);
  const end = endOf(milestones);
  const start = Math.min(0, ...shown.map(({ sentMs }) => sentMs));
  const column = (ms: number): number => Math.round(((Math.min(ms, end) - start) / (end - start || 1)) * WIDTH);
  const row = waitedRow(shown, milestones[0]?.atMs ?? end);
  const lines = shown.map((request) => {
    const from = column(request.sentMs);
    const bar = `${' '.repeat(from)}${(request.kind === 'preflight' ? '·' : '█').repeat(Math.max(1, column(request.endMs) - from))}`;
    const place = row.indexOf(request) + 1;
    return `${(place || '').toString().padStart(2)} ${ms(request.sentMs)} ${ms(request.endMs)} ${size(request)} ${bar.padEnd(WIDTH + 1)} ${request.kind.padEnd(9)} ${request.name}`;
  });
  const marks = milestones.map(({ name, atMs }) => `   ${ms(atMs)} ${' '.repeat(14)} ${' '.repeat(column(atMs))}▲ ${name}`);
  return [
    `${title} (0: ${zero})`,
    `   ${'sent'.padStart(6)} ${'ended'.padStart(6)} ${'bytes'.padStart(7)}`,
    ...lines,
    ...marks,
    ...rowsText(waterfall),
  ].join('\n');
}

/** The round trips that were waited for until each milestone; and the longest chain, if that is longer. */
function rowsText({ requests, milestones }: Waterfall): readonly string[] {
  return milestones.flatMap(({ name, atMs }) => {
    const waited = waitedRow(requests, atMs);
    const longest = longestRow(requests, atMs);
    const head = `until ${name}, ${waited.length} round trips in a row: ${namesOf(waited)}`;
    return longest.length > waited.length ? [head, `  longest row, ${longest.length}: ${namesOf(longest)}`] : [head];
  });
}

const namesOf = (row: readonly NetworkRequest[]): string => row.map(shortName).join(' → ') || 'none';

const shortName = ({ kind, name }: NetworkRequest): string => (kind === 'preflight' ? `(${name})` : name);

const ms = (value: number): string => (Number.isFinite(value) ? Math.round(value).toString() : '…').padStart(6);

const size = ({ bytes }: NetworkRequest): string => bytes.toString().padStart(7);
