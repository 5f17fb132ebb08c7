/** The chat by keyboard, with a screen reader, enlarged, and in forced colours. */
import axe from 'axe-core';
import type { Frame } from 'playwright';
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import { readAccessibilityTree } from './support/accessibility-tree.js';
import type { ChatPage } from './support/chat-page.js';
import { CHINESE_ANSWER } from './support/chinese-answer.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const bubble = {
  signedIn: { left: 'alice' },
  attributes: { mode: 'bubble' },
  body: '<main><h1>Shop</h1><a href="#x">Basket</a></main>',
} as const;

/** Checks the page and the chat's document separately. */
async function violations({ page }: ChatPage): Promise<readonly string[]> {
  const inFrame = async (frame: Frame): Promise<string[]> => {
    await frame.evaluate(axe.source);
    return frame.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { iframes: false });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    });
  };
  return (await Promise.all(page.frames().map(inFrame))).flat();
}

test('A visitor with only a keyboard opens the chat, asks, reads the answer and leaves the chat', async () => {
  const page = await world.open(bubble);
  const { keyboard } = page.page;
  const chat = page.chat();
  await page.page.getByRole('link', { name: 'Basket' }).focus();
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await chat.untilIdle();
  const stops: string[] = [];
  const focusedName = async (): Promise<string> => {
    const [main, inside] = page.page.frames();
    const outer = await main?.evaluate(() => {
      const active = document.querySelector('coze-chat')?.shadowRoot?.activeElement;
      return active?.getAttribute('part') ?? document.activeElement?.textContent ?? '';
    });
    if (outer !== 'frame') return outer ?? '';
    return (
      (await inside?.evaluate(() => {
        const { activeElement: active } = document;
        return active === null ? '' : (active.getAttribute('aria-label') ?? active.getAttribute('placeholder') ?? active.textContent);
      })) ?? ''
    );
  };
  for (let stop = await focusedName(); stops.length < 15 && stop !== 'resize'; stop = await focusedName()) {
    stops.push(stop);
    if (stop === 'Type a message') {
      await keyboard.type('by keys only');
      await keyboard.press('Enter');
      await chat.answerTo('by keys only').waitFor();
      await chat.untilIdle();
    }
    await keyboard.press('Tab');
  }
  expect(stops.slice(0, 2)).toEqual(['panel', 'close']);
  expect(stops).toContain('Type a message');
  expect(await focusedName()).toBe('resize');
  await keyboard.press('Escape');
  expect([await focusedName(), await chat.element.evaluate((element: CozeChatElement) => element.open)]).toEqual(['launcher', false]);
});

test('A visitor with a screen reader finds everything by role and name, in the visible order', async () => {
  const page = await world.open(bubble);
  const chat = page.chat();
  await chat.element.getByRole('button', { name: 'Open chat' }).click();
  await chat.ask('tell me');
  const tree = await readAccessibilityTree(page.page);
  const wanted = [
    'region Chat',
    'dialog Chat',
    'heading Chat',
    'button Close chat',
    'separator Size of the chat',
    'button Open chat',
    'heading Parrot',
    'log Conversation',
    'textbox Type a message',
    'button Add a file',
    'button Send',
  ];
  expect(tree.filter((line) => wanted.includes(line))).toEqual(wanted);
  expect(tree.filter((line) => /^(button|link|textbox|image|dialog|log|separator)$/.test(line))).toEqual([]);
});

test('The question before a tool runs passes axe, also if its arguments are too long for the dialog', async () => {
  const page = await world.open({ ...bubble, attributes: { mode: 'bubble', locale: 'en' } });
  const chat = page.chat();
  await chat.element.locator('[part=launcher]').click();
  await chat.untilIdle();
  await chat.element.evaluate((element: CozeChatElement) => {
    element.tools = { write_note: { parameters: { type: 'object' }, run: () => 'written', confirm: () => 'Keep this note?' } };
  });
  const args = JSON.stringify({ lines: Array.from({ length: 40 }, (_, index) => `line ${index}`) });
  await chat.send(`call:\n${JSON.stringify({ rounds: [[{ name: 'write_note', arguments: args }]] })}`);
  await chat.frame.getByRole('dialog', { name: 'Keep this note?' }).waitFor();
  await page.page.setViewportSize({ width: 320, height: 400 });
  expect(await violations(page)).toEqual([]);
  await page.page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => chat.frame.locator('html').getAttribute('data-scheme')).toBe('dark');
  expect(await violations(page)).toEqual([]);
});

