/** A chat that requires the visitor's consent: none of its code or requests come before that. */
import axe from 'axe-core';
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import type { ChatPage } from './support/chat-page.js';
import { embedLine, openScriptPage, putScriptPage } from './support/script-page.js';
import { type OpenOptions, setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const gated = {
  signedIn: { left: 'alice' },
  attributes: { mode: 'bubble', consent: 'required' },
  body: '<main><h1>Shop</h1><a href="#x">Basket</a></main>',
} as const;

/** Which parts of the chat have been requested: code of the session, frame, token, API. */
function loadedParts(since: readonly string[]): readonly string[] {
  return [...since, ...world.coze.requests.map(({ path }) => path)].filter((path) => /chat-controller|\/frame\/|token$|^\/v\d/.test(path));
}

/** A page, and the paths of all its requests. */
async function openRecorded(options: OpenOptions): Promise<[ChatPage, readonly string[]]> {
  const context = await world.newContext();
  const paths: string[] = [];
  context.on('request', (request) => void paths.push(new URL(request.url()).pathname));
  return [await world.open({ ...options, context }), paths];
}

/** A request of its own: afterwards those that the page has sent before have been recorded. */
const untilRecorded = ({ page }: ChatPage): Promise<void> => page.evaluate(() => fetch('/favicon.ico').then(() => undefined));

const launcherOf = ({ page }: ChatPage) => page.getByRole('button', { name: 'Open chat' });
const agreeIn = ({ page }: ChatPage) => page.getByRole('button', { name: 'Agree and start' });
const remembered = ({ page }: ChatPage): Promise<unknown> =>
  page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.includes('consent')));

test('The chat loads nothing before the visitor agrees, and starts after that', async () => {
  const [page, paths] = await openRecorded(gated);
  await launcherOf(page).hover();
  await launcherOf(page).focus();
  await launcherOf(page).click();
  await agreeIn(page).waitFor();
  await untilRecorded(page);
  expect(loadedParts(paths)).toEqual([]);
  expect(await page.page.locator('iframe').count()).toBe(0);
  await agreeIn(page).click();
  await page.chat().ask('good day');
  expect(loadedParts(paths)).not.toEqual([]);
});

test.each(['', 'requierd'])(
  'Nothing is loaded for consent="%s", which is treated as required, and an invalid link is not shown',
  async (consent) => {
    const [page, paths] = await openRecorded({ ...gated, attributes: { ...gated.attributes, consent, 'consent-url': 'https://[' } });
    await launcherOf(page).click();
    await agreeIn(page).waitFor();
    await untilRecorded(page);
    expect([loadedParts(paths), await page.page.locator('coze-chat a:visible').count()]).toEqual([[], 0]);
  },
);

test('The stored consent is one flag without data about the visitor, and the next page does not ask again', async () => {
  const page = await world.open(gated);
  await launcherOf(page).click();
  expect(await remembered(page)).toEqual([]);
  await agreeIn(page).click();
  await page.chat().untilIdle();
  expect(await remembered(page)).toEqual([['coze-chat-embed:consent:left', '1']]);
  await page.page.reload();
  await page.chat().untilIdle();
  expect(await agreeIn(page).count()).toBe(0);
});

test('A visitor with only a keyboard reads the question, agrees and gets into the chat, and the page passes axe', async () => {
  const page = await world.open({ ...gated, attributes: { ...gated.attributes, 'consent-url': '/privacy' } });
  const { keyboard } = page.page;
  await page.page.getByRole('link', { name: 'Basket' }).focus();
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await agreeIn(page).waitFor();
  await page.page.evaluate(axe.source);
  const violations = await page.page.evaluate(async () => {
    const result = await (window as unknown as { axe: typeof axe }).axe.run(document);
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  });
  expect(violations).toEqual([]);
  // The text that screen readers announce.
  expect(await page.chat().element.getByRole('status').innerText()).toMatch(/Before the chat starts[\s\S]*Coze[\s\S]*Privacy notice/);
  const focused = (): Promise<string> =>
    page.page.evaluate(() => document.querySelector('coze-chat')?.shadowRoot?.activeElement?.textContent?.trim() ?? '');
  for (let stop = 0; stop < 6 && (await focused()) !== 'Agree and start'; stop++) await keyboard.press('Tab');
  await keyboard.press('Enter');
  await page.chat().untilIdle();
  expect(await page.page.evaluate(() => document.activeElement?.localName)).toBe('coze-chat');
});

