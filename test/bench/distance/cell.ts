/** A visitor's distance, bandwidth and processor speed: one cell of the grid. */

export interface Cell {
  readonly rttMs: number;
  /** Absent: no limit. */
  readonly mbit?: number;
  /** How many times slower than this machine the page's processor runs. */
  readonly cpu: number;
}

const RTTS_MS = [20, 100, 250];
const WIDTHS = [undefined, 10, 1.6];

/** A slow connection with more latency than the grid's; it has a goal of its own. */
const FAR_AND_NARROW: Cell = { rttMs: 150, mbit: 1.6, cpu: 1 };

export const grid: readonly Cell[] = [
  ...[1, 4].flatMap((cpu) => RTTS_MS.flatMap((rttMs) => WIDTHS.map((mbit) => createCell(rttMs, mbit, cpu)))),
  FAR_AND_NARROW,
];

/** The cell whose waterfalls are kept. */
export const REFERENCE: Cell = { rttMs: 100, cpu: 1 };

/** @param text `rtt=100,mbit=10,cpu=1`; missing values are those of the reference. */
export function parseCell(text: string): Cell {
  const values = new Map(text.split(',').map((part) => [part.split('=')[0] ?? '', part.split('=')[1]] as const));
  const numberOf = (name: string): number | undefined => {
    if (!values.has(name)) return undefined;
    const number = Number(values.get(name));
    if (!(number > 0)) throw new Error(`${name} of --cell must be a number above 0.`);
    return number;
  };
  const unknown = [...values.keys()].find((name) => !['rtt', 'mbit', 'cpu'].includes(name));
  if (unknown !== undefined) throw new Error(`--cell knows rtt (ms), mbit and cpu, not "${unknown}".`);
  return createCell(numberOf('rtt') ?? REFERENCE.rttMs, numberOf('mbit'), numberOf('cpu') ?? REFERENCE.cpu);
}

/** In the format of `--cell`. */
export function cellKey({ rttMs, mbit, cpu }: Cell): string {
  return [`rtt=${rttMs}`, ...(mbit === undefined ? [] : [`mbit=${mbit}`]), `cpu=${cpu}`].join(',');
}

export function describeCell({ rttMs, mbit, cpu }: Cell): string {
  return `round trip ${rttMs} ms, ${mbit === undefined ? 'no limit' : `${mbit} Mbit/s`}, processor ${cpu === 1 ? 'as it is' : `${cpu} × slower`}`;
}

function createCell(rttMs: number, mbit: number | undefined, cpu: number): Cell {
  return { rttMs, cpu, ...(mbit === undefined ? {} : { mbit }) };
}
