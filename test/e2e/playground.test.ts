/** The preview site's two pages, as `npm start` builds and serves them. */
import axe from 'axe-core';
import type { BrowserContextOptions, FrameLocator, Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningHost } from '../../demo/host/start-host.js';
import type { CozeChatElement } from '../../src/index.js';
import { watchConsole } from './support/browser-reports.js';
import { PaneChat } from './support/chat-page.js';
import { startPreviewSite } from './support/preview-site.js';
import { setUpWorld, type World } from './support/world.js';

const ELSEWHERE = 'https://elsewhere.example';

let world: World;
let host: RunningHost;
setUpWorld((created) => (world = created));
beforeAll(async () => {
  host = await startPreviewSite(world);
});
afterAll(() => host.stop());

const checks: (() => void)[] = [];
afterEach(async () => {
  await Promise.all(world.browser.contexts().map((context) => context.close()));
  for (const check of checks.splice(0)) check();
});

async function open(
  path: string,
  options: BrowserContextOptions = {},
  expectedErrors: readonly RegExp[] = [],
  prepare?: (page: Page) => Promise<unknown>,
): Promise<Page> {
  const context = await world.browser.newContext({ locale: 'en', viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  checks.push(watchConsole(page, expectedErrors));
  await prepare?.(page);
  await page.goto(`${host.origin}${path}`);
  return page;
}

const paneOf = (page: Page, side: 'left' | 'right'): Locator => page.locator(`visitor-pane[side=${side}]`);

const stageOf = (page: Page): FrameLocator => page.locator('stage-frame iframe').contentFrame();

/** The chat's settings, read from the chat itself. */
function readChat(chat: PaneChat): Promise<unknown> {
  return chat.element.evaluate((element: CozeChatElement) => ({
    heading: element.heading,
    mode: element.mode,
    theme: element.theme,
    teaser: element.teaser,
    botId: element.botId,
    chatOptions: element.chatOptions,
    accent: getComputedStyle(element).getPropertyValue('--coze-chat-accent'),
  }));
}

test('The chat follows the controls, and the pasted snippet is the same chat under the generated policy', async () => {
  const connection = new URLSearchParams({
    'bot-id': world.coze.botId,
    'token-endpoint': '/visitors/playground/api/coze/token',
    'api-base-url': world.coze.origin,
    backend: 'php',
  });
  const page = await open(`/playground/#${connection}`);
  const live = new PaneChat(stageOf(page).locator('coze-chat'));
  await live.untilIdle();

  await page.getByRole('radio', { name: 'bubble' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('radio', { name: 'dark' }).check();
  await page.getByLabel('Title', { exact: true }).fill('Help & "more" <here>');
  await page.locator('#set---coze-chat-accent').fill('#0b6b57');
  await page.getByText('Writing and speaking').click();
  await page.getByRole('checkbox', { name: 'Files' }).uncheck();
  await page.getByLabel('Hint in the field').fill('Ask </script> us');
  await page.getByText('Launcher', { exact: true }).click();
  await page.getByLabel('Teaser', { exact: true }).fill('Hello');
  const expected = {
    heading: 'Help & "more" <here>',
    mode: 'inline',
    theme: 'dark',
    teaser: 'Hello',
    botId: world.coze.botId,
    chatOptions: { input: { placeholder: 'Ask </script> us' }, upload: false },
    accent: '#0b6b57',
  };
  await expect.poll(() => readChat(live)).toEqual(expected);
  await live.frame.getByPlaceholder('Ask </script> us').waitFor();

  for (const kind of ['One line', 'Element']) {
    await page.getByRole('radio', { name: kind }).check();
    await page.locator('#snippet-title', { hasText: kind }).waitFor();
    const [snippet, styles, policy] = await Promise.all(
      ['snippet', 'style-sheet', 'policy'].map((id) => page.locator(`#${id}`).textContent()),
    );
    expect(policy).toContain("'sha256-");
    const pasted = await page.context().newPage();
    checks.push(watchConsole(pasted, []));
    const headers = { 'content-security-policy': (policy ?? '').replaceAll('\n', ' ') };
    const head = '<!doctype html><title>Pasted</title><link rel="stylesheet" href="/site.css">';
    world.host.pages.set('/site.css', new Response(styles, { headers: { 'content-type': 'text/css' } }));
    world.host.pages.set('/pasted', new Response(`${head}<body>${snippet}`, { headers: { ...headers, 'content-type': 'text/html' } }));
    await page.context().request.post(`${world.host.origin}/visitors/playground/session`, { data: { user: 'alice' } });
    await pasted.goto(`${world.host.origin}/pasted`);
    const chat = new PaneChat(pasted.locator('coze-chat'));
    await chat.frame.getByPlaceholder('Ask </script> us').waitFor();
    expect(await readChat(chat)).toEqual(expected);
    await pasted.close();
  }

  const again = await page.context().newPage();
  await again.goto(page.url());
  await expect.poll(() => readChat(new PaneChat(stageOf(again).locator('coze-chat')))).toEqual(expected);
});

test('An address alone makes no browser use another token endpoint, unless the visitor chooses their own bot', async () => {
  const address = new URLSearchParams({ 'bot-id': '7', 'token-endpoint': `${ELSEWHERE}/token` });
  const asked: string[] = [];
  const page = await open(`/playground/#${address}`, {}, [/elsewhere\.example|ERR_FAILED|403/], (page) =>
    page.route(`${ELSEWHERE}/**`, (route) => {
      asked.push(route.request().url());
      return route.abort();
    }),
  );
  await new PaneChat(stageOf(page).locator('coze-chat')).untilIdle();
  expect(asked).toEqual([]);
  await page.getByRole('radio', { name: 'your bot' }).check();
  await expect.poll(() => asked[0]).toBe(`${ELSEWHERE}/token`);
  // A page's opener can navigate it to another URL.
  await page.evaluate(
    (hash) => (location.hash = hash),
    String(new URLSearchParams({ 'bot-id': '7', 'token-endpoint': `${ELSEWHERE}/other` })),
  );
  await page.getByRole('radio', { name: 'your bot', checked: false }).waitFor();
  await new PaneChat(stageOf(page).locator('coze-chat')).untilIdle();
  expect(asked).not.toContain(`${ELSEWHERE}/other`);
});

test('A secret that is typed is kept out of address, chat and code, and a secret in an address is removed', async () => {
  const page = await open('/playground/#identity-token=CANARY&mode=inline');
  await page.getByText('Not known, and left out of this address: identity-token.').waitFor();
  await page.getByLabel('Title', { exact: true }).fill('pat_CANARYCANARY');
  await page.getByText('This looks like a secret.').waitFor();
  expect(page.url()).toBe(`${host.origin}/playground/#mode=inline`);
  expect(await page.locator('paste-output').textContent()).not.toContain('CANARY');
  await stageOf(page).locator('coze-chat[mode=inline]').waitFor();
  expect(await stageOf(page).locator('body').innerHTML()).not.toContain('CANARY');
});

describe.each([
  ['/', 1440],
  ['/', 390],
  ['/playground/', 1440],
  ['/playground/', 390],
])('Page %s, %i pixels wide', (path, width) => {
  test.each([
    ['en', 'light'],
    ['zh-CN', 'dark'],
  ] as const)('The page passes axe and does not scroll sideways, in %s and %s', async (locale, colorScheme) => {
    const page = await open(path, { viewport: { width, height: 844 }, locale, colorScheme });
    const chat = path === '/' ? page.locator('coze-chat').first() : stageOf(page).locator('coze-chat');
    if (path === '/' || width > 400) await new PaneChat(chat).untilIdle();
    else await chat.waitFor({ state: 'attached' });
    await page.locator('details').evaluateAll((groups: HTMLDetailsElement[]) => groups.forEach((group) => (group.open = true)));
    await page.evaluate(axe.source);
    const violations = await page.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { iframes: false });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    });
    expect(violations).toEqual([]);
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.scrollWidth])).toEqual([locale, width]);
  });
});

