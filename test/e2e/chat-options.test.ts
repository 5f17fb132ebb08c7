/** What a page can set of the chat, and the events that it gets. */
import { expect, test } from 'vitest';
import type { ChatOptions, CozeChatElement } from '../../src/index.js';
import type { PaneChat } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const signedIn = { left: 'alice' } as const;
const set = (chat: PaneChat, options: ChatOptions) =>
  chat.element.evaluate((element: CozeChatElement, chatOptions) => Object.assign(element, { chatOptions }), options);

test('Options change a live chat, and the conversation and the text in the field are kept', async () => {
  const page = await world.open({ signedIn, attributes: { 'user-name': 'Alice A.' } });
  const chat = page.chat();
  const { frame } = chat;
  await chat.ask('options stay out of the way');
  await chat.input.fill('half a question');
  await frame.locator('body').evaluate((body) => body.setAttribute('data-same', ''));
  await frame.getByRole('button', { name: 'What did I say?' }).waitFor();

  await set(chat, {
    upload: false,
    clearContext: false,
    clearMessages: false,
    suggestions: false,
    senderNames: false,
    layout: 'mobile',
    maxWidth: 320,
    input: { placeholder: 'Ask the parrot' },
    footer: { text: 'Read our {{terms}}', links: { terms: { text: 'terms', url: '/terms' } } },
  });
  await frame.getByRole('link', { name: 'terms' }).waitFor();
  expect(await frame.getByRole('link', { name: 'terms' }).getAttribute('href')).toBe(`${world.host.origin}/terms`);
  for (const name of ['Add a file', 'New topic', 'New conversation', 'What did I say?']) {
    expect(await frame.getByRole('button', { name }).count(), name).toBe(0);
  }
  expect(await frame.getByText('Alice A.', { exact: true }).filter({ visible: true }).count()).toBe(0);
  expect(await chat.input.inputValue()).toBe('half a question');
  await frame.getByRole('log').getByText('You said: options stay out of the way').waitFor();
  expect(await frame.locator('body[data-same]').count()).toBe(1);

  await set(chat, { readOnly: true });
  await chat.input.waitFor({ state: 'detached' });
  const rejection = chat.element.evaluate((element: CozeChatElement) =>
    element.sendMessage('asked by the page').catch(({ code }: { code: string }) => code),
  );
  expect(await rejection).toBe('not_sent');
  await set(chat, {});
  await chat.input.waitFor();
});

test('A chat can begin with the page’s own text, and headers and variables are sent to the API', async () => {
  const page = await world.open({ signedIn });
  const chat = page.chat();
  await set(chat, {
    assistant: { name: 'Shop helper', welcome: 'Welcome to the shop, {{user_name}}!', suggestions: ['Where is my parcel?'] },
    input: { defaultText: 'I would like to know' },
    customVariables: { city: 'Berlin' },
    requestHeaders: { 'x-tt-env': 'blue' },
  });
  await chat.element.evaluate((element: CozeChatElement) => element.clearConversation());
  await chat.frame.getByText('Welcome to the shop').waitFor();
  await chat.frame.getByRole('button', { name: 'Where is my parcel?' }).waitFor();
  expect(await chat.frame.getByRole('heading', { level: 1 }).innerText()).toBe('Shop helper');
  expect(await chat.input.inputValue()).toBe('I would like to know');
  const sent = page.page.waitForRequest((request) => request.url().includes('/v3/chat') && request.method() === 'POST');
  await chat.ask('with variables');
  expect((await sent).headers()).toMatchObject({ 'x-tt-env': 'blue' });
  expect((await sent).postDataJSON()).toMatchObject({ custom_variables: { city: 'Berlin' } });
});

test('The page is informed about tasks that a visitor selects and tools that the bot calls', async () => {
  const page = await world.open({ signedIn });
  const chat = page.chat();
  await set(chat, { input: { tasks: true } });
  await chat.element.evaluate((element: CozeChatElement) => {
    const reported: unknown[] = [];
    Object.assign(window, { reported });
    element.addEventListener('coze-task', ({ tasks }) => reported.push(tasks.map(({ values }) => values)));
    element.addEventListener('coze-action', ({ toolCalls }) => reported.push(toolCalls.map(({ name, arguments: json }) => [name, json])));
  });
  const reported = (): Promise<unknown[]> => page.page.evaluate(() => (window as unknown as { reported: unknown[] }).reported);
  await chat.exchange('task list');
  await chat.frame.getByRole('checkbox', { name: 'Filter coffee', checked: false }).press('Space');
  await chat.frame.getByRole('checkbox', { name: 'Filter coffee', checked: true }).waitFor();
  await expect.poll(reported).toEqual([[['Filter coffee']]]);

  await chat.send('with milk, please');
  await chat.frame
    .getByText(/You said: .*Filter coffee/s)
    .last()
    .waitFor();
  await chat.untilIdle();
  await expect.poll(reported).toEqual([[['Filter coffee']], []]);
  expect(world.coze.requests.findLast(({ path }) => path === '/v3/chat')?.requestText).toMatch(/Filter coffee[^]*with milk, please/);

  await chat.send('weather');
  await expect.poll(reported, { timeout: 10_000 }).toEqual([[['Filter coffee']], [], [['get_weather', '{"city":"Beijing"}']]]);
  await chat.ask('the chat goes on');
});

test('A picture of the page is shown behind the messages', async () => {
  const page = await world.open({ signedIn });
  const chat = page.chat();
  await chat.ask('before the picture');
  const image = `${world.coze.origin}/assets/hills.svg`;
  await set(chat, { background: { image, color: '#102030' } });
  await expect
    .poll(() => chat.frame.locator('body').evaluate((body) => [...body.querySelectorAll('img')].map(({ src }) => src)))
    .toContain(image);
  await chat.answerTo('before the picture').waitFor();
});

test('The page can handle links, pictures and sending', async () => {
  const page = await world.open({ signedIn });
  const chat = page.chat();
  const reported = await chat.element.evaluateHandle((element: CozeChatElement) => {
    const seen: string[] = [];
    element.addEventListener('coze-link', (event) => {
      seen.push(`link ${event.url}`);
      event.preventDefault();
    });
    element.addEventListener('coze-image', (event) => {
      seen.push(`image ${new URL(event.url).pathname.split('/')[1] ?? ''}`);
      if (seen.length < 4) event.preventDefault();
    });
    element.addEventListener('coze-before-send', (event) => {
      if (event.text === 'never send this') event.preventDefault();
    });
    return seen;
  });
  await chat.exchange('link');
  await chat.frame.getByRole('log').getByRole('link').first().click();
  await chat.exchange('image');
  const picture = chat.frame.getByRole('log').getByRole('button', { name: 'Hills at sunrise' }).last();
  await picture.click();
  await picture.press('Enter');
  await expect.poll(() => reported.jsonValue().then((seen) => seen.map((line) => line.split(' ')[0]))).toEqual(['link', 'image', 'image']);
  expect(await chat.frame.getByRole('dialog').count()).toBe(0);
  await picture.click();
  await chat.frame.getByRole('dialog').waitFor();
  expect(page.page.context().pages()).toHaveLength(1);
  await page.page.keyboard.press('Escape');

  await chat.send('never send this');
  const refused = chat.element.evaluate((element: CozeChatElement) =>
    element.sendMessage('never send this').catch(({ code }: { code: string }) => code),
  );
  expect(await refused).toBe('not_sent');
  expect(world.coze.requests.filter(({ requestText }) => requestText.includes('never send this'))).toEqual([]);
});
