/** Pages that contain only the script tag of this package. */
import { onTestFinished } from 'vitest';
import { watchConsole } from './browser-reports.js';
import { ChatPage } from './chat-page.js';
import type { World } from './world.js';

export interface ScriptPageHtml {
  readonly head?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The script tag, with additional attributes. */
export function embedLine(world: World, tag = '', data: Readonly<Record<string, string>> = {}): string {
  const attributes = {
    id: 'left',
    'token-endpoint': '/visitors/left/api/coze/token',
    'bot-id': world.coze.botId,
    'api-base-url': world.coze.origin,
    ...data,
  };
  const dataAttributes = Object.entries(attributes).map(([name, value]) => `data-${name}="${value}"`);
  return `<script src="/coze-chat-embed/embed.js" ${tag} ${dataAttributes.join(' ')}></script>`;
}

/** Puts a page on the host's website, and returns its path. */
export function putScriptPage(world: World, { head = '', body = '', headers = {} }: ScriptPageHtml): string {
  const { pages } = world.host;
  const path = `/pages/${pages.size}`;
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A host’s page</title>${head}</head><body><h1>Shop</h1>${body}</body></html>`;
  pages.set(path, new Response(html, { headers: { 'content-type': 'text/html', ...headers } }));
  return path;
}

/** Creates a page in a browser of its own, with a visitor signed in. Does not load it yet. */
export async function openScriptPage(world: World, path: string, expectedErrors: readonly RegExp[] = []): Promise<ChatPage> {
  const context = await world.browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const check = watchConsole(page, expectedErrors);
  onTestFinished(check);
  const chatPage = new ChatPage(page, `${world.host.origin}${path}`);
  for (const pane of ['left', 'right']) await chatPage.signIn(pane, 'alice');
  return chatPage;
}

export const chatCount = (page: ChatPage): Promise<number> => page.page.locator('coze-chat').count();
