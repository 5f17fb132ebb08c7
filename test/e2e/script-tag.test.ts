import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ChatPage } from './support/chat-page.js';
import { chatCount, embedLine, openScriptPage, putScriptPage, type ScriptPageHtml } from './support/script-page.js';
import { setUpWorld, type World } from './support/world.js';

const integrity = JSON.parse(readFileSync(new URL('../../dist/integrity.json', import.meta.url), 'utf8')) as Record<string, string>;

let world: World;
setUpWorld((created) => (world = created));

const line = (tag?: string, data?: Readonly<Record<string, string>>): string => embedLine(world, tag, data);

async function scriptPage({
  expectedErrors,
  ...html
}: ScriptPageHtml & { readonly expectedErrors?: readonly RegExp[] }): Promise<ChatPage> {
  return openScriptPage(world, putScriptPage(world, html), expectedErrors);
}

async function openAndAsk(page: ChatPage, pane = 'left'): Promise<void> {
  const chat = page.chat(pane);
  await chat.element.getByRole('button', { name: 'Open chat' }).click();
  await chat.ask('good day');
}

test.each([
  ['deferred in the head', () => ({ head: line('defer') })],
  ['async in the head', () => ({ head: line('async') })],
  ['in the head, before there is a body', () => ({ head: line() })],
  ['at the end of the body', () => ({ body: line() })],
  ['after a picture whose name is that of a property of the document', () => ({ body: `<img name="currentScript">${line()}` })],
  ['with the digest of its file', () => ({ head: line(`defer integrity="${integrity['embed.js']}"`) })],
] as const)('A script tag %s creates a working chat', async (_, html) => {
  const page = await scriptPage(html());
  await page.load();
  await openAndAsk(page);
  expect(await chatCount(page)).toBe(1);
});

test('The script loads the launcher’s code directly, without a file in between', async () => {
  const page = await scriptPage({ head: line('defer') });
  const files: string[] = [];
  page.page.on('request', (request) => {
    const [, file] = /\/coze-chat-embed\/(.*)$/.exec(new URL(request.url()).pathname) ?? [];
    if (file !== undefined) files.push(file);
  });
  await page.load();
  await page.chat().element.getByRole('button', { name: 'Open chat' }).waitFor();
  await page.page.waitForLoadState('networkidle');
  expect(files).toEqual(['embed.js', expect.stringMatching(/^define-element-[\w-]+\.js$/)]);
});

test('A script tag that another script inserts long after the page has loaded creates a working chat', async () => {
  const page = await scriptPage({});
  await page.page.goto(page.url);
  await page.page.evaluate((html) => {
    const template = document.createElement('template');
    template.innerHTML = html;
    const script = document.createElement('script');
    for (const { name, value } of template.content.firstElementChild?.attributes ?? []) script.setAttribute(name, value);
    document.head.append(script);
  }, line());
  await openAndAsk(page);
});

test('Each data attribute becomes an attribute of the element', async () => {
  const page = await scriptPage({
    body: line('', { placement: 'top-start', heading: 'Ask “us” & more', mode: 'inline', locale: 'zh-CN' }),
  });
  await page.load();
  const chat = page.chat();
  await chat.ask('good day');
  expect(await chat.element.getByRole('region', { name: 'Ask “us” & more' }).isVisible()).toBe(true);
  expect(await chat.element.evaluate((element) => element.getAttributeNames().filter((name) => name.startsWith('data-')))).toEqual([
    'data-embedded',
  ]);
});

test('The same script tag twice creates one chat, and another script tag another one', async () => {
  const page = await scriptPage({
    head: `${line('defer')}${line()}`,
    body: `${line('async')}${line('', { id: 'right', placement: 'bottom-start', 'token-endpoint': '/visitors/right/api/coze/token' })}`,
  });
  await page.load();
  await page.page.waitForLoadState('networkidle');
  expect(await page.page.locator('coze-chat').evaluateAll((chats) => chats.map(({ id }) => id).sort())).toEqual(['left', 'right']);
  await openAndAsk(page, 'left');
  await openAndAsk(page, 'right');
});

