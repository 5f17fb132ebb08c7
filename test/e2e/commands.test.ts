/** The commands of a page's own code to its chat. */
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import type { PaneChat } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

/** The answers, or the error codes. */
const sendAll = (chat: PaneChat, strings: readonly string[]): Promise<string[]> =>
  chat.element.evaluate(
    (element: CozeChatElement, strings) =>
      Promise.all(
        strings.map((text) =>
          element.sendMessage(text).then(
            (answer) => answer.text,
            (error: { code: string }) => error.code,
          ),
        ),
      ),
    strings,
  );

test('Messages of the page are sent one after the other while the panel is closed, and the badge counts their answers', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { mode: 'bubble' } });
  const chat = page.chat();
  expect(await sendAll(chat, ['good day', 'good night'])).toEqual(['You said: good day', 'You said: good night']);
  await chat.element.getByRole('button', { name: 'Open chat (2)' }).click();
  await chat.answerTo('good night').waitFor();
  expect(await chat.text()).toMatch(/good day[^]*You said: good day[^]*good night[^]*You said: good night/);
  expect(await chat.element.getByRole('button', { name: 'Open chat', exact: true }).count()).toBe(1);

  await chat.element.evaluate((element: CozeChatElement) => element.clearConversation());
  expect(await chat.text()).not.toContain('good day');
  await chat.ask('typed by the visitor');
});

test('An answer whose conversation has been cleared is not announced, and the next one is', async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  const chat = page.chat();
  await chat.untilIdle();
  const release = await page.hold(/\/to-speech-[^/]*\.js$/);
  await chat.ask('good morning');
  const announcements = await chat.frame.locator('[role=status].visually-hidden').evaluateHandle((region) => {
    const announcements: (string | null)[] = [];
    new MutationObserver(() => announcements.push(region.textContent)).observe(region, { childList: true, subtree: true });
    return announcements;
  });
  await chat.element.evaluate((element: CozeChatElement) => element.clearConversation());
  await chat.ask('typed by the visitor');
  release();
  await expect.poll(() => announcements.jsonValue()).toContainEqual(expect.stringContaining('You said: typed by the visitor'));
  expect(await announcements.jsonValue()).not.toContainEqual(expect.stringContaining('good morning'));
});

test('A message of the page waits for the visitor’s answer, and is rejected if it fails or the visitor changes', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, expectedErrors: [/Failed to load resource/] });
  const chat = page.chat();
  await chat.untilIdle();
  world.coze.setFaults({ holdLastWord: true });
  await chat.send('tell me a story');
  await chat.frame.getByText('You said: tell me').waitFor();
  const afterTheStory = sendAll(chat, ['and then']);
  world.coze.resetFaults();
  expect(await afterTheStory).toEqual(['You said: and then']);
  world.coze.setFaults({ chat: 'http-500' });
  expect(await sendAll(chat, ['into the void'])).toEqual(['chat_failed']);

  world.coze.resetFaults();
  world.coze.setFaults({ holdLastWord: true });
  const ofAlice = sendAll(chat, ['the first of Alice', 'the second of Alice']);
  await chat.frame.getByText('the first of Alice', { exact: true }).waitFor();
  await page.signIn('left', 'bob');
  await chat.element.evaluate((element: CozeChatElement) => (element.userId = 'bob'));
  expect(await ofAlice).toEqual(['interrupted', 'interrupted']);
  world.coze.resetFaults();
  await chat.ask('hi there');
  expect(await chat.text()).not.toContain('Alice');
  expect(world.coze.requests.filter(({ requestText }) => requestText === 'the second of Alice')).toEqual([]);
});
