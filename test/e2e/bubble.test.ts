import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import type { ChatPage, PaneChat } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const bubble = { signedIn: { left: 'alice' }, attributes: { mode: 'bubble' } } as const;
const launcherOf = (chat: PaneChat) => chat.element.getByRole('button', { name: 'Open chat' });
const panelOf = (chat: PaneChat) => chat.element.getByRole('dialog', { name: 'Chat', includeHidden: true });
const isOpen = (chat: PaneChat): Promise<boolean> => chat.element.evaluate((element) => element.hasAttribute('open'));
/** The focused part of the chat. */
const focusOf = (chat: PaneChat): Promise<string | null | undefined> =>
  chat.element.evaluate((element) => element.shadowRoot?.activeElement?.getAttribute('part'));

/** Paths of the requests to any server from now on. */
function watchRequests(page: ChatPage): string[] {
  const paths: string[] = [];
  page.page.on('request', (request) => paths.push(new URL(request.url()).pathname));
  return paths;
}

const tokenRequests = (paths: readonly string[]): number => paths.filter((path) => path.endsWith('/api/coze/token')).length;
const frameRequests = (paths: readonly string[]): number => paths.filter((path) => /\/frame\/frame-[\w-]+\.js$/.test(path)).length;

test('Only the launcher is loaded before the first opening', async () => {
  const page = await world.open(bubble);
  const paths = watchRequests(page);
  await page.load();
  await launcherOf(page.chat()).waitFor();
  await page.page.waitForLoadState('networkidle');
  const fetched = paths.filter((path) => !path.startsWith('/pages/') && path !== '/favicon.ico');
  expect(fetched).toEqual(['/coze-chat-embed/define.js', expect.stringMatching(/^\/coze-chat-embed\/define-element-[\w-]+\.js$/)]);
  expect(world.coze.requests).toEqual([]);
});

test('The first opening starts the chat, and closing and opening again keeps it, with the same token', async () => {
  const page = await world.open(bubble);
  const chat = page.chat();
  const paths = watchRequests(page);
  await launcherOf(chat).click();
  expect(await isOpen(chat)).toBe(true);
  await chat.ask('good day');
  await chat.input.fill('half a sen');

  await launcherOf(chat).click();
  await panelOf(chat).waitFor({ state: 'hidden' });
  expect([await isOpen(chat), await chat.status()]).toEqual([false, 'ready']);
  await launcherOf(chat).click();
  await chat.answerTo('good day').waitFor();
  expect(await chat.input.inputValue()).toBe('half a sen');
  await chat.ask('still there?');
  expect(tokenRequests(paths)).toBe(1);
  expect(frameRequests(paths)).toBe(1);
});

test('The imports of the session’s code are requested together with it', async () => {
  const page = await world.open(bubble);
  const paths = watchRequests(page);
  const release = await page.hold('**/chat-controller-*.js');
  await launcherOf(page.chat()).click();
  const [controller = ''] = readdirSync('dist').filter((name) => /^chat-controller-.*\.js$/.test(name));
  const imports = [...readFileSync(`dist/${controller}`, 'utf8').matchAll(/\bfrom"\.\/([\w-]+\.js)"/g)].map(([, name = '']) => name);
  // The launcher's own file has already been loaded.
  const wanted = [controller, ...imports.filter((name) => !name.startsWith('define-element-'))];
  expect(wanted).toHaveLength(4);
  await expect.poll(() => wanted.filter((name) => paths.includes(`/coze-chat-embed/${name}`))).toEqual(wanted);
  release();
  await page.chat().ask('good day');
});

test('A pointer on the launcher starts the chat in the background, and a click finds it ready', async () => {
  const page = await world.open(bubble);
  const chat = page.chat();
  const paths = watchRequests(page);
  await launcherOf(chat).hover();
  await chat.untilStatus('ready');
  expect([await isOpen(chat), tokenRequests(paths)]).toEqual([false, 1]);
  await launcherOf(chat).click();
  await chat.ask('you were quick');
  expect([tokenRequests(paths), frameRequests(paths)]).toEqual([1, 1]);
});

test.each(['idle', 'eager'])(
  'With loading="%s" the code is loaded in advance, and a token is requested when a visitor approaches',
  async (loading) => {
    const context = await world.newContext();
    const paths: string[] = [];
    context.on('request', (request) => void paths.push(new URL(request.url()).pathname));
    const page = await world.open({ ...bubble, attributes: { ...bubble.attributes, loading }, context });
    const chat = page.chat();
    await expect.poll(() => frameRequests(paths)).toBe(1);
    await page.page.waitForLoadState('networkidle');
    expect([await chat.status(), tokenRequests(paths), world.coze.requests]).toEqual(['idle', 0, []]);
    await page.page.keyboard.press('Tab');
    await chat.untilStatus('ready');
    await page.page.keyboard.press('Enter');
    await chat.ask('hello from the keyboard of ' + loading);
    expect([tokenRequests(paths), frameRequests(paths)]).toEqual([1, 1]);
  },
);

test('The conversation is shown again on the next page, in a panel that is open there, too', async () => {
  const page = await world.open(bubble);
  await launcherOf(page.chat()).click();
  await page.chat().ask('remember me');
  await page.load();
  await page.chat().answerTo('remember me').waitFor();
});

