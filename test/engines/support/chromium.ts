/** The Chromium of the rest of the suite, with the same minimal automation as the other engines. */
import puppeteer from 'puppeteer-core';
import { chromiumArgs, findChromium } from '../../support/chromium.mjs';
import type { Engine } from './engine.js';
import { puppeteerPage } from './puppeteer-page.js';

const EXECUTABLE_PATH = findChromium();

export const chromium: Engine = {
  name: 'Chromium',
  isInstalled: EXECUTABLE_PATH !== undefined,
  async start() {
    const browser = await puppeteer.launch({ executablePath: EXECUTABLE_PATH ?? '', args: chromiumArgs, headless: true });
    return {
      newPage: async () => {
        const context = await browser.createBrowserContext();
        return puppeteerPage(await context.newPage(), { Enter: 'Enter', Tab: 'Tab', Escape: 'Escape' }, () => context.close());
      },
      close: () => browser.close(),
    };
  },
};
