/**
 * `npm run bench:answers`: how long answers block a page with the SDK's Markdown and with ours, in one Chromium. BENCH_RUNS (3) is the
 * number of runs of which the median is taken.
 */
import { availableParallelism } from 'node:os';
import { chromium, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../../support/chromium.mjs';
import { writeResults } from '../results.js';
import { buildPage } from './build-page.js';
import type { Figures } from './page.js';

const RUNS = Number(process.env['BENCH_RUNS'] ?? 3);
/** An upper bound; the SDK's renderer may exceed it. */
const TIME_LIMIT_MS = 180_000;

interface Row extends Figures {
  readonly scenario: string;
  readonly slowdown: number;
  readonly renderer: string;
  readonly heapMb: number;
}

const SCENARIOS = [
  ['deltas', 20_000, 'deltas of 10 characters, 20 kB'],
  ['deltas', 40_000, 'deltas of 10 characters, 40 kB'],
  ['whole', 100_000, '100 kB at once'],
  ['whole', 200_000, '200 kB at once'],
  ['history', 1_000, 'a history of 1,000 messages'],
] as const;

const { script, style } = await buildPage();
const browser = await chromium.launch({ ...chromiumLaunchOptions(), args: ['--enable-precise-memory-info'] });
const rows: Row[] = [];
for (const slowdown of [1, 4]) {
  for (const [kind, size, scenario] of SCENARIOS) {
    for (const renderer of ['the SDK', 'ours']) {
      const runs: (Figures & { readonly heapMb: number })[] = [];
      for (let run = 0; run < RUNS; run++) runs.push(await measure(renderer, kind, size, slowdown));
      const row = { scenario, slowdown, renderer, ...median(runs) };
      rows.push(row);
      console.log(
        `${slowdown}×  ${scenario.padEnd(40)} ${renderer.padEnd(8)} longest task ${ms(row.longestTaskMs)}, blocking ${ms(row.blockingMs)}, shown after ${ms(row.untilShownMs)}, heap ${row.heapMb.toFixed(0)} MB`,
      );
    }
  }
}
await browser.close();
await writeResults('answers', `BENCH_RUNS=${RUNS} npm run bench:answers`, { machine: `${availableParallelism()} cores`, rows });

async function measure(renderer: string, kind: string, size: number, slowdown: number): Promise<Figures & { readonly heapMb: number }> {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  try {
    page.setDefaultTimeout(TIME_LIMIT_MS);
    await page.setContent('<!doctype html><html class="chat-root light-theme"><body></body></html>');
    await page.addStyleTag({ content: style });
    await page.addScriptTag({ content: script, type: 'module' });
    await page.waitForFunction(() => 'bench' in window);
    await throttle(page, slowdown);
    const figures = await page.evaluate(
      ([name, scenario, length]) => {
        const { bench } = window as unknown as { bench: (renderer: string, scenario: string, bytes: number) => Promise<Figures> };
        return bench(name, scenario, length);
      },
      [renderer, kind, size] as const,
    );
    const heapMb = await page.evaluate(
      () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1e6,
    );
    return { ...figures, heapMb };
  } finally {
    await page.close();
  }
}

async function throttle(page: Page, rate: number): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Emulation.setCPUThrottlingRate', { rate });
}

/** Computed for each figure separately. */
function median(runs: readonly (Figures & { readonly heapMb: number })[]): Figures & { readonly heapMb: number } {
  const middle = (read: (run: Figures & { readonly heapMb: number }) => number): number =>
    runs.map(read).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0;
  return {
    longestTaskMs: middle(({ longestTaskMs }) => longestTaskMs),
    blockingMs: middle(({ blockingMs }) => blockingMs),
    untilShownMs: middle(({ untilShownMs }) => untilShownMs),
    heapMb: middle(({ heapMb }) => heapMb),
  };
}

function ms(value: number): string {
  return `${Math.round(value).toLocaleString('en')} ms`;
}