test('A visitor who chooses “Not now” closes the panel, and is asked again at the next opening', async () => {
  const page = await world.open(gated);
  await launcherOf(page).click();
  await page.page.getByRole('button', { name: 'Not now' }).click();
  await agreeIn(page).waitFor({ state: 'hidden' });
  await launcherOf(page).click();
  await agreeIn(page).waitFor();
  expect(loadedParts([])).toEqual([]);
});

test('The site’s own text and link replace the default ones, in each language', async () => {
  const attributes = {
    ...gated.attributes,
    mode: 'inline',
    locale: 'zh-CN',
    'consent-text': 'Our own sentence.',
    'consent-url': '/privacy',
  };
  const page = await world.open({ ...gated, attributes });
  const element = page.chat().element;
  await element.getByRole('button', { name: '同意并开始' }).waitFor();
  expect(await element.getByText('Our own sentence.').isVisible()).toBe(true);
  expect(await element.getByRole('link', { name: '隐私声明' }).evaluate((link: HTMLAnchorElement) => link.href)).toBe(
    `${world.host.origin}/privacy`,
  );
  // There is no close button.
  expect(await element.getByRole('button').count()).toBe(1);
  await element.evaluate((chat: CozeChatElement) => (chat.locale = 'ja'));
  await element.getByRole('button', { name: '同意して開始' }).waitFor();
  await element.evaluate((chat: CozeChatElement) => (chat.consentUrl = 'javascript:alert(1)'));
  expect(await element.getByRole('link').count()).toBe(0);
});

test('A slot for consent replaces the default text with any content', async () => {
  const page = await world.open({ ...gated, attributes: { ...gated.attributes, mode: 'inline' } });
  await page.chat().element.evaluate((chat) => (chat.innerHTML = '<ul slot="consent"><li>First</li><li>Second</li></ul>'));
  await page.page.getByText('Second').waitFor();
  expect(await page.page.getByText('is sent to Coze').isVisible()).toBe(false);
});

test('A message of the page waits until the visitor agrees', async () => {
  const page = await world.open(gated);
  const { element } = page.chat();
  await element.evaluate((chat: CozeChatElement) => {
    Object.assign(window, { answer: chat.sendMessage('of the page') });
    chat.show();
  });
  await agreeIn(page).waitFor();
  expect(loadedParts([])).toEqual([]);
  await agreeIn(page).click();
  expect(await page.page.evaluate('answer.then(({ text }) => text)')).toContain('You said: of the page');
});

test('A message that waits for consent is rejected when the visitor changes, and nothing is sent', async () => {
  const page = await world.open({ ...gated, attributes: { ...gated.attributes, 'user-id': 'alice' } });
  const code = page.chat().element.evaluate(async (chat: CozeChatElement) => {
    const answer = chat.sendMessage('of the page').catch((error: { code: string }) => error.code);
    await new Promise((resolve) => setTimeout(resolve));
    chat.userId = 'bob';
    return answer;
  });
  expect(await code).toBe('interrupted');
  expect(loadedParts([])).toEqual([]);
});

test('A withdrawn consent removes the chat and its stored data at once, and the question is shown again', async () => {
  const page = await world.open(gated);
  await launcherOf(page).click();
  await agreeIn(page).click();
  await page.chat().element.evaluate((chat: CozeChatElement) => Object.assign(chat, { chatOptions: { feedback: { shown: true } } }));
  await page.chat().ask('good day');
  await page.chat().frame.getByRole('button', { name: 'Good answer' }).last().click();
  await page.page.keyboard.press('Escape');
  await page.page.getByRole('separator').focus();
  await page.page.keyboard.press('ArrowUp');
  const keys = () => page.page.evaluate(() => Object.keys(localStorage));
  await expect.poll(keys).toHaveLength(4);
  await page.chat().element.evaluate((chat: CozeChatElement) => chat.withdrawConsent());
  await agreeIn(page).waitFor();
  expect([await page.page.locator('iframe').count(), await keys()]).toEqual([0, []]);
  world.coze.clearRequests();
  await page.page.reload();
  await page.page.waitForLoadState('networkidle');
  expect(loadedParts([])).toEqual([]);
  await agreeIn(page).click();
  await page.chat().frame.getByText('You said: good day').last().waitFor();
});

