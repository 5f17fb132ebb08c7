/** What a visitor sees when an answer is missing or incomplete, and how they continue. */
import type { Locator } from 'playwright';
import { expect, test } from 'vitest';
import type { Faults } from '../../demo/coze-stand-in/index.js';
import type { PaneChat } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const signedIn = { left: 'alice' } as const;
/** The browser's own console messages about a failed request. */
const browserLines = [/Failed to load resource/, /net::ERR/];

const retry = (chat: PaneChat): Locator => chat.frame.getByRole('button', { name: 'Try again' });
const toast = (chat: PaneChat): Locator => chat.frame.getByRole('alert');
const log = (chat: PaneChat): Locator => chat.frame.getByRole('log');
const notice = (chat: PaneChat): Locator => log(chat).getByText('The answer broke off.').last();
const asking = (text: string) => world.coze.requests.filter(({ path, requestText }) => path === '/v3/chat' && requestText === text);
const timesAsked = (text: string): number => asking(text).length;
/** Coze rejects a question while the previous answer is not complete. */
const timesAccepted = (text: string): number => asking(text).filter(({ responseText }) => responseText.startsWith('event')).length;

test.each(['truncate', 'drop', 'fail-after-delta'] as const)(
  'With the fault %s the received text is kept and marked as broken off, and one click asks again',
  async (fault) => {
    const page = await world.open({ signedIn, expectedErrors: browserLines });
    const chat = page.chat();
    const question = `story with ${fault}`;
    await chat.untilIdle();
    // With a pause, so that the text before the break has arrived.
    world.coze.setFaults({ chat: fault, betweenWordsMs: 100 });
    await chat.send(question);
    await notice(chat).waitFor();
    await log(chat)
      .getByText(/^You( said)?:?$/)
      .last()
      .waitFor();
    await chat.untilIdle();
    expect(timesAsked(question)).toBe(1);

    world.coze.resetFaults();
    await retry(chat).click();
    await chat.answerTo(question).waitFor();
    await chat.untilIdle();
    expect(timesAccepted(question)).toBe(2);
    expect(await retry(chat).count()).toBe(0);
  },
);

test('An answer that stalls ends after a minute of silence', async () => {
  const page = await world.open({ signedIn, context: await world.newContextWithClock() });
  const chat = page.chat();
  await chat.untilIdle();
  world.coze.setFaults({ chat: 'stall' });
  await chat.send('a story that stops');
  await log(chat).getByText('You said', { exact: true }).last().waitFor();

  await page.page.clock.fastForward(55_000);
  expect(await notice(chat).count()).toBe(0);
  await page.page.clock.fastForward(6_000);
  await notice(chat).waitFor();
  await chat.untilIdle();
});

test('An answer whose stream lacks only its final event is complete', async () => {
  const page = await world.open({ signedIn });
  const chat = page.chat();
  await chat.untilIdle();
  world.coze.setFaults({ chat: 'no-done' });
  await chat.ask('hello there');
  await chat.untilIdle();
  await chat.frame.getByRole('button', { name: 'What did I say?' }).waitFor();
  expect(await notice(chat).count()).toBe(0);
  expect(await retry(chat).count()).toBe(0);
});

const NO_ANSWER = 'There was no answer. Please try again.';
test.each<[string, Faults['chat'], string]>([
  ['an error event', 'error-event', NO_ANSWER],
  ['a failed chat', 'chat-failed', NO_ANSWER],
  ['HTTP 429', 'http-429', 'The assistant is busy. Please try again in a moment.'],
  ['HTTP 500', 'http-500', NO_ANSWER],
  ['JSON with a line break', 'json-with-newline', NO_ANSWER],
  ['a running chat', { code: 4016, msg: 'Conversation occupied' }, 'Please wait until the current answer is complete.'],
  ['a model at its limits', { code: 4013, msg: 'Upgrade your plan' }, 'The assistant is busy. Please try again in a moment.'],
  [
    'a used up balance',
    { code: 4028, msg: 'Insufficient balance' },
    'The assistant is not available at the moment. Please try again later.',
  ],
])('With %s instead of an answer, the question is marked, the reason is shown, and one click asks again', async (what, fault, reason) => {
  const page = await world.open({ signedIn, expectedErrors: browserLines });
  const chat = page.chat();
  const question = `question for ${what}`;
  await chat.untilIdle();
  world.coze.setFaults({ chat: fault });
  await chat.send(question);
  await retry(chat).waitFor();
  // In the conversation, where it stays, and said once.
  expect(await log(chat).getByRole('alert').innerText()).toBe(reason);
  expect(await chat.frame.getByRole('alert').count()).toBe(1);
  expect(await chat.text()).not.toMatch(/occupied|upgrade|insufficient/i);
  await chat.untilIdle();
  expect(timesAsked(question)).toBe(1);

  world.coze.resetFaults();
  await retry(chat).click();
  await chat.answerTo(question).waitFor();
  await chat.untilIdle();
  expect(timesAsked(question)).toBe(2);
  expect(await chat.frame.getByText(question, { exact: true }).count()).toBe(1);
});

