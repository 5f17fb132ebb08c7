/** Debian's Firefox by WebDriver BiDi, which Puppeteer supports without a driver program. */
import puppeteer, { type KeyInput } from 'puppeteer-core';
import { firefoxPath, hasFirefox } from '../../support/engines.mjs';
import type { Engine } from './engine.js';
import { puppeteerPage } from './puppeteer-page.js';

/** WebDriver's own code for Return: Puppeteer's Enter is the one on the number pad. */
const keys = { Enter: '\uE006' as KeyInput, Tab: 'Tab', Escape: 'Escape' } as const;

/** On a busy machine the two halves of a tap may be far apart, but must still count as a tap. */
const preferences = { 'apz.max_tap_time': 60_000 };

export const firefox: Engine = {
  name: 'Firefox',
  isInstalled: hasFirefox,
  async start() {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: firefoxPath,
      headless: true,
      extraPrefsFirefox: preferences,
    });
    return {
      newPage: async () => {
        const context = await browser.createBrowserContext();
        return puppeteerPage(await context.newPage(), keys, () => context.close());
      },
      close: () => browser.close(),
    };
  },
};
