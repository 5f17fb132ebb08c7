/** One line in the page and one line on the server, and nothing else, for two visitors. */
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type CozeStandIn, startCozeStandIn } from '../../demo/coze-stand-in/index.js';
import { createCozeChat, fromCozeOAuthConfig } from '../../src/server/index.js';
import { chromiumLaunchOptions } from '../support/chromium.mjs';
import { close, listen } from '../support/loopback.js';
import { watchConsole } from './support/browser-reports.js';
import { PaneChat } from './support/chat-page.js';

let coze: CozeStandIn;
let browser: Browser;
let server: Server;
let origin: string;

beforeAll(async () => {
  coze = await startCozeStandIn();
  browser = await chromium.launch(chromiumLaunchOptions());
  const cozeChat = createCozeChat({
    oauth: fromCozeOAuthConfig(coze.oauthConfig),
    identify: ({ headers }) => ({ id: /session=(\w+)/.exec(headers.get('cookie') ?? '')?.[1] ?? '' }),
    files: new URL('../../dist/', import.meta.url),
    path: '/deep/coze',
  });
  server = createServer((request, response) => {
    if (request.url?.startsWith('/deep/coze/') === true) return void cozeChat(request, response);
    response.setHeader('content-type', 'text/html');
    if (request.url === '/tutorial') return void response.end(tutorialPage());
    const line = `<script src="/deep/coze/embed.js" defer data-bot-id="${coze.botId}" data-api-base-url="${coze.origin}"></script>`;
    response.end(`<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,">${line}<h1>Shop</h1></html>`);
  });
  // Another site than the API's, so that the test of CORS is realistic.
  origin = (await listen(server)).replace('127.0.0.1', 'localhost');
});
afterAll(async () => {
  await close(server);
  await browser.close();
  await coze.stop();
});

/** As in Coze's documentation, with our script's URL. */
function tutorialPage(): string {
  const fixedToken = `pat_${'tUt0r1al'.repeat(8)}`;
  return `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,"><h1>Shop</h1>
    <script src="/deep/coze/webchatclient.js" data-api-base-url="${coze.origin}"></script>
    <script>
      new CozeWebSDK.WebChatClient({
        config: { bot_id: '${coze.botId}' },
        auth: { type: 'token', token: '${fixedToken}', onRefreshToken: () => '${fixedToken}' },
        userInfo: { id: 'user', url: '/avatar.png', nickname: 'User' },
      });
    </script></html>`;
}

async function openChat(user: string, path = '/any/page'): Promise<{ readonly chat: PaneChat; readonly requested: readonly string[] }> {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  await context.addCookies([{ name: 'session', value: user, url: origin }]);
  const page = await context.newPage();
  onTestFinished(watchConsole(page, []));
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  await page.goto(`${origin}${path}`);
  const chat = new PaneChat(page.locator('coze-chat'));
  await chat.element.getByRole('button', { name: 'Open chat' }).click();
  await chat.untilIdle();
  return { chat, requested };
}

test('The script tag alone finds endpoint and files beside its script, and each visitor has a separate chat', async () => {
  const alice = await openChat('alice');
  await alice.chat.ask('of pearls');
  const bob = await openChat('bob');
  await bob.chat.ask('of pebbles');
  expect(await bob.chat.text()).not.toContain('pearls');
  const own = alice.requested.filter((url) => url.startsWith(`${origin}/`) && !url.endsWith('/any/page'));
  expect(own.filter((url) => !url.startsWith(`${origin}/deep/coze/`))).toEqual([]);
  expect(own).toEqual(expect.arrayContaining([`${origin}/deep/coze/token`, expect.stringMatching(/\/deep\/coze\/frame\/frame-.*\.js$/)]));
});

test('A tutorial page for Coze’s own client only needs another script URL, and each visitor has a separate chat', async () => {
  const alice = await openChat('alice', '/tutorial');
  await alice.chat.ask('of corals');
  const bob = await openChat('bob', '/tutorial');
  await bob.chat.ask('of shells');
  expect(await bob.chat.text()).not.toContain('corals');
});

test('A script from another site does not make that site the token endpoint', async () => {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const line = `<script src="https://cdn.example/embed.js" defer data-bot-id="${coze.botId}" data-identity-token="proof" data-mode="inline"></script>`;
  await page.route('**/other', (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Shop</title>${line}` }));
  await page.route('https://cdn.example/*.js', (route) =>
    route.fulfill({ path: fileURLToPath(new URL(`../../dist${new URL(route.request().url()).pathname}`, import.meta.url)) }),
  );
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  await page.goto(`${origin}/other`);
  await expect
    .poll(() => page.locator('coze-chat').evaluateAll((chats) => chats.map((chat) => chat.getAttribute('bot-id'))))
    .toEqual([coze.botId]);
  expect(await page.locator('coze-chat').getAttribute('token-endpoint')).toBeNull();
  expect(requested.filter((url) => url.endsWith('/token'))).toEqual([]);
});
