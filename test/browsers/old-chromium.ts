/**
 * A given version of Chromium, as visitors have it who cannot update. With Playwright, because Puppeteer waits for messages that some
 * versions never send.
 */
import { chromium, type LaunchOptions, type Page } from 'playwright';
import type { Engine, EnginePage } from '../engines/support/engine.js';
import { chromiumArgs } from '../support/chromium.mjs';
import { hasOldChromium, oldChromiumPath } from '../support/old-chromium.mjs';

export function oldChromium(version: number): Engine {
  return {
    name: `Chromium ${version}`,
    isInstalled: hasOldChromium(version),
    async start() {
      const browser = await chromium.launch(await oldLaunchOptions(version));
      return {
        newPage: async () => {
          const context = await browser.newContext({ hasTouch: true });
          return toEnginePage(await context.newPage(), () => context.close());
        },
        close: () => browser.close(),
      };
    },
  };
}

export async function oldLaunchOptions(version: number): Promise<LaunchOptions> {
  // Chromium's zygote process does not start on every machine.
  return { executablePath: await oldChromiumPath(version), args: [...chromiumArgs, '--no-zygote'] };
}

export async function toEnginePage(page: Page, close: () => Promise<void>): Promise<EnginePage> {
  // Playwright's own evaluate() uses eval(), which the CSP of some tests forbids.
  const session = await page.context().newCDPSession(page);
  return {
    goto: async (url) => void (await page.goto(url)),
    run: async (script, ...args) => {
      const expression = `(${String(script)})(...${JSON.stringify(args)})`;
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value as never;
    },
    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    hover: ({ x, y }) => page.mouse.move(x, y),
    click: ({ x, y }) => page.mouse.click(x, y),
    wheel: async ({ x, y }, by) => {
      await page.mouse.move(x, y);
      await page.mouse.wheel(0, by);
    },
    tap: ({ x, y }) => page.touchscreen.tap(x, y),
    print: () => page.pdf(),
    screenshot: () => page.screenshot(),
    close,
  };
}
