/** Pages made for Coze's own client: only the script's URL is replaced by ours. */
import type { Page } from 'playwright';
import { onTestFinished } from 'vitest';
import { PaneChat } from './chat-page.js';
import { openScriptPage, putScriptPage, type ScriptPageHtml } from './script-page.js';
import type { World } from './world.js';

/** A fake token, as in the pages of tutorials. */
export const PERSONAL_TOKEN = `pat_${'tUt0r1al'.repeat(8)}`;

const FILE = '/coze-chat-embed/webchatclient.js';

/** The script tag, with additional attributes. */
export function clientLine(world: World, data: Readonly<Record<string, string>> = {}): string {
  const said = { 'token-endpoint': '/visitors/left/api/coze/token', 'api-base-url': world.coze.origin, ...data };
  const attributes = Object.entries(said).map(([name, value]) => `data-${name}="${value}"`);
  return `<script src="${FILE}" ${attributes.join(' ')}></script>`;
}

/** Loads the client by a script element, as the pages of frameworks do. `then` is the body of a function that runs when it is loaded. */
export function loadByScript(world: World, then: string): string {
  return `
    const script = document.createElement('script');
    script.src = '${FILE}';
    script.dataset.apiBaseUrl = '${world.coze.origin}';
    script.dataset.tokenEndpoint = '/visitors/left/api/coze/token';
    script.async = true;
    script.onload = () => { ${then} };
    document.body.appendChild(script);`;
}

/** `new CozeWebSDK.WebChatClient(…)` as in Coze's documentation; `more` are members of `ui`. */
export function tutorialClient(world: World, more = ''): string {
  return `new CozeWebSDK.WebChatClient({
    config: { type: 'bot', bot_id: '${world.coze.botId}', isIframe: false },
    auth: { type: 'token', token: '${PERSONAL_TOKEN}', onRefreshToken: async () => '${PERSONAL_TOKEN}' },
    userInfo: { id: 'user', url: '/favicon.ico', nickname: 'User' },
    ui: { base: { layout: 'pc', lang: 'en', zIndex: 1000 }, ${more} },
  })`;
}

export interface ClientPage {
  readonly page: Page;
  /** See {@link ChatPage.printed}. */
  readonly printed: readonly string[];
  /** The nth chat on the page. */
  chat(index?: number): PaneChat;
}

/** Opens a page in a browser of its own, with Alice signed in. */
export async function openClientPage(world: World, html: ScriptPageHtml, prepare?: (page: Page) => Promise<void>): Promise<ClientPage> {
  const scriptPage = await openScriptPage(world, putScriptPage(world, html));
  const { page, printed } = scriptPage;
  await prepare?.(page);
  await scriptPage.load();
  onTestFinished(() => page.close());
  return { page, printed, chat: (index = 0) => new PaneChat(page.locator('coze-chat').nth(index)) };
}
