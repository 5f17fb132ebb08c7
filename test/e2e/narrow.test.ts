/** The narrowest chat, in a language with long words and in a right-to-left one, with texts that cannot be wrapped. */
import { afterEach, describe, expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import type { PaneChat } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
// Vitest runs hooks in reverse order: this one has to run after the pages are closed.
afterEach(() => world.coze.forgetConversations());
setUpWorld((created) => (world = created));

/** No spaces, no hyphens. */
const LONG = 'Donaudampfschifffahrt'.repeat(15).slice(0, 300);

/** Controls and text boxes that overflow the frame or their dialog; and elements that scroll sideways although they should not. */
const findOverflow = (chat: PaneChat): Promise<readonly string[]> =>
  chat.frame.locator('body').evaluate((body) => {
    const isClipped = (element: Element): boolean =>
      // Text for screen readers is not visible.
      element.closest('.visually-hidden, .shortcuts, pre, table, .katex, [role=toolbar]:not(:hover):not(.bar--shown)') !== null;
    const outside = [...body.querySelectorAll('button, [role=button], input, select, textarea, label, p, h2, .bubble, .divider span')]
      .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !isClipped(element))
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 0 && (left < -0.5 || right > document.documentElement.clientWidth + 0.5);
      })
      .map(({ outerHTML }) => outerHTML.slice(0, 200));
    const sideways = [...body.querySelectorAll('[role=log], [role=log] *, dialog, [role=dialog]')]
      .filter((element) => !isClipped(element) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
      .filter((element) => !['hidden', 'clip', 'visible'].includes(getComputedStyle(element).overflowX))
      .map(({ outerHTML }) => `scrolls: ${outerHTML.slice(0, 200)}`);
    return [...outside, ...sideways];
  });

describe.each(['de', 'ar'])('Chat in %s, 220 pixels wide', (lang) => {
  async function open(options: object, attributes: Readonly<Record<string, string>> = {}): Promise<PaneChat> {
    const page = await world.open({
      signedIn: { left: 'alice' },
      attributes: { lang, style: '--coze-chat-width:220px', ...attributes },
    });
    const chat = page.chat();
    await chat.element.evaluate((element: CozeChatElement, chatOptions) => Object.assign(element, { chatOptions }), options);
    return chat;
  }

  test('A message of 300 characters without a space, its bar and its dialogs stay inside the chat', async () => {
    const chat = await open({ feedback: { shown: true, reasons: [{ text: LONG.slice(0, 30) }, { text: 'b', needsComment: true }] } });
    await chat.input.fill(LONG);
    await chat.input.press('Enter');
    const bar = chat.frame.getByRole('toolbar').last();
    await bar.getByRole('button').nth(1).waitFor();
    expect(await findOverflow(chat)).toEqual([]);
    const answerButtons = bar.getByRole('button');
    for (let index = 0; index < (await answerButtons.count()); index += 1) {
      await answerButtons.nth(index).click();
      expect(await findOverflow(chat)).toEqual([]);
      await chat.element.page().keyboard.press('Escape');
    }
  });

  test('A shortcut with long names, its form and its choices stay inside the chat', async () => {
    const context = await world.newContext();
    const shortcut = {
      id: '1',
      name: LONG,
      query_template: '{{a}}',
      components: [
        { name: LONG, description: LONG, type: 'text' },
        { name: 'b', type: 'select', options: [LONG, 'c'] },
        { name: 'd', type: 'file' },
      ],
    };
    await context.route('**/v1/bots/*', (route) =>
      route.fulfill({
        contentType: 'application/json',
        headers: { 'access-control-allow-origin': '*' },
        body: JSON.stringify({
          code: 0,
          data: { name: LONG, onboarding_info: { prologue: LONG, suggested_questions: [LONG] }, shortcut_commands: [shortcut] },
        }),
      }),
    );
    const page = await world.open({ signedIn: { left: 'alice' }, context, attributes: { lang, style: '--coze-chat-width:220px' } });
    const chat = page.chat();
    await chat.frame.locator('.shortcuts__chip').click();
    await chat.frame.getByRole('dialog').waitFor();
    expect(await findOverflow(chat)).toEqual([]);
    await chat.frame.getByRole('dialog').locator('button[type=submit]').click();
    await chat.frame.getByRole('alert').first().waitFor();
    expect(await findOverflow(chat)).toEqual([]);
  });

  test('Conversations with long names, and the question before a deletion, stay inside the chat', async () => {
    const chat = await open({ conversations: true });
    await chat.input.fill(LONG);
    await chat.input.press('Enter');
    await chat.frame.getByRole('toolbar').last().getByRole('button').nth(1).waitFor();
    await chat.element.locator('[part~=conversations], .conversations-button').first().click();
    const row = chat.frame.locator('.conversation').first();
    await row.waitFor();
    expect(await findOverflow(chat)).toEqual([]);
    await row.getByRole('button').last().click();
    expect(await findOverflow(chat)).toEqual([]);
  });
});

