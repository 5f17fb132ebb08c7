/** What a page has on its hands, all frames together, as Chromium counts it. */
import type { Page } from 'playwright';
import type { Step } from './steps.js';

export interface PageMeter {
  /** @param count of what grows, by now */
  read(count: number): Promise<Step>;
}

/** Counts from now on how busy the page is. */
export async function meterOf(page: Page): Promise<PageMeter> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const metrics = async (): Promise<(name: string) => number> => {
    const { metrics: all } = await cdp.send('Performance.getMetrics');
    return (name) => all.find((metric) => metric.name === name)?.value ?? NaN;
  };
  const busyMs = async (): Promise<number> => (await metrics())('TaskDuration') * 1000;
  const begunMs = await busyMs();
  return {
    async read(count) {
      const endedMs = await busyMs();
      // What a first collection only makes ready to be freed goes with the third.
      for (let round = 0; round < 3; round++) await cdp.send('HeapProfiler.collectGarbage');
      const valueOf = await metrics();
      return {
        count,
        heapMb: valueOf('JSHeapUsedSize') / 1e6,
        nodes: valueOf('Nodes'),
        listeners: valueOf('JSEventListeners'),
        busyMs: endedMs - begunMs,
      };
    },
  };
}