test(
  'Page and frame pass axe: closed, ready, failed and signed out, light, dark, in Arabic, at 400 % and in forced colours',
  { timeout: 120_000 },
  async () => {
    for (const locale of ['en', 'ar']) {
      const page = await world.open({ ...bubble, attributes: { mode: 'bubble', locale } });
      const chat = page.chat();
      const found: Record<string, readonly string[]> = { closed: await violations(page) };
      await chat.element.locator('[part=launcher]').click();
      await chat.frame.locator('textarea').fill(`tell me in ${locale}`);
      await chat.frame.locator('textarea').press('Enter');
      await chat.answerTo(`tell me in ${locale}`).waitFor();
      // The suggestion marks the end of the turn.
      await chat.frame.getByText('What did I say?').last().waitFor();
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.page.emulateMedia({ colorScheme });
        await expect.poll(() => chat.frame.locator('html').getAttribute('data-scheme')).toBe(colorScheme);
        found[`ready, ${colorScheme}`] = await violations(page);
      }
      world.coze.setFaults({ chat: 'fail-after-delta' });
      await chat.input.fill(`a story in ${locale}`);
      await chat.input.press('Enter');
      await chat.frame.locator('.broken-answer').waitFor();
      world.coze.setFaults({ chat: { code: 4028, msg: 'used up' } });
      await chat.input.fill(`another story in ${locale}`);
      await chat.input.press('Enter');
      await chat.frame.getByRole('alert').waitFor();
      found['answers failed'] = await violations(page);
      world.coze.resetFaults();
      await page.page.emulateMedia({ forcedColors: 'active', contrast: 'more', reducedMotion: 'reduce' });
      // The theme in the frame follows the page's a moment later; each axe run takes about a second.
      await expect.poll(async () => (found['forced colours'] = await violations(page)), { timeout: 15_000 }).toEqual([]);
      await page.page.emulateMedia({ forcedColors: null, contrast: null, reducedMotion: null });
      await page.page.setViewportSize({ width: 320, height: 256 });
      await expect.poll(() => chat.element.locator('[part=panel]').evaluate((panel) => panel.matches(':modal'))).toBe(true);
      found['400 %'] = await violations(page);
      // Nothing is cut off or has to be scrolled sideways.
      expect(await chat.frame.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
      expect(await chat.frame.locator('textarea').evaluate((field) => field.getBoundingClientRect().bottom <= innerHeight)).toBe(true);
      await chat.element.evaluate((element: CozeChatElement) => element.signOut());
      await chat.untilStatus('signed-out');
      found['signed out'] = await violations(page);
      expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
    }
  },
);

test.each(['en', 'ar'])(
  'An answer with a table, code, formulas, a footnote and tasks passes axe, light, dark and in forced colours (%s)',
  async (locale) => {
    const page = await world.open({ ...bubble, attributes: { mode: 'bubble', locale } });
    const chat = page.chat();
    await chat.element.locator('[part=launcher]').click();
    await chat.frame.locator('textarea').fill(`say:\n${CHINESE_ANSWER}`);
    await chat.frame.locator('textarea').press('Enter');
    for (const part of ['table', 'pre span', 'math', '[role=note]', 'input[type=checkbox]:enabled'])
      await chat.frame.locator(`.md ${part}`).last().waitFor();
    const found: Record<string, readonly string[]> = {};
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.page.emulateMedia({ colorScheme });
      await expect.poll(() => chat.frame.locator('html').getAttribute('data-scheme')).toBe(colorScheme);
      found[colorScheme] = await violations(page);
    }
    await page.page.emulateMedia({ forcedColors: 'active', contrast: 'more' });
    // The theme in the frame follows the page's a moment later; each axe run takes about a second.
    await expect.poll(async () => (found['forced colours'] = await violations(page)), { timeout: 15_000 }).toEqual([]);
    expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
  },
);

test('In forced colours every control has an outline while it has the keyboard focus', async () => {
  const page = await world.open(bubble);
  const chat = page.chat();
  await chat.element.evaluate((element: CozeChatElement) => (element.chatOptions = { conversations: true, feedback: { shown: true } }));
  await page.page.emulateMedia({ forcedColors: 'active' });
  await chat.element.getByRole('button', { name: 'Open chat' }).click();
  await chat.ask('where is the focus');
  const outlineAfter = async (key: string): Promise<string> => {
    await page.page.keyboard.press(key);
    return chat.frame.locator(':focus').evaluate((element) => getComputedStyle(element).outlineStyle);
  };
  const bar = chat.frame.getByRole('toolbar').last();
  await bar.getByRole('button', { name: 'Quote' }).focus();
  expect(await outlineAfter('ArrowRight')).toBe('solid');
  expect(await outlineAfter('Tab')).toBe('solid');
  await bar.getByRole('button', { name: 'Delete' }).press('Enter');
  await chat.frame.getByRole('dialog').waitFor();
  expect(await outlineAfter('Tab')).toBe('solid');
  await page.page.keyboard.press('Escape');
  await chat.element.getByRole('button', { name: 'Conversations' }).press('Enter');
  await chat.frame.locator('.conversation__open').waitFor();
  expect(await outlineAfter('Tab')).toBe('solid');
});

test('Every target for clicks in the chat is at least 24 px wide and high', async () => {
  const page = await world.open(bubble);
  const chat = page.chat();
  await chat.element.getByRole('button', { name: 'Open chat' }).click();
  await chat.ask('and now');
  const small = await chat.frame.locator('button, [role=button], textarea').evaluateAll((targets) =>
    targets
      .filter((target) => target.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .map((target) => ({ name: target.getAttribute('aria-label') ?? target.textContent, box: target.getBoundingClientRect() }))
      .filter(({ box }) => Math.min(box.width, box.height) < 24)
      .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`),
  );
  expect(small).toEqual([]);
});