test('A withdrawn consent applies in other tabs and to all chats of the bot on the page', async () => {
  const page = await world.open(gated);
  await launcherOf(page).click();
  await agreeIn(page).click();
  await page.chat().ask('good day');
  const other = await page.page.context().newPage();
  await other.goto(page.page.url());
  await other.getByRole('button', { name: 'Open chat' }).click();
  await other.locator('coze-chat iframe').waitFor();
  await other.evaluate(() => {
    const second = document.querySelector('coze-chat')?.cloneNode(true) as CozeChatElement;
    second.mode = 'inline';
    document.body.append(second);
  });
  await expect.poll(() => other.locator('coze-chat iframe').count()).toBe(2);
  await other
    .locator('coze-chat')
    .first()
    .evaluate((chat: CozeChatElement) => chat.withdrawConsent());
  await expect.poll(() => other.locator('coze-chat iframe').count()).toBe(0);
  await agreeIn(page).waitFor();
  expect(await page.page.locator('iframe').count()).toBe(0);
  await other.close();
});

test('A withdrawn consent is deleted, even if the code of the question cannot be loaded', async () => {
  const page = await world.open({ ...gated, expectedErrors: [/ERR_FAILED/] });
  await launcherOf(page).click();
  await agreeIn(page).click();
  await page.chat().untilIdle();
  await page.page.reload();
  await page.chat().untilIdle();
  await page.page.route(/consent-gate/, (route) => route.abort());
  const { element } = page.chat();
  await element.evaluate((chat: CozeChatElement) => chat.withdrawConsent().catch(() => undefined));
  await expect.poll(() => page.page.locator('iframe').count()).toBe(0);
  expect(await remembered(page)).toEqual([]);
});

test('A consent for one app is not a consent for another', async () => {
  const { appId, workflowId } = world.coze;
  const attributes = { mode: 'inline', consent: 'required', 'app-id': appId, 'workflow-id': workflowId };
  const page = await world.open({ ...gated, attributes });
  const element = page.page.locator('coze-chat');
  await element.evaluate((chat) => {
    chat.removeAttribute('id');
    chat.removeAttribute('bot-id');
  });
  await agreeIn(page).click();
  await page.page.locator('iframe').waitFor();
  expect(await remembered(page)).toEqual([[`coze-chat-embed:consent:${appId}`, '1']]);
  await element.evaluate((chat) => chat.setAttribute('app-id', '1'));
  await agreeIn(page).waitFor();
});

test('A running chat is removed when the page begins to require consent, until the visitor agrees', async () => {
  const page = await world.open({ ...gated, attributes: { mode: 'inline' } });
  await page.chat().untilIdle();
  await page.chat().element.evaluate((chat: CozeChatElement) => (chat.consent = 'required'));
  await agreeIn(page).waitFor();
  expect(await page.page.locator('iframe').count()).toBe(0);
  await page.chat().element.evaluate((chat: CozeChatElement) => (chat.consent = ''));
  await page.chat().untilIdle();
});

test('The script tag takes the options of consent from data attributes', async () => {
  const path = putScriptPage(world, { body: embedLine(world, '', { consent: 'required', 'consent-text': 'Of the line.' }) });
  const page = await openScriptPage(world, path);
  await page.load();
  await launcherOf(page).click();
  await page.page.getByText('Of the line.').waitFor();
  expect(loadedParts([])).toEqual([]);
  await agreeIn(page).click();
  await page.chat().ask('good day');
});

test('If the browser forbids storage, the consent is valid on this page', async () => {
  const context = await world.newContext();
  await context.addInitScript(() =>
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('', 'SecurityError');
      },
    }),
  );
  const page = await world.open({ ...gated, context });
  await launcherOf(page).click();
  await agreeIn(page).click();
  await page.chat().ask('good day');
});
