/** A long-lived page: opening, closing, signing out, moving and removing a chat many times leaks nothing. */
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import { TRIES_ALL } from '../support/runs.js';
import { setUpWorld, type World } from './support/world.js';

/** The allowed growth is proportional to this number. */
const LIVES = TRIES_ALL ? 100 : 40;

let world: World;
setUpWorld((created) => (world = created));

test(
  `A chat that lives ${LIVES} times leaves no nodes, listeners, documents or timers, and less than 20 kB each time`,
  { timeout: 240_000 },
  async () => {
    const page = await world.open({
      signedIn: { left: 'alice' },
      attributes: { mode: 'bubble', teaser: 'May I help?', 'teaser-delay-seconds': '9999' },
      body: '<button data-coze-chat="toggle">Chat</button><div id="elsewhere"></div>',
    });
    await page.page.evaluate(() => {
      const running = new Set<number>();
      const { setTimeout, clearTimeout } = window;
      Object.assign(window, {
        running,
        setTimeout: (run: () => void, ms?: number) => {
          const id: number = setTimeout(() => (running.delete(id), run()), ms);
          running.add(id);
          return id;
        },
        clearTimeout: (id?: number) => (running.delete(id ?? 0), clearTimeout(id)),
      });
    });
    const client = await page.page.context().newCDPSession(page.page);
    await client.send('Performance.enable');
    const measure = async (): Promise<{ nodes: number; listeners: number; documents: number; heap: number; timers: number }> => {
      for (let round = 0; round < 3; round++) await client.send('HeapProfiler.collectGarbage');
      const { metrics } = (await client.send('Performance.getMetrics')) as { metrics: { name: string; value: number }[] };
      const valueOf = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN;
      const timers = await page.page.evaluate(() => (window as unknown as { running: Set<number> }).running.size);
      return {
        nodes: valueOf('Nodes'),
        listeners: valueOf('JSEventListeners'),
        documents: valueOf('Documents'),
        heap: valueOf('JSHeapUsedSize'),
        timers,
      };
    };
    const live = (count: number): Promise<void> =>
      page.page.evaluate(async (count) => {
        const chat = document.querySelector('coze-chat') as CozeChatElement;
        const until = (type: string) => new Promise((resolve) => chat.addEventListener(type, resolve, { once: true }));
        for (let life = 0; life < count; life++) {
          const ready = until('coze-ready');
          chat.show();
          await ready;
          chat.hide();
          await chat.updateComplete;
          document.querySelector(life % 2 ? 'body' : '#elsewhere')?.append(chat);
          chat.signOut();
          await chat.updateComplete;
          chat.remove();
          // The element handles its removal in a later task, where a new life may begin.
          await new Promise((resolve) => setTimeout(resolve));
          document.body.append(chat);
          await chat.updateComplete;
        }
      }, count);

    await live(10);
    const before = await measure();
    await live(LIVES);
    const after = await measure();
    expect(after.heap - before.heap).toBeLessThan(LIVES * 20_000);
    expect(after.nodes - before.nodes).toBeLessThan(LIVES);
    expect(after.listeners - before.listeners).toBeLessThan(LIVES / 10);
    expect([after.documents, after.timers]).toEqual([before.documents, before.timers]);
  },
);
