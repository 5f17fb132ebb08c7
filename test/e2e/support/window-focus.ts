/** The focus of a window, which a headless page never loses by itself. */
import type { BrowserContext, Page } from 'playwright';

/** Pages of the context have the focus as {@link blur} and {@link focus} say. */
export async function trackFocus(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    if (window !== window.top) return;
    document.hasFocus = () => document.documentElement.dataset['focus'] !== 'elsewhere';
  });
}

/** The window loses the focus. */
export const blur = (page: Page): Promise<void> =>
  page.evaluate(() => {
    document.documentElement.dataset['focus'] = 'elsewhere';
    window.dispatchEvent(new Event('blur'));
  });

/** The window gets the focus, or the chat's frame in it, as when somebody clicks into the frame of a window in the background. */
export const focus = (page: Page, where: 'page' | 'frame' = 'page'): Promise<void> =>
  page.evaluate((where) => {
    document.documentElement.dataset['focus'] = 'here';
    const frame = document.querySelector('coze-chat')?.shadowRoot?.querySelector('iframe')?.contentWindow;
    (where === 'frame' ? frame : window)?.dispatchEvent(new Event('focus'));
  }, where);