test('A link changes both pages to Chinese and back, and the address keeps the settings', async () => {
  const page = await open('/');
  await page.getByText('Coze is played by a stand-in on this machine').waitFor();
  await page.getByRole('link', { name: '简体中文' }).click();
  await page.getByRole('heading', { name: '一个智能体，每位访客各有自己的会话' }).waitFor();
  await page.locator('visitor-pane').first().getByText('Alice 的浏览器').waitFor();
  await page.getByRole('link', { name: '配置台' }).click();
  await page.getByRole('heading', { name: '配置台', level: 1 }).waitFor();
  await page.getByLabel('标题', { exact: true }).fill('客服');
  await expect.poll(() => new URL(page.url()).hash).toContain('heading');
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Playground', level: 1 }).waitFor();
  expect(await page.getByLabel('Title', { exact: true }).inputValue()).toBe('客服');
});

test.each([
  [
    'en',
    'Parrot',
    'Hello Alice!',
    'I repeat what you say, I show what a chat can show',
    'What can you do?',
    'I repeat what you say. I also know',
  ],
  ['zh-CN', '鹦鹉', 'Alice，你好！', '你说什么，我就重复什么；', '你会什么？', '我会重复你说的话。'],
] as const)('In %s the bot of both pages has its name, greeting and suggestions in that language', async (...row) => {
  const [locale, name, hello, greeting, suggestion, answer] = row;
  const page = await open('/', { locale });
  const { frame } = new PaneChat(paneOf(page, 'left').locator('coze-chat'));
  await frame.getByText(hello).first().waitFor();
  await frame.getByText(greeting).first().waitFor();
  await frame.getByText(name, { exact: true }).first().waitFor();
  await frame.getByRole('button', { name: suggestion }).click();
  await frame.getByText(answer).first().waitFor();
  await page.locator('#bubble-switch').click();
  const bubble = new PaneChat(page.locator('coze-chat[mode=bubble]'));
  await bubble.element.locator('[part=launcher]').click();
  await bubble.frame.getByText(answer).first().waitFor();
  await page.goto(`${host.origin}/playground/#mode=inline`);
  await new PaneChat(stageOf(page).locator('coze-chat')).frame.getByText(greeting).first().waitFor();
});