test.each([
  { lang: 'de', width: 220, height: 500 },
  { lang: 'en', width: 320, height: 256 },
])(
  'A question that is higher than a chat of $width × $height is shown from its beginning, with its buttons in view',
  async ({ lang, width, height }) => {
    const page = await world.open({ signedIn: { left: 'alice' }, attributes: { lang, mode: 'page' } });
    await page.page.setViewportSize({ width, height });
    const chat = page.chat();
    await chat.element.evaluate((element: CozeChatElement) => (element.chatOptions = { ownData: true }));
    await chat.untilStatus('ready');
    await chat.element.locator('.conversations').press('Enter');
    await chat.frame.locator('.own-data button').last().press('Enter');
    const question = chat.frame.locator('.ask');
    await question.waitFor();
    expect(await question.evaluate(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)).toBe(true);
    const isInView = (element: Element): boolean => {
      const { top, bottom } = element.getBoundingClientRect();
      const dialog = element.closest('dialog')?.getBoundingClientRect();
      return dialog !== undefined && top >= dialog.top && bottom <= dialog.bottom;
    };
    expect(await question.locator('h2').evaluate(isInView)).toBe(true);
    expect(await question.locator('button').first().evaluate(isInView)).toBe(true);
    expect(await question.locator('button').last().evaluate(isInView)).toBe(true);
  },
);

test.each([390, 220])(
  'In a chat %i pixels wide the field has the whole width of the composer, above its buttons, also with files',
  async (width) => {
    const page = await world.open({ signedIn: { left: 'alice' }, attributes: { style: `--coze-chat-width:${width}px` } });
    const chat = page.chat();
    await chat.ask('good day');
    const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('hello') });
    await chat.frame.locator('input[type=file]').setInputFiles([file('first.txt'), file(`${LONG.slice(0, 100)}.txt`)]);
    await chat.frame.locator('.attachment--uploaded').nth(1).waitFor();
    await chat.input.fill('Where is my order?');
    expect(await findOverflow(chat)).toEqual([]);
    const field = await chat.input.evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect);
    expect(field.width).toBeGreaterThan(width - 80);
    for (const name of ['New topic', 'New conversation', 'Add a file', 'Send']) {
      const box = await chat.frame
        .getByRole('button', { name, exact: true })
        .evaluate((button) => button.getBoundingClientRect().toJSON() as DOMRect);
      expect(box.top, name).toBeGreaterThanOrEqual(field.bottom);
    }
  },
);

test.each([
  ['en', 390],
  ['ar', 390],
  ['de', 220],
] as const)('The buttons of a message are drawn in full in a chat in %s, %i pixels wide', async (lang, width) => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { lang, mode: 'page' } });
  await page.page.setViewportSize({ width, height: 600 });
  const chat = page.chat();
  await chat.element.evaluate((element: CozeChatElement) => (element.chatOptions = { feedback: { shown: true } }));
  await chat.input.fill('good day');
  await chat.input.press('Enter');
  const bar = chat.frame.locator('.bar--shown');
  await bar.locator('.bar__button').nth(4).waitFor();
  const cutOff = await bar.locator('.bar__button').evaluateAll((buttons) => {
    const area = buttons[0]?.closest('.ccf-scroll')?.getBoundingClientRect();
    return buttons
      .filter((button) => {
        const { left, right } = button.getBoundingClientRect();
        return area === undefined || left < area.left || right > area.right;
      })
      .map((button) => button.getAttribute('title'));
  });
  expect(cutOff).toEqual([]);
});

test('In a narrow chat the Tab key moves from the field to the buttons below it, in the visible order', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { style: '--coze-chat-width:390px' } });
  const chat = page.chat();
  await chat.ask('good evening');
  await chat.input.fill('and by keyboard?');
  const stops: { readonly name: string; readonly left: number }[] = [];
  for (let stop = 0; stop < 4; stop += 1) {
    await page.page.keyboard.press('Tab');
    stops.push(
      await chat.frame
        .locator(':focus')
        .evaluate((element) => ({ name: element.getAttribute('aria-label') ?? '', left: element.getBoundingClientRect().left })),
    );
  }
  expect(stops.map(({ name }) => name)).toEqual(['New topic', 'New conversation', 'Add a file', 'Send']);
  expect(stops).toEqual(stops.toSorted((one, other) => one.left - other.left));
  await chat.input.focus();
  await page.page.keyboard.press('Shift+Tab');
  expect(await chat.frame.locator(':focus').evaluate((element) => element.closest('[role=log]') !== null)).toBe(true);
});

