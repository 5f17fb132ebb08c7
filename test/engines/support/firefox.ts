/** Debian's Firefox by WebDriver BiDi, which Puppeteer speaks without a driver program. */
import puppeteer, { type KeyInput, type Page } from 'puppeteer-core';
import { firefoxPath, hasFirefox } from '../../support/engines.mjs';
import type { Engine, EnginePage } from './engine.js';

/** WebDriver's own name for Return: what Puppeteer calls Enter is the number pad's. */
const keys = { Enter: '\uE006' as KeyInput, Tab: 'Tab', Escape: 'Escape' } as const;

export const firefox: Engine = {
  name: 'Firefox',
  isInstalled: hasFirefox,
  async start() {
    const browser = await puppeteer.launch({ browser: 'firefox', executablePath: firefoxPath, headless: true });
    return {
      newPage: async () => {
        const context = await browser.createBrowserContext();
        return pageOf(await context.newPage(), () => context.close());
      },
      close: () => browser.close(),
    };
  },
};

function pageOf(page: Page, close: () => Promise<void>): EnginePage {
  return {
    goto: async (url) => void (await page.goto(url)),
    run: (script, ...args) => page.evaluate(script as never, ...args),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(keys[key]),
    screenshot: () => page.screenshot(),
    close,
  };
}
