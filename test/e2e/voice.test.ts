/** Voice input, and answers that are read aloud. */
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import type { ChatPage, PaneChat } from './support/chat-page.js';
import { loadWithVoice, speak, startSpeaking } from './support/voice.js';
import { blur, focus, trackFocus } from './support/window-focus.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

async function openChat(expectedErrors: readonly RegExp[] = []): Promise<{ page: ChatPage; chat: PaneChat }> {
  const page = await world.open({ signedIn: { left: 'alice' }, expectedErrors });
  await loadWithVoice(page);
  const chat = page.chat();
  await chat.untilIdle();
  return { page, chat };
}

const callsOf = (path: string): string[] => world.coze.requests.filter((request) => request.path === path).map(({ token }) => token);

test('A question is spoken, shown and answered, and the keyboard is one click away', { tags: 'gateway' }, async () => {
  const { page, chat } = await openChat();
  world.coze.setFaults({ transcript: 'what is the time' });
  await speak(page);
  await chat.answerTo('what is the time').waitFor();
  await chat.untilIdle();

  await chat.frame.getByRole('button', { name: 'Keyboard input' }).click();
  await chat.ask('typed again');
});

test('A recording is sent again with a new token if the token has expired', { tags: 'gateway' }, async () => {
  const { page, chat } = await openChat([/401 \(Unauthorized\)/]);
  world.coze.setFaults({ transcript: 'how late is it' });
  world.coze.expireTokens();
  await speak(page);
  await chat.answerTo('how late is it').waitFor();
  expect(callsOf('/v1/audio/transcriptions')).toEqual(['expired', 'valid']);
});

test('A recording that is not understood is marked, and the visitor is informed', async () => {
  const { page, chat } = await openChat();
  world.coze.setFaults({ transcript: '' });
  await speak(page);
  await chat.frame.getByRole('log').getByRole('alert').getByText('Nothing was understood').waitFor();
  await chat.frame.getByRole('button', { name: 'Try again' }).waitFor();
  // Not as if the visitor had said it.
  const failed = chat.frame.locator('.message--visitor').last();
  expect(await failed.locator('[class*="_bubble_"]').count()).toBe(0);
});

test('A recording is kept with a Retry if the owner of the chat cannot be verified', async () => {
  const context = await world.newContextWithClock();
  await trackFocus(context);
  const page = await world.open({ signedIn: { left: 'alice' }, context, expectedErrors: [/Failed to load/, /ERR_FAILED/] });
  await loadWithVoice(page);
  const chat = page.chat();
  await chat.untilIdle();
  world.coze.setFaults({ transcript: 'what is the time' });
  const token = /\/api\/coze\/token$/;
  await page.page.route(token, (route) => route.abort());
  // The chat asks again whose it is when somebody comes back to the window after half a minute.
  await blur(page.page);
  await page.page.clock.runFor(31_000);
  await focus(page.page);
  await speak(page);
  await chat.frame.getByRole('log').getByText('Not sent: your identity could not be confirmed').waitFor();
  expect(callsOf('/v1/audio/transcriptions')).toEqual([]);
  await page.page.unroute(token);
  await chat.frame.getByRole('button', { name: 'Try again' }).click();
  await chat.answerTo('what is the time').waitFor();
});

test('A recording that waits for an answer is sent in its own conversation, once the visitor is back there', async () => {
  const { page, chat } = await openChat([/net::ERR/]);
  await chat.element.evaluate((element: CozeChatElement) => {
    element.chatOptions = { conversations: true, voice: { input: true } };
  });
  await chat.element.evaluate((element: CozeChatElement) => element.newConversation());
  await chat.ask('about apples');
  world.coze.setFaults({ holdLastWord: true, transcript: 'only about apples' });
  const release = await startSpeaking(page);
  void chat.element.evaluate((element: CozeChatElement) => element.sendMessage('the page asks first').catch(() => undefined));
  await chat.frame.getByText('You said: the page asks').last().waitFor();
  await release();

  const list = chat.element.getByRole('button', { name: 'Conversations' });
  await list.click();
  await chat.frame.getByRole('dialog').getByRole('button', { name: 'New conversation' }).click();
  await chat.frame.getByRole('dialog').waitFor({ state: 'detached' });
  world.coze.resetFaults();
  world.coze.setFaults({ transcript: 'only about apples' });
  await chat.frame.getByRole('button', { name: 'Keyboard input' }).click();
  await chat.ask('about pears');
  await chat.ask('more about pears');
  expect(callsOf('/v1/audio/transcriptions')).toEqual([]);

  await list.click();
  await chat.frame
    .getByRole('dialog')
    .getByRole('button', { name: /^about apples/ })
    .click();
  await chat.answerTo('only about apples').waitFor();
  const asked = world.coze.requests.filter(({ path }) => path === '/v3/chat');
  const conversations = ['about apples', 'only about apples'].map((text) => asked.find(({ requestText }) => requestText === text)?.query);
  expect(conversations[0]).toBe(conversations[1]);
});