test('In a narrow chat the area to hold while speaking is above the buttons, too', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { style: '--coze-chat-width:390px' } });
  const chat = page.chat();
  await chat.element.evaluate((element: CozeChatElement) => void (element.chatOptions = { voice: { input: true } }));
  await chat.frame.getByRole('button', { name: 'Voice input' }).click();
  const place = chat.frame.getByText('Hold here');
  await place.waitFor();
  const bottom = await place.evaluate((element) => element.getBoundingClientRect().bottom);
  const tops = await Promise.all(
    ['New topic', 'New conversation', 'Add a file'].map((name) =>
      chat.frame.getByRole('button', { name, exact: true }).evaluate((button) => button.getBoundingClientRect().top),
    ),
  );
  expect(Math.min(...tops)).toBeGreaterThanOrEqual(bottom);
});

test('In a narrow chat two files are beside each other, and a failed one has a row with its reason', async () => {
  const page = await world.open({
    signedIn: { left: 'alice' },
    attributes: { style: '--coze-chat-width:390px' },
    expectedErrors: [/status of 500/],
  });
  const chat = page.chat();
  await chat.untilIdle();
  const toFile = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('a') });
  const chooser = chat.frame.locator('input[type=file]');
  await chooser.setInputFiles(['a.txt', 'b.txt'].map(toFile));
  await chat.frame.locator('.attachment--uploaded').nth(1).waitFor();
  world.coze.setFaults({ paths: { '/v1/files/upload': 'http-500' } });
  await chooser.setInputFiles([toFile('c.txt')]);
  await chat.frame.locator('.attachment--failed').waitFor();
  const [first, second, failed] = await chat.frame
    .locator('.attachment')
    .evaluateAll((files) => files.map((file) => file.getBoundingClientRect().toJSON() as DOMRect));
  expect(second?.top).toBe(first?.top);
  expect(failed?.width).toBeGreaterThan(300);
});

test.each(['en', 'ar'])('In %s an answer in a narrow chat has the whole width, below the bot’s picture and name', async (lang) => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { lang, style: '--coze-chat-width:390px' } });
  const chat = page.chat();
  await chat.input.fill('what is the price?');
  await chat.input.press('Enter');
  await chat.answerTo('what is the price?').waitFor();
  const [answer, picture, sender, log] = await Promise.all(
    ['.message--bot .message__body', '.message--bot .message__avatar', '.message--bot .message__sender', '[role=log]'].map((selector) =>
      chat.frame
        .locator(selector)
        .last()
        .evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect),
    ),
  );
  if (answer === undefined || picture === undefined || sender === undefined || log === undefined)
    throw new Error('Something is not there.');
  expect(picture.bottom).toBeLessThanOrEqual(answer.top);
  expect(Math.abs(picture.top + picture.bottom - sender.top - sender.bottom)).toBeLessThan(6);
  const indent = lang === 'ar' ? log.right - answer.right : answer.left - log.left;
  expect(indent).toBeLessThanOrEqual(16);
});

test('At 400 % zoom of a small screen the messages have most of the chat’s height, and the field is in view', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { mode: 'bubble' } });
  await page.page.setViewportSize({ width: 320, height: 256 });
  const chat = page.chat();
  await chat.element.getByRole('button', { name: 'Open chat' }).click();
  await chat.ask('what can be read here?');
  const log = chat.frame.getByRole('log');
  const [shown = 0, whole = 0] = await log.evaluate((element) => [element.clientHeight, innerHeight]);
  expect(shown).toBeGreaterThan(whole * 0.6);
  await expect.poll(() => chat.input.evaluate((field) => field.getBoundingClientRect().bottom <= innerHeight)).toBe(true);
});

test.each([300, 600])(
  'In a low chat, %i pixels wide, the Tab key reaches the buttons in the order in which they are drawn',
  async (width) => {
    const page = await world.open({
      signedIn: { left: 'alice' },
      attributes: { style: `--coze-chat-width:${width}px;--coze-chat-height:260px` },
    });
    const chat = page.chat();
    await chat.untilIdle();
    const topic = chat.frame.getByRole('button', { name: 'New conversation' }).first();
    await topic.focus();
    const [button, field] = await Promise.all([topic.boundingBox(), chat.input.boundingBox()]);
    if (button === null || field === null) throw new Error('It is not there.');
    expect(button.y + button.height).toBeLessThan(field.y);
    await page.page.keyboard.press('Tab');
    expect(await chat.input.evaluate((field) => field === document.activeElement)).toBe(true);
  },
);
