/** M3 and M6 where engines may differ: which document gets focus events, what `hasFocus()` returns, what a cache keeps. */
import { describe, expect, test } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import { patience } from '../../engines/support/engine-chat.js';
import type { EngineVisit, EngineWorld } from '../../engines/support/engine-world.js';
import type { Suite } from '../../engines/support/suite.js';

const TOKEN_PATH = '/visitors/left/api/coze/token';
/** Older than the maximum age of a proof. */
const STALE_MS = 31_000;

/** Lets the test advance the clock that a visitor can set; a chat uses the faster of its two clocks. */
const COMMANDED_CLOCK = `<script>
window.aheadMs = 0;
const now = Date.now;
Date.now = () => now() + window.aheadMs;
</script>`;

const body = '<button id="elsewhere">Elsewhere</button>';

const pass = (visit: EngineVisit, ms: number): Promise<void> =>
  visit.page.run((ms) => void ((window as unknown as { aheadMs: number }).aheadMs += ms), ms);

const focusPage = (visit: EngineVisit): Promise<void> => visit.page.run(() => document.getElementById('elsewhere')?.focus());

const focusFrame = (visit: EngineVisit): Promise<void> =>
  visit.page.run(() =>
    document.querySelector('coze-chat')?.shadowRoot?.querySelector('iframe')?.contentDocument?.querySelector('textarea')?.focus(),
  );

/** The window loses the focus to another window, or the chat's frame in it gets the focus back. */
const leave = (visit: EngineVisit): Promise<void> =>
  visit.page.run(() => {
    document.hasFocus = () => false;
    window.dispatchEvent(new Event('blur'));
  });
const comeBack = (visit: EngineVisit): Promise<void> =>
  visit.page.run(() => {
    document.hasFocus = () => true;
    document.querySelector('coze-chat')?.shadowRoot?.querySelector('iframe')?.contentWindow?.dispatchEvent(new Event('focus'));
  });

const nextTask = (visit: EngineVisit): Promise<unknown> => visit.page.run(() => new Promise((resolve) => setTimeout(resolve, 0)));

const tokenRequests = (world: EngineWorld): number => world.host.requests.filter((path) => path === TOKEN_PATH).length;

export const whoseChat: Suite = (world) => {
  async function open(): Promise<EngineVisit> {
    world().coze.setFaults({ maxTokenLifeSeconds: undefined });
    const visit = await world().open({ signedIn: { left: 'alice' }, head: COMMANDED_CLOCK, body });
    await visit.chat().ask('alice keeps a secret');
    return visit;
  }

  describe('Focus', () => {
    test.each([
      ['page', focusPage],
      ['frame', focusFrame],
    ])('A focus that moves to the %s sends a verification if the last proof is older than 30 s', async (target, focus) => {
      const visit = await open();
      await (target === 'page' ? focusFrame : focusPage)(visit);
      const before = tokenRequests(world());
      await pass(visit, STALE_MS);
      await focus(visit);
      await expect.poll(() => tokenRequests(world()), patience).toBe(before + 1);
    });

    test('A frame that gets the focus back after Bob has signed in shows him nothing of Alice', async () => {
      const visit = await open();
      await leave(visit);
      await visit.signIn('left', 'bob');
      await pass(visit, STALE_MS);
      await comeBack(visit);
      await expect.poll(() => visit.chat().text(), patience).not.toContain('alice');
      await visit.chat().ask('hello from bob');
      expect(await visit.chat().text()).not.toContain('alice');
    });

    test('A focus that moves between page and frame is no absence, so an outage has no visible effect', async () => {
      const visit = await open();
      await focusFrame(visit);
      await focusPage(visit);
      await nextTask(visit);
      await focusFrame(visit);
      await nextTask(visit);
      await pass(visit, STALE_MS);
      world().host.pages.set(TOKEN_PATH, Response.json({ error: 'upstream_unavailable' }, { status: 503 }));
      try {
        await visit.chat().ask('alice notices nothing');
      } finally {
        world().host.pages.delete(TOKEN_PATH);
      }
    });
  });

  test('A response that a gateway lets browsers cache is requested again for the next visitor', async () => {
    world().coze.setFaults({ cacheControl: 'private, max-age=600' });
    const visit = await world().open({ signedIn: { left: 'alice' }, attributes: { 'user-id': 'alice' } });
    await visit.chat().ask('alice says first');
    await visit.signIn('left', 'bob');
    await visit.page.run(() => void ((document.querySelector('coze-chat') as CozeChatElement).userId = 'bob'));
    await visit.chat().ask('hello from bob');
    expect(await visit.chat().text()).not.toContain('alice');
  });
};