test.each([
  ['en', 'put 2 decaf into my cart', 'Put 2 × decaf into your cart?', 'Yes', 'In the cart: 2 × Decaf.', 'Cart: 2 × Decaf', 'Cart: empty'],
  [
    'zh-CN',
    '把2包低因咖啡放进购物车',
    '把 2 份低因咖啡放进购物车？',
    '是',
    '购物车里现在有：2 × 低因咖啡。',
    '购物车：2 × 低因咖啡',
    '购物车：空',
  ],
] as const)('In %s the bot fills only the cart of the visitor who asked and agreed', async (...row) => {
  const [locale, wish, question, yes, answer, cart, empty] = row;
  const page = await open('/', { locale });
  const chat = new PaneChat(paneOf(page, 'left').locator('coze-chat'));
  await chat.send(wish);
  await chat.frame.getByRole('dialog', { name: question }).getByRole('button', { name: yes }).click();
  await chat.frame.getByText(answer).last().waitFor();
  expect(await paneOf(page, 'left').locator('output').innerText()).toBe(cart);
  expect(await paneOf(page, 'right').locator('output').innerText()).toBe(empty);
});

test('At 1440 by 900 pixels the text field is visible, and a fast switch of visitors leaves no failure', async () => {
  const page = await open('/', {}, [/status of 40[13]/]);
  const pane = new PaneChat(page.locator('coze-chat').first());
  await pane.untilIdle();
  const box = await pane.input.boundingBox();
  expect((box?.y ?? 900) + (box?.height ?? 0)).toBeLessThan(900);
  await page.getByRole('button', { name: 'Fast account switch' }).click();
  await page.locator('visitor-pane').first().getByText('Bob’s browser').waitFor();
  await pane.untilIdle();
  await expect.poll(() => page.locator('.log-entry').count()).toBeGreaterThan(6);
  expect(await page.locator('.log-entry[data-phase=failed]').count()).toBe(0);
});
