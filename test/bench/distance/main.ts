/**
 * `npm run bench:distance`: how long a distant visitor waits: with a plain endpoint, with one that caches tokens, with a gateway, and with
 * the raw SDK, in one Chromium. Files, token endpoint and API are at the far end of one line with a delay for every request, preflights
 * too, and a bandwidth; the exchange at Coze takes 300 ms. Files are compressed and cached as on a good site. The grid takes hours: `--cell
 * rtt=100,mbit=10,cpu=1` measures one of its cells (or several, each with a `--cell`) and updates it in the results, with `--runs 3` in two
 * minutes. Needs `dist/`.
 */
import { availableParallelism, loadavg } from 'node:os';
import type { Contender } from '../page/contender.js';
import { oursByGateway, oursByTokenCache, oursReopening } from '../page/ours.js';
import { rawSdkReopening } from '../page/raw-sdk.js';
import { type Cell, cellKey, describeCell, REFERENCE } from './cell.js';
import { DistantSite, EXCHANGE_MS } from './distant-site.js';
import { type Measured, type ScenarioName, scenarios, zeroOf } from './measured.js';
import { parseOptions } from './options.js';
import { markdownTable, reportOf } from './report.js';
import { keepCell, keepWaterfall } from './results.js';
import { runScenarios } from './scenario.js';
import type { Waterfall } from './waterfall.js';
import { waterfallText } from './waterfall.js';
import { waterfallPicture } from './waterfall-picture.js';

const { runs, cells } = parseOptions(process.argv.slice(2));
const contenders: readonly Contender[] = [oursReopening, oursByTokenCache, oursByGateway, rawSdkReopening];

const site = await DistantSite.start(contenders);
try {
  for (const cell of cells) await measureCell(cell);
} finally {
  await site.close();
}

async function measureCell(cell: Cell): Promise<void> {
  const load = Number(loadavg()[0]?.toFixed(1));
  const measured = new Map(contenders.map(({ name }) => [name, new Array<Readonly<Record<ScenarioName, Measured>>>()]));
  for (let run = 0; run < runs; run++) {
    // Interleaved, so that other load on the machine affects all contenders alike.
    for (const contender of contenders) measured.get(contender.name)?.push(await runScenarios(site, contender, cell));
  }
  const report = reportOf(cell, measured);
  console.log(`\n${markdownTable(report, EXCHANGE_MS)}\n`);
  const machine = `${availableParallelism()} cores, shared with site and stand-in; load average before: ${load}; node ${process.version}`;
  await keepCell(`npm run bench:distance -- --runs ${runs} --cell ${cellKey(cell)}`, machine, report);
  if (cells.length > 1 && cellKey(cell) !== cellKey(REFERENCE)) return;
  for (const [name, all] of measured) {
    for (const scenario of scenarios) await showWaterfall(cell, scenario, name, medianRun(all.map((run) => run[scenario])));
  }
}

async function showWaterfall(cell: Cell, scenario: ScenarioName, contender: string, run: Measured | undefined): Promise<void> {
  if (run === undefined) return;
  const { requests, usableMs, historyMs } = run;
  const milestones = [
    { name: 'one can write', atMs: usableMs },
    { name: scenario === 'second page' || scenario === 'comes back' ? 'history shown' : 'welcome shown', atMs: historyMs },
  ];
  const waterfall: Waterfall = {
    title: `${contender}, ${scenario}: ${describeCell(cell)}`,
    zero: zeroOf(scenario),
    requests,
    milestones,
  };
  const text = waterfallText(waterfall);
  console.log(`${text}\n`);
  await keepWaterfall(`${cellKey(cell)} ${scenario} ${contender}`, { text, picture: waterfallPicture(waterfall) });
}

function medianRun(all: readonly Measured[]): Measured | undefined {
  return all.toSorted((a, b) => a.usableMs - b.usableMs)[Math.floor((all.length - 1) / 2)];
}
