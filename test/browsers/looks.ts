/**
 * The main states in browsers that lack some colours, units and selectors: they must look as in the newest Chromium. Uses the automation of
 * the engine tests, because Playwright's own calls functions that pages in an old browser lack.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CozeStandIn, startCozeStandIn } from '../../demo/coze-stand-in/index.js';
import { differencePercent, lookOf } from '../e2e/support/look.js';
import { HAS_FONT, HEAD, type Scene, scenes } from '../e2e/support/scenes.js';
import { startTestHost, type TestHost } from '../e2e/support/test-host.js';
import { patience } from '../engines/support/engine-chat.js';
import { EngineVisit } from '../engines/support/engine-world.js';
import { hasOldChromium } from '../support/old-chromium.mjs';
import { oldLaunchOptions, toEnginePage } from './old-chromium.js';

/** Versions smooth letters differently. A missing colour or border differs by more. */
const MOST_PERCENT = 0.4;

export function looks(version: number, names = scenes.map(({ name }) => name)): void {
  describe.skipIf(!hasOldChromium(version) || !HAS_FONT)(`Looks in Chromium ${version} (skipped without the font DejaVu Sans)`, () => {
    let coze: CozeStandIn;
    let host: TestHost;
    let browser: Browser;
    beforeAll(async () => {
      [coze, browser] = await Promise.all([startCozeStandIn(), oldLaunchOptions(version).then((options) => chromium.launch(options))]);
      host = await startTestHost(coze);
    });
    afterAll(async () => {
      await browser.close();
      await Promise.all([host.stop(), coze.stop()]);
    });

    test.each(scenes.filter(({ name }) => names.includes(name)))('The scene $name looks as in the newest Chromium', async (scene) => {
      const context = await browser.newContext(scene.context);
      const path = fileURLToPath(new URL(`../e2e/looks/${scene.name}.png`, import.meta.url));
      const look = lookOf(await photograph(scene, context, host));
      await context.close();
      const percent = differencePercent(readFileSync(path), look);
      if (percent > MOST_PERCENT) writeFileSync(path.replace(/\.png$/, `.${version}.now.png`), look);
      expect(percent).toBeLessThanOrEqual(MOST_PERCENT);
    });
  });
}

async function photograph({ attributes, question, ...scene }: Scene, context: BrowserContext, host: TestHost): Promise<Buffer> {
  const page = await context.newPage();
  const visit = new EngineVisit(
    await toEnginePage(page, () => context.close()),
    host.put({ signedIn: { left: 'alice' }, attributes: { mode: 'bubble', ...attributes }, head: HEAD }),
  );
  await visit.page.goto(host.put({ signedIn: {} }));
  if (scene.isSignedOut !== true) await visit.signIn('left', 'alice');
  await visit.load();
  const chat = visit.chat();
  const inside = (selector: string): Promise<string> =>
    visit.page.run(
      (selector) => document.querySelector('coze-chat')?.shadowRoot?.querySelector<HTMLElement>(selector)?.innerText ?? '',
      selector,
    );

  if (scene.isClosed === true) await expect.poll(() => inside('.teaser'), patience).toContain('May I help you?');
  else await visit.page.click(await chat.launcher());
  if (scene.isSignedOut === true) await chat.untilStatus('signed-out');
  if (question !== undefined) {
    await chat.untilStatus('ready');
    await chat.focusField();
    await visit.page.type(question);
    await visit.page.press('Enter');
    await chat.untilText('What did I say?');
  }
  if (scene.isOffline === true) {
    await context.setOffline(true);
    await expect.poll(() => inside('.notice'), patience).toContain('You are offline');
  }
  await page.waitForLoadState('networkidle');
  return page.screenshot({ animations: 'disabled', caret: 'hide' });
}
