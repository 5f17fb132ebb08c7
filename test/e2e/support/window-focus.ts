/** Simulates the focus of a window, because a headless page never loses it. */
import type { BrowserContext, Page } from 'playwright';

/** Lets {@link blur} and {@link focus} decide whether the pages of the context have the focus. */
export async function trackFocus(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    if (window !== window.top) return;
    document.hasFocus = () => document.documentElement.dataset['focus'] !== 'elsewhere';
  });
}

/** Takes the focus from the window. */
export const blur = (page: Page): Promise<void> =>
  page.evaluate(() => {
    document.documentElement.dataset['focus'] = 'elsewhere';
    window.dispatchEvent(new Event('blur'));
  });

/** Gives the focus to the window, or to the chat's frame in it, as a click into the frame of a window in the background does. */
export const focus = (page: Page, where: 'page' | 'frame' = 'page'): Promise<void> =>
  page.evaluate((where) => {
    document.documentElement.dataset['focus'] = 'here';
    const frame = document.querySelector('coze-chat')?.shadowRoot?.querySelector('iframe')?.contentWindow;
    (where === 'frame' ? frame : window)?.dispatchEvent(new Event('focus'));
  }, where);
