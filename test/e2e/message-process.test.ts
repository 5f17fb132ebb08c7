/** The steps of a bot before its answer, and its sources. */
import { beforeEach, expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));
beforeEach(() => world.coze.forgetConversations());

test('Thoughts, tools and retrieved knowledge have a line each that unfolds, and sources are below the answer', async () => {
  const chat = (await world.open({ signedIn: { left: 'alice' } })).chat();
  const answer = chat.frame.locator('.message--bot').getByText('It is 20 EUR, with VAT.');
  await chat.send('research');
  await answer.waitFor();
  await chat.untilIdle();
  const summaries = chat.frame.locator('.process summary');
  await expect.poll(() => summaries.allInnerTexts()).toEqual(['Thoughts', 'Used shop', 'Searched its knowledge', 'Searched its knowledge']);
  const result = chat.frame.locator('.process').getByText('"currency"');
  expect(await result.isVisible()).toBe(false);
  await summaries.nth(1).focus();
  await chat.element.page().keyboard.press('Enter');
  await result.waitFor();
  expect(await chat.frame.locator('.sources').innerText()).toContain('Price list <2026>');
  expect(await chat.frame.locator('.message--bot').last().getByText('It is 20 EUR').count()).toBe(1);

  const set = (process: 'hidden' | 'open') =>
    chat.element.evaluate((element: CozeChatElement, chatOptions) => Object.assign(element, { chatOptions }), { process });
  await set('hidden');
  await chat.frame.locator('.process').waitFor({ state: 'detached' });
  expect(await chat.frame.locator('.sources').count()).toBe(0);
  await set('open');
  await chat.frame.locator('.process').getByText('They ask for a price. I look it up first.').waitFor();

  await chat.element.page().reload();
  await answer.waitFor();
  await expect.poll(() => summaries.allInnerTexts()).toEqual(['Thoughts']);
});
