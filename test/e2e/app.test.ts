/** A Coze app's chat workflow instead of a bot. */
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const attributes = (): Record<string, string> => ({ 'bot-id': '', 'app-id': world.coze.appId, 'workflow-id': world.coze.workflowId });

test(
  'Two visitors of an app see only their own conversations, after an expiry without visible effect and after a reload',
  { tags: 'gateway' },
  async () => {
    const page = await world.open({
      signedIn: { left: 'alice', right: 'bob' },
      attributes: attributes(),
      expectedErrors: [/status of 401/],
    });
    const [alice, bob] = [page.chat('left'), page.chat('right')];
    await alice.ask('alice tells the app');
    await bob.ask('bob tells the app');
    world.coze.expireTokens();
    await alice.ask('alice goes on');
    expect(await alice.text()).not.toMatch(/connection was lost|try again/i);

    await page.load();
    await alice.answerTo('alice goes on').waitFor();
    await bob.answerTo('bob tells the app').waitFor();
    expect(await alice.text()).not.toContain('bob tells');
    expect(await bob.text()).not.toContain('alice');
    const paths = new Set(world.coze.requests.map(({ path }) => path));
    expect([paths.has('/v1/workflows/chat'), paths.has('/v3/chat')]).toEqual([true, false]);
    const owners = new Set(world.coze.requests.map(({ sessionName }) => sessionName));
    expect(owners.size).toBe(2);
  },
);

test('An app has one conversation for each name, can begin a new one, and gets the page’s parameters', { tags: 'gateway' }, async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: attributes() });
  const chat = page.chat();
  await chat.ask('alice is in the usual place');
  await chat.element.evaluate((element: CozeChatElement) => {
    element.chatOptions = { conversationName: 'Sales', parameters: { plan: 'pro' } };
  });
  await chat.untilIdle();
  expect(await chat.text()).not.toContain('usual place');
  const sent = page.page.waitForRequest((request) => request.url().endsWith('/v1/workflows/chat') && request.method() === 'POST');
  await chat.ask('alice buys');
  expect((await sent).postDataJSON()).toMatchObject({ app_id: world.coze.appId, parameters: { plan: 'pro' } });
  await chat.element.evaluate((element: CozeChatElement) => element.clearConversation());
  await expect.poll(() => chat.frame.getByRole('log').getByText('alice buys').count()).toBe(0);
  await chat.ask('alice begins anew');
});

test('The page’s option for suggestions is sent with a question', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: attributes() });
  const chat = page.chat();
  await chat.untilIdle();
  await chat.element.evaluate((element: CozeChatElement) => {
    element.chatOptions = { followUps: { mode: 1, prompt: 'Ask about coffee' } };
  });
  const sent = page.page.waitForRequest((request) => request.url().endsWith('/v1/workflows/chat') && request.method() === 'POST');
  await chat.ask('alice wants to be asked');
  const wish = { suggest_reply_mode: 1, customized_suggest_prompt: 'Ask about coffee' };
  expect((await sent).postDataJSON()).toMatchObject({ suggest_reply_info: wish });
});

test('A bot that replaces an app is another chat in another frame', { tags: 'gateway' }, async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: attributes() });
  const chat = page.chat();
  await chat.ask('alice says this to the app alone');
  await chat.frame.locator('body').evaluate((body) => body.setAttribute('data-of-the-app', ''));
  await chat.element.evaluate(
    (element: CozeChatElement, botId) => Object.assign(element, { appId: '', workflowId: '', botId }),
    world.coze.botId,
  );
  await chat.ask('alice says this to the bot');
  expect(await chat.text()).not.toContain('to the app alone');
  expect(await chat.frame.locator('body[data-of-the-app]').count()).toBe(0);

  await chat.element.evaluate((element: CozeChatElement, ids) => Object.assign(element, ids), {
    botId: '',
    appId: world.coze.appId,
    workflowId: world.coze.workflowId,
  });
  await chat.answerTo('alice says this to the app alone').waitFor();
});

test('An app that does not exist is reported as not available', { tags: 'gateway' }, async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { ...attributes(), 'app-id': '1' } });
  await page.chat().untilStatus('failed');
  await page.chat().element.getByText('This assistant is not available').waitFor();
});
