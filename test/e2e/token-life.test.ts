import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

test.each(['http-401', 'code-4101', 'code-4100', 'sse-error'] as const)(
  'A token that Coze ends early causes no visible failure, with the API answering as %s',
  async (expiredOnChat) => {
    world.coze.setFaults({ expiredOnChat });
    const page = await world.open({ signedIn: { left: 'alice' }, expectedErrors: [/status of 401/] });
    const chat = page.chat();
    await chat.ask('before');
    world.coze.expireTokens();
    await chat.ask('after');
    expect(await chat.text()).not.toMatch(/personal access token|Not sent/i);
    const questions = world.coze.requests.filter(
      (request) => request.path === '/v3/chat' && request.requestText.includes('after') && request.token === 'valid',
    );
    expect(questions).toHaveLength(1);
  },
);

test('A failing token endpoint at the start shows a failure with Retry, and Retry works once the endpoint works again', async () => {
  world.coze.setFaults({ oauth: 'http-500' });
  const page = await world.open({ signedIn: { left: 'alice' }, expectedErrors: [/status of 50\d/] });
  const chat = page.chat();
  await chat.untilStatus('failed');
  // The endpoint has responded, so the visitor's connection is not the cause.
  await chat.element.getByText('This assistant is not available').waitFor();
  world.coze.setFaults({ oauth: 'none' });
  await chat.element.getByRole('button', { name: 'Try again' }).click();
  await chat.ask('there you are');
});

test('The chat’s code is loaded while the token is being requested', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { mode: 'bubble' } });
  const release = await page.hold('**/api/coze/token');
  const asked = page.page.waitForRequest('**/api/coze/token');
  const loaded = page.page.waitForResponse(/\/coze-chat-embed\/frame\/frame-[^/]*\.js$/);
  await page.chat().element.getByRole('button', { name: 'Open chat' }).click();
  await Promise.all([asked, loaded]);
  release();
  await page.chat().untilIdle();
});

test('A visitor who is not signed in reads so, and the chat starts by itself after the log-in', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, expectedErrors: [/status of 401/] });
  await page.signOut('left');
  await page.load();
  const chat = page.chat();
  await chat.element.getByText('You are signed out').waitFor();
  await page.signIn('left', 'alice');
  await page.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await chat.ask('here I am');
});

test('A bot that is not published is reported to the page with Coze’s code, and to the visitor without a code', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, botId: world.coze.unpublishedBotId });
  await page.chat().untilStatus('failed');
  await page.chat().element.getByText('This assistant is not available').waitFor();
  expect(await page.chat().element.getByRole('alert').innerText()).not.toMatch(/\d/);
  const error = page
    .chat()
    .element.evaluate(
      (chat: CozeChatElement) =>
        new Promise((resolve) =>
          chat.addEventListener('coze-error', ({ code, message }) => resolve(`${code}: ${message}`), { once: true }),
        ),
    );
  await page.chat().element.getByRole('button', { name: 'Try again' }).click();
  expect(await error).toMatch(/^bot_unavailable: .*code 4015/);
});

test('A rate limit at the start is shown with the time of the next attempt, which then succeeds by itself', async () => {
  const expectedErrors = [/status of 429/];
  const context = await world.newContextWithClock();
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { mode: 'bubble' }, expectedErrors, context });
  world.coze.setFaults({ nextOfPath: { '/v1/conversation/message/list': 'http-429' } });
  await page.chat().element.getByRole('button', { name: 'Open chat' }).click();
  await page
    .chat()
    .element.getByText(/^Next attempt: in 1\d seconds$/)
    .waitFor();
  await page.page.clock.runFor(13_000);
  await page.chat().ask('after the rush');
});

test('A chat that cannot be loaded offline starts by itself when the network returns', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { mode: 'bubble' }, expectedErrors: [/net::ERR/, /Failed to/] });
  const context = page.page.context();
  await context.setOffline(true);
  await page.chat().element.getByRole('button', { name: 'Open chat' }).click();
  await page.chat().untilStatus('failed');
  await context.setOffline(false);
  await page.chat().untilIdle();

  await page.page.route('**/frame/frame-*.js', (route) => context.setOffline(true).then(() => route.abort()), { times: 1 });
  await page.load();
  await page.chat().element.getByText('The chat continues by itself once you are connected again.').waitFor();
  await context.setOffline(false);
  await page.chat().untilIdle();

  await context.setOffline(true);
  await page.chat().element.getByText('You are offline. You can write again').waitFor();
  await context.setOffline(false);
  await page.chat().element.getByText('You are offline. You can write again').waitFor({ state: 'detached' });
  await page.chat().ask('here I am again');
});

test('A missing attribute is named in the widget, in an event and once in the console', async () => {
  const page = await world.open({ signedIn: {}, body: '' });
  const error = await page.page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener('coze-error', ({ code, message, retryable }) => resolve({ code, message, retryable }));
        document.body.insertAdjacentHTML('beforeend', '<coze-chat id="left" mode="inline" token-endpoint="/nowhere"></coze-chat>');
      }),
  );
  expect(error).toEqual({ code: 'invalid_configuration', message: '<coze-chat>: bot-id is missing.', retryable: false });
  await page.chat().element.getByText('bot-id is missing').waitFor();
  expect(page.printed.filter((line) => line.startsWith('warning: ') && line.includes('bot-id'))).toHaveLength(1);
});
