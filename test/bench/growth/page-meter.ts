/** The resources of a page including all its frames, as Chromium counts them. */
import type { Page } from 'playwright';
import type { Step } from './steps.js';

export interface PageMeter {
  /** @param count the current number of messages, chats or renewals */
  read(count: number): Promise<Step>;
}

/** Measures the page's busy time from now on. */
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
      // A first collection only makes some objects collectable; the third one frees them.
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
