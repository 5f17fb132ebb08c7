/** The two chats that are compared, opened for Alice on pages of the same host. */
import type { Locator, Page } from 'playwright';
import { ChatPage } from '../../e2e/support/chat-page.js';
import type { World } from '../../e2e/support/world.js';
import { rawPages } from './raw-page.js';

export interface OpenChat {
  readonly page: Page;
  /** The visible content of the chat. */
  readonly body: Locator;
  readonly input: Locator;
}

export const TOKEN_PATH = '/visitors/left/api/coze/token';

export type Contender = 'raw SDK' | 'ours';

export const contenders: Readonly<Record<Contender, (world: World) => Promise<OpenChat>>> = {
  async 'raw SDK'(world) {
    const { coze, host, browser } = world;
    for (const [path, page] of await rawPages({ apiBaseUrl: coze.origin, botId: coze.botId, tokenEndpoint: TOKEN_PATH })) {
      host.pages.set(path, page);
    }
    const page = await (await browser.newContext()).newPage();
    const url = `${host.origin}/raw`;
    await new ChatPage(page, url).signIn('left', 'alice');
    await page.goto(url);
    return { page, body: page.locator('body'), input: page.locator('textarea') };
  },

  async ours(world) {
    const chatPage = await world.open({ signedIn: { left: 'alice' }, expectedErrors: [/status of 503/] });
    const { frame, input } = chatPage.chat();
    return { page: chatPage.page, body: frame.locator('body'), input };
  },
};
