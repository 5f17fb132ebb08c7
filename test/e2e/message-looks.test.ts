/** The layout of the messages, and what surrounds them. */
import { expect, test } from 'vitest';
import type { ChatOptions, CozeChatElement } from '../../src/index.js';
import type { PaneChat } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const set = (chat: PaneChat, options: ChatOptions) =>
  chat.element.evaluate((element: CozeChatElement, chatOptions) => Object.assign(element, { chatOptions }), options);

async function edges(chat: PaneChat, selector: string): Promise<{ readonly left: number; readonly right: number }> {
  const log = await chat.frame.getByRole('log').boundingBox();
  const bubble = await chat.frame.locator(selector).last().boundingBox();
  if (log === null || bubble === null) throw new Error('It is not there.');
  return { left: bubble.x - log.x, right: log.x + log.width - bubble.x - bubble.width };
}

test('The newest message is drawn in full at the lower edge of the messages', async () => {
  const chat = (await world.open({ signedIn: { left: 'alice' } })).chat();
  await chat.ask('good day');
  const masks = await chat.frame
    .getByRole('log')
    .evaluate((log) =>
      Array.from(document.querySelectorAll('*'), (element) => (element.contains(log) ? getComputedStyle(element).maskImage : 'none')),
    );
  expect(new Set(masks)).toEqual(new Set(['none']));
});

test.each(['en', 'ar'])(
  'In %s the visitor’s messages are at the end side without a picture, or in one column with a picture',
  async (locale) => {
    const page = await world.open({ signedIn: { left: 'alice' }, attributes: { locale } });
    const chat = page.chat();
    await chat.input.fill('short');
    await chat.input.press('Enter');
    await chat.answerTo('short').waitFor();
    const question = '.message--visitor [class*="_bubble_"]';
    const near = locale === 'ar' ? 'left' : 'right';
    const far = locale === 'ar' ? 'right' : 'left';
    let found = await edges(chat, question);
    expect(found[near]).toBeLessThan(40);
    expect(found[far]).toBeGreaterThan(100);
    expect(await chat.frame.locator('.message--visitor img').count()).toBe(0);
    expect((await edges(chat, '.message--bot .message__body > [class*="_bubble_"]'))[far]).toBeLessThan(100);

    await set(chat, { messageLayout: 'column' });
    await chat.frame.locator('.message--visitor img').first().waitFor();
    found = await edges(chat, question);
    expect(found[far]).toBeLessThan(100);
  },
);

test('A message shows its time and its actions on hover, on focus and after a long press', async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  const chat = page.chat();
  await chat.ask('first of all');
  await chat.ask('and then');
  const first = chat.frame.locator('.message', { hasText: 'You said: first of all' });
  const bar = first.getByRole('toolbar');
  const opacity = (): Promise<string> => bar.evaluate((element) => getComputedStyle(element).opacity);
  expect(await opacity()).toBe('0');
  await first.hover();
  await expect.poll(opacity).toBe('1');
  expect(await bar.locator('time').innerText()).toMatch(/\d:\d\d/);
  await chat.input.hover();
  await expect.poll(opacity).toBe('0');

  // Moves the focus like the Tab key: from one element with a visible focus to another.
  await chat.input.focus();
  await page.page.keyboard.press('Shift');
  await bar.getByRole('button').first().focus();
  await expect.poll(opacity).toBe('1');
  await chat.input.focus();
  await expect.poll(opacity).toBe('0');

  const touch = (type: string) => first.dispatchEvent(type);
  await touch('touchstart');
  await expect.poll(opacity).toBe('1');
  await touch('touchend');
  expect(await opacity()).toBe('1');
  await chat.input.dispatchEvent('touchstart');
  await expect.poll(opacity).toBe('0');
});

test('Messages of another day are below the name of that day', async () => {
  const page = await world.open({ signedIn: { left: 'bob' } });
  const chat = page.chat();
  await chat.ask('said yesterday');
  expect(await chat.frame.getByText('Yesterday', { exact: true }).count()).toBe(0);
  await page.page.clock.install({ time: Date.now() + 86_400_000 });
  await page.page.reload();
  await chat.answerTo('said yesterday').waitFor();
  await chat.frame.getByText('Yesterday', { exact: true }).waitFor();
});

