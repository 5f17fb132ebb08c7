/** A chat in another language, and in another text direction. */
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import { strings as ar } from '../../src/locales/translations/ar.js';
import { strings as en } from '../../src/locales/translations/en.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

test.each([
  ['en', en],
  ['ar', ar],
])('In %s a short notice is in the middle of the chat', async (locale, strings) => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { locale }, expectedErrors: [/ERR_FAILED/] });
  const chat = page.chat();
  await chat.frame.getByRole('button', { name: strings.upload, disabled: false }).waitFor();
  await chat.input.fill('good day');
  await chat.input.press('Enter');
  await chat.answerTo('good day').waitFor();
  await page.page.route(/\/v1\/conversation\/create/, (route) => route.abort());
  await chat.frame.getByRole('button', { name: strings.newConversation }).click();
  const notice = chat.frame.getByRole('alert').locator('> *');
  await notice.waitFor();
  const middles = await notice.evaluateAll((parts) =>
    [...parts, document.documentElement].map((part) => {
      const { left, right } = part.getBoundingClientRect();
      return (left + right) / 2;
    }),
  );
  expect(middles[0]).toBeCloseTo(middles[1] ?? NaN, 0);
});

test('In Arabic, launcher, panel and chat are in Arabic, and the chat runs from right to left', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { mode: 'bubble', locale: 'ar-EG' } });
  const chat = page.chat();
  await chat.element.getByRole('button', { name: 'فتح الدردشة' }).click();
  await chat.frame.getByRole('log').waitFor();
  await chat.input.waitFor();
  const { direction, language, placeholder } = await chat.input.evaluate((input: HTMLTextAreaElement) => ({
    direction: getComputedStyle(input).direction,
    language: input.ownerDocument.documentElement.lang,
    placeholder: input.placeholder,
  }));
  expect([direction, language]).toEqual(['rtl', 'ar']);
  expect(placeholder).toMatch(/\p{Script=Arabic}/u);
  await chat.input.fill('مرحبا بك هنا');
  await chat.input.press('Enter');
  const answer = chat.answerTo('مرحبا بك هنا');
  await answer.waitFor();
  // Avatars are on the right, where a line begins.
  const [avatar, bubble] = await Promise.all([chat.frame.locator('img').first().boundingBox(), answer.boundingBox()]);
  expect(avatar?.x).toBeGreaterThan(bubble?.x ?? Infinity);
  // The text begins with Latin letters.
  expect(await answer.evaluate((text) => getComputedStyle(text).unicodeBidi)).toBe('plaintext');
  // So does the bot's name, which nevertheless stands at the beginning of its line.
  const name = chat.frame.locator('.message__sender', { hasText: /^Parrot$/ }).last();
  const ends = [name, answer].map((locator) =>
    locator.evaluate((element) => {
      const text = document.createRange();
      text.selectNodeContents(element);
      return text.getBoundingClientRect().right;
    }),
  );
  const [endOfName = NaN, endOfAnswer = NaN] = await Promise.all(ends);
  expect(Math.abs(endOfName - endOfAnswer)).toBeLessThan(24);
});

test('A page’s own strings replace those of the language', async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  const chat = page.chat();
  await chat.untilIdle();
  await chat.element.evaluate((element: CozeChatElement) => (element.strings = { inputPlaceholder: 'Ask the parrot' }));
  await expect.poll(() => chat.input.getAttribute('placeholder')).toBe('Ask the parrot');
});