test('A failed recording is still there, with its reason and Retry, when the visitor comes back from another conversation', async () => {
  const { page, chat } = await openChat();
  await chat.ask('about apples');
  world.coze.setFaults({ transcript: '' });
  await speak(page);
  const retry = chat.frame.getByRole('button', { name: 'Try again' });
  await retry.waitFor();
  const reason = chat.frame.getByRole('log').getByText('Nothing was understood');
  await reason.waitFor();
  const first = await chat.element.evaluate((element: CozeChatElement) =>
    element.listConversations().then(({ conversations: [current] }) => current?.id ?? ''),
  );
  await chat.element.evaluate((element: CozeChatElement) => element.newConversation());
  await chat.frame.getByRole('button', { name: 'Keyboard input' }).click();
  await chat.ask('about pears');
  expect(await retry.count()).toBe(0);
  await chat.element.evaluate((element: CozeChatElement, id) => element.openConversation(id), first);
  await retry.waitFor();
  await reason.waitFor();
  expect(callsOf('/v1/audio/transcriptions')).toHaveLength(1);
  world.coze.setFaults({ transcript: 'what is the time' });
  await retry.click();
  await chat.answerTo('what is the time').waitFor();
});

test('A recorder that cannot be loaded is reported, and is loaded on the next attempt', async () => {
  const { page, chat } = await openChat([/ERR_FAILED/]);
  const recorder = /\/frame\/audio-input-[^/]*\.js$/;
  await page.page.route(recorder, (route) => route.abort());
  await chat.frame.getByRole('button', { name: 'Voice input' }).click();
  await chat.frame.getByText('Recording failed').waitFor();
  await page.page.unroute(recorder);
  await chat.frame.getByRole('button', { name: 'Keyboard input' }).click();
  await chat.frame.getByRole('button', { name: 'Voice input' }).click();
  await chat.frame.getByRole('button', { name: /speak/ }).waitFor();
});

test('An answer is read aloud and can be stopped', { tags: 'gateway' }, async () => {
  const { chat } = await openChat();
  await chat.ask('read this to me, it is long enough to be stopped in the middle of it');
  await chat.frame.getByRole('button', { name: 'Read aloud' }).last().click();
  await chat.frame.getByRole('button', { name: 'Stop reading' }).click();
  await expect.poll(() => chat.frame.getByRole('button', { name: 'Stop reading' }).count()).toBe(0);
});

test(
  'Speech that is rejected for its token inside a 200 response is requested again, without a visible failure',
  { tags: 'gateway' },
  async () => {
    const { chat } = await openChat();
    await chat.ask('read this to me too, it is long enough to be seen while it is read');
    world.coze.setFaults({ nextOfPath: { '/v1/audio/speech': { code: 4100, msg: 'authentication is invalid' } } });
    await chat.frame.getByRole('button', { name: 'Read aloud' }).last().click();
    await expect.poll(() => callsOf('/v1/audio/speech')).toHaveLength(2);
    await chat.frame.getByRole('button', { name: 'Stop reading' }).waitFor();
  },
);

test('Speech that fails is reported to the visitor', { tags: 'gateway' }, async () => {
  const { chat } = await openChat();
  await chat.ask('read this to me');
  world.coze.setFaults({ paths: { '/v1/audio/speech': { code: 4028, msg: 'Insufficient balance' } } });
  await chat.frame.getByRole('button', { name: 'Read aloud' }).last().click();
  await chat.frame.getByRole('alert').getByText('Could not be read aloud').waitFor();
});

test('A microphone that is not permitted is explained in a dialog', async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  await loadWithVoice(page);
  const chat = page.chat();
  await chat.untilIdle();
  await chat.frame.locator('body').evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
  });
  await chat.frame.getByRole('button', { name: 'Voice input' }).click();
  await chat.frame.getByRole('button', { name: /speak/ }).hover();
  await page.page.mouse.down();
  await chat.frame.getByText('Microphone is off').waitFor();
  await page.page.mouse.up();
  await chat.frame.getByRole('button', { name: 'Got it' }).click();
  await expect.poll(() => chat.frame.getByText('Microphone is off').count()).toBe(0);
});
