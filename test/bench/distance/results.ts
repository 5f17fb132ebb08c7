/** Writes `results/distance.json`, which is updated cell by cell, and the waterfalls beside it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeResults } from '../results.js';
import { cellKey } from './cell.js';
import type { CellReport } from './report.js';

const RESULTS = fileURLToPath(new URL('../results/distance.json', import.meta.url));
const WATERFALLS = fileURLToPath(new URL('../results/distance', import.meta.url));

interface KeptCell extends CellReport {
  readonly command: string;
  readonly machine: string;
}

/** Called after each cell, because a run of all cells takes hours. */
export async function keepCell(command: string, machine: string, report: CellReport): Promise<void> {
  const kept = (await readKept()).filter(({ cell }) => cellKey(cell) !== cellKey(report.cell));
  const cells = [...kept, { command, machine, ...report }].toSorted((a, b) => cellOrder(a) - cellOrder(b));
  await writeResults('distance', 'npm run bench:distance', { cells });
}

export async function keepWaterfall(name: string, { text, picture }: { readonly text: string; readonly picture: string }): Promise<void> {
  const path = `${WATERFALLS}/${name.replaceAll(/[^\w.]+/g, '-')}`;
  await mkdir(WATERFALLS, { recursive: true });
  await Promise.all([writeFile(`${path}.txt`, `${text}\n`), writeFile(`${path}.svg`, picture)]);
}

async function readKept(): Promise<readonly KeptCell[]> {
  const text = await readFile(RESULTS, 'utf8').catch(() => '{"cells":[]}');
  return (JSON.parse(text) as { readonly cells: readonly KeptCell[] }).cells;
}

/** Slow processors last, then by latency, the highest bandwidth first. */
const cellOrder = ({ cell: { cpu, rttMs, mbit = 1e3 } }: KeptCell): number => cpu * 1e9 + rttMs * 1e4 - mbit;
