import axe from 'axe-core';
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

test('The chat follows theme and custom properties at once, in the same frame, and is readable in light and dark', async () => {
  const page = await world.open({
    signedIn: { left: 'alice' },
    attributes: { mode: 'inline', theme: 'dark' },
    head: '<style>coze-chat { --coze-chat-accent: #ffcc00; --coze-chat-font: Georgia, serif; --coze-chat-font-size: 17px }</style>',
  });
  const chat = page.chat();
  await chat.ask('good day');
  const frame = page.page.frames()[1];
  if (frame === undefined) throw new Error('There is no frame.');
  await frame.evaluate(axe.source);
  const look = () =>
    frame.evaluate(() => {
      const { backgroundColor, color, fontFamily } = getComputedStyle(document.body);
      return { backgroundColor, color, fontFamily };
    });
  const violations = () =>
    frame.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    });

  expect(await look()).toEqual({ backgroundColor: 'rgb(27, 27, 34)', color: 'rgb(236, 236, 241)', fontFamily: 'Georgia, serif' });
  expect(await violations()).toEqual([]);
  const question = chat.frame.locator('[class*="_question-text_"]').last();
  expect(await question.evaluate((bubble) => getComputedStyle(bubble).backgroundColor)).toBe('rgb(255, 204, 0)');
  expect(await chat.input.evaluate((input) => getComputedStyle(input).fontSize)).toBe('17px');

  await chat.input.fill('half a sen');
  await chat.element.evaluate((element: CozeChatElement) => element.setAttribute('theme', 'light'));
  await expect.poll(look).toMatchObject({ backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(29, 28, 35)' });
  expect(await violations()).toEqual([]);
  expect(await chat.input.inputValue()).toBe('half a sen');
});
