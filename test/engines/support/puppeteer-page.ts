/** A page of a browser that Puppeteer drives: Chromium by the DevTools protocol, Firefox by WebDriver BiDi. */
import type { KeyInput, Page } from 'puppeteer-core';
import type { EnginePage, Key } from './engine.js';

export function puppeteerPage(page: Page, keys: Readonly<Record<Key, KeyInput>>, close: () => Promise<void>): EnginePage {
  return {
    goto: async (url) => void (await page.goto(url)),
    run: (script, ...args) => page.evaluate(script as never, ...args),
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(keys[key]),
    hover: ({ x, y }) => page.mouse.move(x, y),
    click: ({ x, y }) => page.mouse.click(x, y),
    wheel: async ({ x, y }, by) => {
      await page.mouse.move(x, y);
      await page.mouse.wheel({ deltaY: by });
    },
    tap: ({ x, y }) => page.touchscreen.tap(x, y),
    print: () => page.pdf(),
    screenshot: () => page.screenshot(),
    close,
  };
}