test('A question without a token fails with our own message, and a retry works once there is a token', async () => {
  const page = await world.open({ signedIn, expectedErrors: browserLines });
  const chat = page.chat();
  await chat.ask('before');
  world.coze.setFaults({ oauth: 'http-500' });
  world.coze.expireTokens();
  await chat.send('are you there');
  await retry(chat).waitFor();
  expect(await log(chat).getByRole('alert').innerText()).toBe('The connection was lost. Please try again.');

  world.coze.resetFaults();
  await retry(chat).click();
  await chat.answerTo('are you there').waitFor();
});

test('During an answer neither topic nor conversation can be changed, and a new conversation begins empty', async () => {
  const page = await world.open({ signedIn });
  const chat = page.chat();
  await chat.untilIdle();
  const buttons = ['New topic', 'New conversation', 'Add a file'].map((name) => chat.frame.getByRole('button', { name }));
  world.coze.setFaults({ holdLastWord: true });
  await chat.send('tell me a story that takes a while to tell');
  await log(chat).getByText('You said: tell me').waitFor();
  for (const button of buttons) expect(await button.isDisabled()).toBe(true);
  await chat.frame.getByRole('button', { name: 'New conversation' }).press('Enter');
  world.coze.resetFaults();
  await chat.answerTo('tell me a story that takes a while to tell').waitFor();
  await chat.untilIdle();

  await chat.frame.getByRole('button', { name: 'New conversation' }).click();
  await expect.poll(() => log(chat).innerText()).not.toContain('You said');
  await chat.ask('after');
  expect(await log(chat).innerText()).not.toContain('tell me');
  expect(world.coze.requests.filter(({ path }) => path === '/v1/conversation/create')).toHaveLength(1);
});

test.each(['http-500', 'error-code'] as const)(
  'A history that fails to load (%s) is a failure, and Retry shows it',
  async (messageList) => {
    const page = await world.open({ signedIn, expectedErrors: browserLines });
    const chat = page.chat();
    await chat.ask('before');
    world.coze.setFaults({ messageList });
    await page.load();
    await chat.untilStatus('failed');

    world.coze.resetFaults();
    await chat.element.getByRole('button', { name: 'Try again' }).click();
    await chat.answerTo('before').waitFor();
  },
);

test('Older messages that fail to load show a Retry above the others, and are loaded once the API works again', async () => {
  const page = await world.open({ signedIn, expectedErrors: browserLines });
  const chat = page.chat();
  for (let count = 1; count <= 12; count += 1) await chat.ask(`message number ${count}.`);
  await page.load();
  await chat.answerTo('message number 12.').waitFor();
  // The SDK loads no older page within 1.5 s of the previous one.
  await page.page.waitForTimeout(1_600);
  world.coze.setFaults({ messageList: 'http-500' });
  await chat.answerTo('message number 12.').hover();
  const failure = log(chat).getByText('Older messages could not be loaded.');
  await expect
    .poll(
      async () => {
        await page.page.mouse.wheel(0, -4_000);
        return failure.isVisible();
      },
      { timeout: 15_000, interval: 400 },
    )
    .toBe(true);
  expect(await retry(chat).isEnabled()).toBe(true);
  expect(await log(chat).innerText()).toContain('message number 12.');

  world.coze.resetFaults();
  // The SDK retries by itself, too, and may be first.
  await expect
    .poll(
      async () => {
        await retry(chat)
          .click({ timeout: 500 })
          .catch(() => undefined);
        return log(chat).innerText();
      },
      { timeout: 15_000, interval: 1_600 },
    )
    .toContain('You said: message number 1.');
  expect(await failure.count()).toBe(0);
});

test('After failures the console has only the browser’s own lines, and one of ours for each kind of failure', async () => {
  const page = await world.open({ signedIn, expectedErrors: browserLines });
  const chat = page.chat();
  await chat.ask('before');
  const faults = [
    'truncate',
    'drop',
    'fail-after-delta',
    'error-event',
    'chat-failed',
    'http-429',
    'http-500',
    'json-with-newline',
  ] as const;
  for (const [index, fault] of faults.entries()) {
    world.coze.setFaults({ chat: fault });
    await chat.send(`question ${index}`);
    await expect.poll(() => timesAsked(`question ${index}`)).toBe(1);
    await retry(chat).last().and(chat.frame.locator(':not([aria-disabled])')).waitFor();
    await chat.untilIdle();
  }
  world.coze.setFaults({ chat: 'none', paths: { '/v1/files/upload': 'http-500', '/v1/conversation/create': 'http-500' } });
  await chat.frame.getByRole('button', { name: 'New conversation' }).click();
  await toast(chat).getByText('The conversation could not be cleared').waitFor();
  world.coze.resetFaults();
  await chat.ask('after');
  expect(page.printed.filter((line) => !browserLines.some((known) => known.test(line)))).toEqual([
    'warning: [coze-chat] chat_failed: A message was not answered: the answer ended early.',
    'warning: [coze-chat] chat_failed: A message was not answered: the connection broke off (TypeError).',
    'warning: [coze-chat] chat_failed: A message was not answered (code 5000).',
    'warning: [coze-chat] rate_limited: Coze has too many requests to answer (code 4020).',
    'warning: [coze-chat] chat_failed: A message was not answered: the API answered with status 500.',
  ]);
});