test('The same script tag from two folders creates one chat when both name the same token endpoint', async () => {
  const head = [line('defer'), line('defer').replace('/coze-chat-embed/', '/copy/')].join('');
  const page = await scriptPage({ head });
  await page.page.route('**/copy/**', async (route) => {
    const url = route.request().url().replace('/copy/', '/coze-chat-embed/');
    return route.fulfill({ response: await route.fetch({ url }) });
  });
  await page.load();
  await page.page.waitForLoadState('networkidle');
  expect(await chatCount(page)).toBe(1);
  await openAndAsk(page);
});

test('A chat that was removed is created again when its script tag runs again', async () => {
  const page = await scriptPage({ body: line() });
  await page.load();
  await page.page.evaluate(() => {
    document.querySelector('coze-chat')?.remove();
    const former = document.querySelector('body > script');
    const again = document.createElement('script');
    for (const { name, value } of former?.attributes ?? []) again.setAttribute(name, value);
    former?.replaceWith(again);
  });
  await openAndAsk(page);
  expect(await chatCount(page)).toBe(1);
});

test('Under a policy of nonces the script tag with its nonce is sufficient, and no attribute shows the nonce', async () => {
  const policy = [
    "default-src 'none'",
    "script-src 'nonce-r4nd0m'",
    "style-src 'nonce-r4nd0m'",
    `img-src 'self' blob: ${world.coze.origin}`,
    `connect-src 'self' ${world.coze.origin}`,
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types coze-chat-embed lit-html',
  ].join('; ');
  const page = await scriptPage({ head: line('defer nonce="r4nd0m"'), headers: { 'content-security-policy': policy } });
  await page.load();
  await openAndAsk(page);
  expect(await page.page.content()).not.toContain('r4nd0m');
});

test('The console warns if the script is loaded as a module, or if the element’s code cannot be loaded', async () => {
  const page = await scriptPage({ head: line('type="module"'), body: line(), expectedErrors: [/Failed to load resource/] });
  await page.page.route('**/define-element-*.js', (route) => route.abort());
  await page.page.goto(page.url);
  await expect
    .poll(() => page.printed.filter((text) => text.startsWith('warning: ')).sort())
    .toEqual([
      expect.stringMatching(/^warning: \[coze-chat\] embed\.js is a classic script/),
      expect.stringMatching(/^warning: \[coze-chat\] embed\.js: TypeError: Failed to fetch .*\/define-element-[\w-]+\.js$/),
    ]);
});

test('Commands that a page queues before the script has loaded run in order once there is a chat, and so do later ones', async () => {
  const early = `<script>window.cozeChat = [['show'], (chat) => { window.seen = [chat.localName, chat.open]; }];</script>`;
  const page = await scriptPage({ head: `${early}${line()}` });
  await page.load();
  await page.chat().untilIdle();
  expect(await page.page.evaluate(() => (window as unknown as { seen: unknown }).seen)).toEqual(['coze-chat', true]);
  await page.page.evaluate(() => (window as unknown as { cozeChat: unknown[] }).cozeChat.push(['hide']));
  await expect.poll(() => page.chat().element.evaluate((chat) => chat.hasAttribute('open'))).toBe(false);
});

test('The queue of commands is created even if an element of the page has its name as id', async () => {
  const page = await scriptPage({ head: `${line()}<div id="cozeChat"></div>` });
  await page.load();
  await page.page.evaluate(() => (window as unknown as { cozeChat: unknown[] }).cozeChat.push(['show']));
  await expect.poll(() => page.chat().element.evaluate((chat) => chat.hasAttribute('open'))).toBe(true);
});

test('A policy that forbids the element’s code and an unknown method are reported in the console', async () => {
  const policy = "script-src 'self'; require-trusted-types-for 'script'; trusted-types coze-chat-embed";
  const page = await scriptPage({ head: line(), headers: { 'content-security-policy': policy }, expectedErrors: [/./] });
  const policyWarning = page.page.waitForEvent('console', (message) => message.type() === 'warning');
  await page.page.goto(page.url);
  expect((await policyWarning).text()).toMatch(/^\[coze-chat\] embed\.js: TypeError: .*lit-html/);

  const allowed = await scriptPage({ head: line() });
  await allowed.load();
  const methodWarning = allowed.page.waitForEvent('console', (message) => message.type() === 'warning');
  await allowed.page.evaluate(() => (window as unknown as { cozeChat: unknown[] }).cozeChat.push(['sendMesage', 'hello']));
  expect((await methodWarning).text()).toBe('[coze-chat] There is no sendMesage().');
});