test('The button to the newest message shows how many answers have arrived since the visitor scrolled up', async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  const chat = page.chat();
  for (const text of ['once more', 'and again', 'and more', 'and so on', 'and on']) await chat.ask(text);
  world.coze.setFaults({ holdLastWord: true });
  await chat.send('while I read');
  await chat.frame.getByText('You said: while I').last().waitFor();
  const log = chat.frame.getByRole('log');
  const down = chat.frame.getByRole('button', { name: /^Newest message/ });
  await log.evaluate((element) => element.scrollTo(0, -300));
  await down.waitFor();
  expect(await down.innerText()).not.toMatch(/\d/);
  world.coze.setFaults({ holdLastWord: false });
  await chat.untilIdle();
  await expect.poll(() => down.innerText()).toMatch(/1$/);
  expect(await log.evaluate((element) => element.scrollTop)).toBeLessThan(-120);
  await down.click();
  await down.waitFor({ state: 'hidden' });
});

test('An empty line between two paragraphs of the visitor is as high as a line', async () => {
  const chat = (await world.open({ signedIn: { left: 'alice' } })).chat();
  await chat.send('one\n\ntwo');
  const lines = chat.frame.locator('.message--visitor', { hasText: 'two' }).last().locator('[class*="_bubble-text_"]');
  await lines.first().waitFor();
  const heights = await lines.evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().height));
  expect(heights).toHaveLength(3);
  expect(new Set(heights).size).toBe(1);
});

test('A label says that answers are made by AI, in the page’s own text if the page has one', async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  const chat = page.chat();
  await chat.frame.getByText('Answers are made by AI and can be wrong.').waitFor();
  await set(chat, { aiLabel: { text: 'You talk to a machine.' }, footer: { shown: false } });
  await chat.frame.getByText('You talk to a machine.').waitFor();
  await set(chat, { aiLabel: { shown: false }, footer: { shown: false } });
  await chat.frame.getByRole('contentinfo').waitFor({ state: 'detached' });
});

test('A welcome without a user name has no gap in place of the name', async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  const chat = page.chat();
  await set(chat, { assistant: { welcome: 'Hello {{user_name}}!' } });
  await chat.element.evaluate((element: CozeChatElement) => element.clearConversation());
  await chat.frame.getByText('Hello!', { exact: true }).waitFor();
});

test('In a chat that is lower than the bot’s introduction, the introduction is read from its top until the first message', async () => {
  world.coze.forgetConversations();
  const page = await world.open({ signedIn: { left: 'bob' }, attributes: { style: '--coze-chat-height:300px' } });
  const chat = page.chat();
  await chat.untilIdle();
  const distances = (selector: string) =>
    chat.frame
      .locator(selector)
      .last()
      .evaluate((element) => {
        const view = element.closest('.ccf-scroll')?.getBoundingClientRect() ?? new DOMRect();
        const { top, bottom } = element.getBoundingClientRect();
        return { above: top - view.top, below: view.bottom - bottom };
      });
  expect((await distances('[class*="_chat-name_"]')).above).toBeGreaterThan(0);
  expect((await distances('[class*="_suggestion-list_"]')).below).toBeLessThan(0);

  await chat.ask('how do I brew it?');
  await expect.poll(async () => (await distances('.message--bot .message__body')).below).toBeGreaterThan(0);
});

test.each([390, 800])('In a chat of %i pixels, two short suggestions are beside each other', async (width) => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { mode: 'page' } });
  await page.page.setViewportSize({ width, height: 700 });
  const chat = page.chat();
  await chat.ask('what else?');
  const tops = await chat.frame
    .locator('.turn [class*="_suggestion_"]')
    .evaluateAll((suggestions) => suggestions.map((suggestion) => suggestion.getBoundingClientRect().top));
  expect(tops.length).toBeGreaterThan(1);
  expect(tops[1]).toBe(tops[0]);
});