test('Escape in the text field of the frame closes the panel, and the launcher has the focus', async () => {
  const page = await world.open(bubble);
  const chat = page.chat();
  await launcherOf(chat).click();
  await chat.untilIdle();
  await chat.input.click();
  expect(await focusOf(chat)).toBe('frame');
  await page.page.keyboard.press('Escape');
  await panelOf(chat).waitFor({ state: 'hidden' });
  expect([await isOpen(chat), await focusOf(chat)]).toEqual([false, 'launcher']);
  await page.page.keyboard.press('Enter');
  await panelOf(chat).waitFor();
  expect(await focusOf(chat)).toBe('panel');
});

test('An Escape that ends a composition in the frame does not close the panel', async () => {
  const page = await world.open(bubble);
  const chat = page.chat();
  await launcherOf(chat).click();
  await chat.untilIdle();
  await chat.input.dispatchEvent('keydown', { key: 'Escape', bubbles: true, isComposing: true });
  // In Safari, the composition is over by then, and only `keyCode` tells.
  await chat.input.dispatchEvent('keydown', { key: 'Escape', bubbles: true, keyCode: 229 });
  expect(await isOpen(chat)).toBe(true);
});

test('A page that is loaded with an open chat keeps its focus and its position, and gets each event once', async () => {
  const page = await world.open({ ...bubble, attributes: { mode: 'bubble', open: '' } });
  await page.page.addInitScript(() => {
    const reported: string[] = [];
    Object.assign(window, { reported });
    for (const type of ['coze-before-show', 'coze-show', 'coze-ready']) addEventListener(type, () => reported.push(type));
  });
  await page.load();
  const chat = page.chat();
  await chat.untilIdle();
  expect(
    await page.page.evaluate(() => ({
      focus: document.activeElement?.tagName,
      scrollY,
      reported: (window as unknown as { reported: string[] }).reported,
    })),
  ).toEqual({ focus: 'BODY', scrollY: 0, reported: ['coze-show', 'coze-ready'] });
});

test('A page can prevent the opening, and no token is requested before the chat opens', async () => {
  const page = await world.open({ ...bubble, attributes: { ...bubble.attributes, loading: 'click' } });
  const chat = page.chat();
  const paths = watchRequests(page);
  await chat.element.evaluate((element: CozeChatElement) => {
    element.addEventListener('coze-before-show', (event) => event.preventDefault(), { once: true });
  });
  await launcherOf(chat).click();
  expect([await isOpen(chat), tokenRequests(paths)]).toEqual([false, 0]);
  await launcherOf(chat).click();
  await chat.ask('now I may');
});

test('Another visitor in an open bubble gets a new chat, and the bubble stays open', async () => {
  const page = await world.open({ ...bubble, paneAttributes: { left: { 'user-id': 'alice' } } });
  const chat = page.chat();
  await launcherOf(chat).click();
  await chat.ask('a secret of mine');
  await page.signIn('left', 'bob');
  await chat.element.evaluate((element) => element.setAttribute('user-id', 'bob'));
  await chat.untilIdle();
  expect([await isOpen(chat), await chat.text()]).toEqual([true, expect.not.stringContaining('a secret of mine')]);
});

test('The panel and its content fit the screen of a phone', async () => {
  const page = await world.open(bubble);
  await page.page.setViewportSize({ width: 375, height: 667 });
  const chat = page.chat();
  await launcherOf(chat).click();
  await chat.ask('good day');
  const panel = await panelOf(chat).boundingBox();
  const input = await chat.input.boundingBox();
  expect(panel).not.toBeNull();
  for (const box of [panel, input]) {
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(375);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(667);
  }
  expect(await page.page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
});

test('On a phone with touch, the chat is full-screen without a zoom into its field, and its close button shows the page again', async () => {
  const context = await world.browser.newContext({ viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true });
  const page = await world.open({ ...bubble, context, head: '<meta name="viewport" content="width=device-width">' });
  const chat = page.chat();
  await launcherOf(chat).tap();
  await chat.ask('good day');
  expect(await panelOf(chat).boundingBox()).toEqual({ x: 0, y: 0, width: 375, height: 667 });
  expect(await panelOf(chat).evaluate((panel) => panel.matches(':modal'))).toBe(true);
  expect(await chat.input.evaluate((input) => parseFloat(getComputedStyle(input).fontSize))).toBeGreaterThanOrEqual(16);
  expect(await launcherOf(chat).isVisible()).toBe(false);
  await chat.element.getByRole('button', { name: 'Close chat' }).tap();
  await panelOf(chat).waitFor({ state: 'hidden' });
  expect([await launcherOf(chat).isVisible(), await focusOf(chat)]).toEqual([true, 'launcher']);
  await context.close();
});

test('The attribute nonce is sufficient under a policy of nonces, although browsers hide its value', async () => {
  const policy = [
    "default-src 'none'",
    "script-src 'nonce-r4nd0m'",
    "style-src 'nonce-r4nd0m'",
    `img-src 'self' blob: ${world.coze.origin}`,
    `connect-src 'self' ${world.coze.origin}`,
  ].join('; ');
  const page = await world.open({
    signedIn: { left: 'alice' },
    attributes: { mode: 'bubble', nonce: 'r4nd0m' },
    nonce: 'r4nd0m',
    headers: { 'content-security-policy': policy },
  });
  const chat = page.chat();
  expect(await chat.element.getAttribute('nonce')).toBe('');
  await launcherOf(chat).click();
  await chat.ask('good day');
});
