/** A visitor's message is either sent, or still in the text field. */
import type { Locator } from 'playwright';
import { describe, expect, test } from 'vitest';
import type { ChatOptions, CozeChatElement } from '../../src/index.js';
import { TRIES_ALL } from '../support/runs.js';
import type { ChatPage, PaneChat } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const signedIn = { left: 'alice' } as const;
/** The browser's own console messages about a failed request. */
const browserLines = [/Failed to load resource/, /net::ERR/];

/** The messages that the API was asked to answer, in order. */
const received = (): string[] => world.coze.requests.filter(({ path }) => path === '/v3/chat').map(({ requestText }) => requestText);
const standing = (chat: PaneChat): Promise<string> => chat.input.inputValue();
const retry = (chat: PaneChat): Locator => chat.frame.getByRole('button', { name: 'Try again' });
/** Faster to find than by role and name, which matters on a slow processor. */
const IDLE = '[aria-label="Add a file"]:not([aria-disabled])';
/** Between Enter and the beginning of its turn a message is still in the field, and the chat is idle. */
const freeField = (chat: PaneChat): Locator => chat.frame.locator(`.composer:has(textarea:placeholder-shown) ${IDLE}`);
const change = (chat: PaneChat, properties: Partial<CozeChatElement>): Promise<unknown> =>
  chat.element.evaluate((element, changed) => void Object.assign(element, changed), properties);

async function open(options: Partial<Parameters<World['open']>[0]> = {}): Promise<[PaneChat, ChatPage]> {
  const page = await world.open({ signedIn, ...options });
  await page.chat().untilIdle();
  return [page.chat(), page];
}

/** A change of the user name recreates the frame. */
async function rebuild(chat: PaneChat, userName: string): Promise<void> {
  await chat.input.evaluate((field) => field.setAttribute('data-former', ''));
  await change(chat, { userName });
  await chat.frame.locator('textarea:not([data-former])').waitFor();
}

/** Number of messages per test and slowdown: a slow processor is simulated by keeping it busy. */
const batchSizes = [
  [1, 15],
  [4, 8],
  [8, 4],
] as const;
/** At least this many words are typed while answers arrive. */
const MIN_WORDS = 12;

describe.each(batchSizes)('Processor slowed down %i times', (rate, batchSize) => {
  const batches = TRIES_ALL ? Math.ceil(100 / batchSize) : 1;
  const ways = Array.from({ length: batches }, (_, batch) => [
    { way: 'typed', batch, write: (page: ChatPage, _: PaneChat, text: string) => page.page.keyboard.type(text) },
    { way: 'pasted', batch, write: (_: ChatPage, chat: PaneChat, text: string) => chat.input.fill(text) },
  ]).flat();
  const messages = Array.from({ length: batchSize }, (_, index) => `m${index + 1}.`);

  /** In an empty conversation, because rendering a history takes time. */
  async function openSlowed(): Promise<[PaneChat, ChatPage]> {
    const [chat, page] = await open();
    await chat.element.evaluate((element: CozeChatElement) => element.clearConversation());
    const devTools = await page.page.context().newCDPSession(page.page);
    await devTools.send('Emulation.setCPUThrottlingRate', { rate });
    await chat.input.focus();
    await chat.input.evaluate((field) => field.setAttribute('data-same', ''));
    return [chat, page];
  }

  test.each(ways)(
    'Each message that is $way and sent as soon as the field may be used reaches the API once ($batch)',
    async ({ write }) => {
      const [chat, page] = await openSlowed();
      for (const message of messages) {
        await freeField(chat).waitFor();
        await write(page, chat, message);
        await page.page.keyboard.press('Enter');
      }
      await freeField(chat).waitFor();
      expect(received()).toEqual(messages);
      expect(await standing(chat)).toBe('');
      expect(await chat.frame.locator('textarea[data-same]:focus').count()).toBe(1);
    },
  );

  test('Text that is typed during answers, with Enter after each word, reaches the API or stays in the field, each letter once', async () => {
    const [chat, page] = await openSlowed();
    let written = '';
    // Until an answer has arrived in the meantime, however long that takes.
    for (let count = 1; count <= MIN_WORDS || received().length < 2; count++) {
      const word = `w${count}.`;
      await page.page.keyboard.type(word);
      await page.page.keyboard.press('Enter');
      written += word;
    }
    await chat.frame.locator(IDLE).waitFor();
    // The last message may still be about to leave the field.
    await expect.poll(() => standing(chat).then((rest) => received().join('') + rest)).toBe(written);
    expect(await chat.frame.locator('textarea[data-same]:focus').count()).toBe(1);
  });
});

describe('Message that the API does not accept', () => {
  const reasons: [string, () => void][] = [
    // An error that a retry cannot fix would end the chat instead.
    ['without a token', () => (world.coze.setFaults({ oauth: 'http-500' }), world.coze.expireTokens())],
    ['while the API fails', () => world.coze.setFaults({ chat: 'http-500' })],
    ['that the API refuses', () => world.coze.setFaults({ chat: { code: 4016, msg: 'Conversation occupied' } })],
  ];
  const mend = async (chat: PaneChat): Promise<void> => {
    world.coze.resetFaults();
    await chat.element.evaluate((element: CozeChatElement) => element.refreshToken());
  };

  test.each(reasons)(
    'A message %s is put back into the field, and is sent once from there, in place of the failed one',
    async (how, fail) => {
      const [chat, page] = await open({ expectedErrors: browserLines });
      const question = `where is my parcel, ${how}`;
      fail();
      await chat.send(question);
      await retry(chat).waitFor();
      expect(await standing(chat)).toBe(question);
      await chat.untilIdle();

      await mend(chat);
      const before = received().length;
      await page.page.keyboard.press('Enter');
      await chat.answerTo(question).waitFor();
      expect(received().slice(before)).toEqual([question]);
      expect(await standing(chat)).toBe('');
      expect(await chat.frame.getByText(question, { exact: true }).count()).toBe(1);
      expect(await retry(chat).count()).toBe(0);
    },
  );

  test('Text that was written meanwhile is below a failed message, and stays when the message is sent again by its button', async () => {
    const [chat, page] = await open({ expectedErrors: browserLines });
    world.coze.setFaults({ chat: 'http-500' });
    const release = await page.hold('**/v3/chat?*');
    await chat.send('the first thought');
    await chat.untilSent();
    await page.page.keyboard.type('the second thought');
    release();
    await retry(chat).waitFor();
    expect(await standing(chat)).toBe('the first thought\nthe second thought');
    await page.page.keyboard.type(' goes on');
    await chat.untilIdle();

    await mend(chat);
    await retry(chat).click();
    await chat.answerTo('the first thought').waitFor();
    expect(await standing(chat)).toBe('the second thought goes on');
  });

  test('A message that a listener of coze-before-send refuses stays in the field, also on a retry', async () => {
    const [chat, page] = await open({ expectedErrors: browserLines });
    world.coze.setFaults({ chat: 'http-500' });
    await chat.send('a word that is refused');
    await retry(chat).waitFor();
    await chat.untilIdle();
    world.coze.resetFaults();
    await chat.element.evaluate((element) => element.addEventListener('coze-before-send', (event) => event.preventDefault()));
    const before = received().length;

    await page.page.keyboard.press('Enter');
    await retry(chat).click();
    // A message from the page itself is rejected by the same listener, after both.
    await chat.element.evaluate((element: CozeChatElement) => element.sendMessage('of the page').catch(() => undefined));
    expect(received().slice(before)).toEqual([]);
    expect(await standing(chat)).toBe('a word that is refused');
    expect(await retry(chat).count()).toBe(1);
  });

  test('A failed message of the page is reported to the page, and does not change the visitor’s field', async () => {
    const [chat] = await open({ expectedErrors: browserLines });
    await chat.input.fill('of the visitor');
    world.coze.setFaults({ chat: 'http-500' });
    const outcome = await chat.element.evaluate((element: CozeChatElement) =>
      element.sendMessage('of the page').catch(({ code }: { code: string }) => code),
    );
    expect(outcome).toBe('chat_failed');
    expect(await standing(chat)).toBe('of the visitor');
  });

  test('Text in the field stays when a file cannot be uploaded', async () => {
    const [chat] = await open({ expectedErrors: browserLines });
    await chat.input.fill('about this picture');
    world.coze.setFaults({ paths: { '/v1/files/upload': 'http-500' } });
    await chat.frame
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
    await retry(chat).waitFor();
    await chat.untilIdle();
    expect(await standing(chat)).toBe('about this picture');
  });
});

describe('Frame that is built again for the same visitor', () => {
  test('Text in the field is kept in the next frame, where the visitor can go on writing', async () => {
    const [chat, page] = await open();
    await chat.input.focus();
    await page.page.keyboard.type('half a ques');
    await rebuild(chat, 'Alice B.');
    await chat.untilIdle();
    await chat.frame.locator('textarea:focus').waitFor();
    await page.page.keyboard.type('tion');
    expect(await standing(chat)).toBe('half a question');
    await page.page.keyboard.press('Enter');
    await chat.answerTo('half a question').waitFor();
    await rebuild(chat, 'Alice C.');
    await chat.untilIdle();
    expect(await standing(chat)).toBe('');
  });

  test('A pending quote stays above the field, and is sent with the next message', async () => {
    const [chat] = await open();
    await chat.ask('an answer to be quoted later');
    await chat.frame.getByRole('toolbar').last().getByRole('button', { name: 'Quote' }).click();
    await chat.input.fill('what about this?');
    await rebuild(chat, 'Alice Q.');
    await chat.untilIdle();
    await chat.frame.locator('.quote--pending').getByText('You said: an answer to be quoted later').waitFor();
    await chat.input.press('Enter');
    await chat.answerTo('what about this?').waitFor();
    expect(received().at(-1)).toContain('You said: an answer to be quoted later');
    await chat.untilIdle();
    await rebuild(chat, 'Alice R.');
    await chat.untilIdle();
    expect(await chat.frame.locator('.quote--pending').count()).toBe(0);
  });

  test('The focus stays where the visitor has moved it meanwhile', async () => {
    const [chat, page] = await open({ body: '<input id="search">' });
    await chat.input.focus();
    await page.page.locator('#search').focus();
    await rebuild(chat, 'Alice D.');
    await chat.untilIdle();
    await page.page.keyboard.type('shoes');
    expect(await page.page.locator('#search').inputValue()).toBe('shoes');
  });

  test('A message that never arrived is put back into the field, together with the text that was written since', async () => {
    const [chat, page] = await open();
    await page.page.route('**/v3/chat*', () => {});
    await chat.send('on its way');
    await chat.untilSent();
    await page.page.keyboard.type('and then');
    await rebuild(chat, 'Alice E.');
    expect(received()).not.toContain('on its way');
    expect(await standing(chat)).toBe('on its way\nand then');
  });

  test('A message that arrived without a response is in the conversation, and not in the field', async () => {
    const [chat, page] = await open();
    await chat.ask('asked twice in a row');
    await page.page.route('**/v3/chat*', async (route) => {
      await route.fetch().catch(() => undefined);
      arrived();
    });
    let arrived = (): void => undefined;
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    await chat.send('asked twice in a row');
    await arrival;
    await rebuild(chat, 'Alice F.');
    await chat.untilIdle();
    expect(await chat.frame.getByText('asked twice in a row', { exact: true }).count()).toBe(2);
    expect(await standing(chat)).toBe('');
  });

  test('A chat that is moved in its page keeps the text in the field, and the visitor can go on writing', async () => {
    const [chat, page] = await open({ body: '<main></main>' });
    await chat.input.focus();
    await page.page.keyboard.type('before the move');
    await chat.input.evaluate((field) => field.setAttribute('data-former', ''));
    await chat.element.evaluate((element) => document.querySelector('main')?.append(element));
    await chat.frame.locator('textarea:not([data-former]):focus').waitFor();
    await page.page.keyboard.type(' and after');
    expect(await standing(chat)).toBe('before the move and after');
  });

  test.each([
    ['arrived', 'in the conversation'],
    ['never arrived', 'in the field'],
  ])('A message that %s while its chat was moved is %s', async (what) => {
    const [chat, page] = await open({ body: '<main></main>' });
    const question = `a message that ${what}`;
    const left = page.page.waitForRequest((request) => request.method() === 'POST' && request.url().includes('/v3/chat'));
    await page.page.route('**/v3/chat*', async (route) => {
      if (what === 'arrived') await route.fetch();
      arrived();
    });
    let arrived = (): void => undefined;
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    await chat.send(question);
    await Promise.all([left, arrival]);
    await chat.input.evaluate((field) => field.setAttribute('data-former', ''));
    await chat.element.evaluate((element) => document.querySelector('main')?.append(element));
    await chat.frame.locator('textarea:not([data-former])').waitFor();
    await chat.untilIdle();
    expect(await standing(chat)).toBe(what === 'arrived' ? '' : question);
    expect(await chat.frame.getByText(question, { exact: true }).count()).toBe(what === 'arrived' ? 1 : 0);
  });

  test('A chat that is removed and inserted again, or reloaded, keeps the text in the field', async () => {
    const [chat] = await open();
    await chat.input.fill('still here');
    await chat.element.evaluate(async (element) => {
      element.remove();
      await new Promise((resolve) => setTimeout(resolve));
      document.body.append(element);
    });
    await chat.untilIdle();
    expect(await standing(chat)).toBe('still here');

    await chat.input.evaluate((field) => field.setAttribute('data-former', ''));
    await chat.element.evaluate((element: CozeChatElement) => element.reload());
    await chat.frame.locator('textarea:not([data-former])').waitFor();
    expect(await standing(chat)).toBe('still here');
  });

  test('A frame that fails keeps the text of the field for the next frame', async () => {
    const [chat] = await open({ expectedErrors: browserLines });
    await chat.input.fill('before the failure');
    world.coze.setFaults({ messageList: 'http-500' });
    await change(chat, { userName: 'Alice G.' });
    await chat.untilStatus('failed');
    world.coze.resetFaults();
    await chat.element.getByRole('button', { name: 'Try again' }).click();
    await chat.untilIdle();
    expect(await standing(chat)).toBe('before the failure');
  });
});

describe('Changes by the page', () => {
  const set = (chat: PaneChat, chatOptions: ChatOptions): Promise<unknown> => change(chat, { chatOptions });

  test('A default text replaces an empty field, but never text of the visitor', async () => {
    const [chat] = await open();
    await set(chat, { input: { defaultText: 'I would like to' } });
    await expect.poll(() => standing(chat)).toBe('I would like to');
    await chat.input.fill('I would like to know');
    await set(chat, { input: { defaultText: 'Tell me', placeholder: 'Ask' } });
    await chat.frame.locator('textarea[placeholder=Ask]').waitFor();
    expect(await standing(chat)).toBe('I would like to know');
    await chat.input.fill('');
    await set(chat, { input: { defaultText: 'Please tell me' } });
    await expect.poll(() => standing(chat)).toBe('Please tell me');
  });

  test('A chat that was read-only for a while keeps the text in its field', async () => {
    const [chat] = await open();
    await chat.input.fill('half a thought');
    await set(chat, { readOnly: true });
    await chat.input.waitFor({ state: 'detached' });
    await set(chat, {});
    expect(await standing(chat)).toBe('half a thought');
  });

  test('A message of the page is sent to the conversation that is open at that time', async () => {
    const [chat] = await open();
    await chat.element.evaluate(async (element: CozeChatElement) => {
      await element.sendMessage('into the first conversation');
      await element.clearConversation();
      await element.sendMessage('into the second conversation');
    });
    const [first, second] = world.coze.requests.filter(({ path }) => path === '/v3/chat').map(({ query }) => query);
    expect(second).not.toBe(first);
  });

  test('A file that is chosen during an answer to the page is kept, and sent with the next message', async () => {
    const [chat] = await open();
    world.coze.setFaults({ holdLastWord: true });
    const answered = chat.element.evaluate((element: CozeChatElement) => element.sendMessage('the page asks first'));
    await chat.frame.getByText('You said: the').last().waitFor();
    await chat.frame
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'b.txt', mimeType: 'text/plain', buffer: Buffer.from('b') });
    world.coze.resetFaults();
    await answered;
    await chat.frame.locator('.attachment--uploaded').waitFor();
    expect(received()).toHaveLength(1);
    await chat.input.fill('and this');
    await chat.input.press('Enter');
    await chat.answerTo('and this').waitFor();
    expect(received()[1]).toMatch(/"and this".*"file_id"/);
    await chat.untilIdle();
  });
});

describe('Change of the visitor', () => {
  test.each<[string, (chat: PaneChat) => Promise<unknown>]>([
    ['who is named by the page', (chat) => change(chat, { userId: 'bob' })],
    ['whom the next token belongs to', (chat) => chat.element.evaluate((element: CozeChatElement) => element.refreshToken())],
    ['who is signed in when the chat is reloaded', (chat) => chat.element.evaluate((element: CozeChatElement) => element.reload())],
    [
      'who signs in after a sign-out',
      (chat) =>
        chat.element.evaluate((element: CozeChatElement) => {
          element.signOut();
          element.reload();
        }),
    ],
    [
      'who is signed in when the chat is put back into its page',
      (chat) =>
        chat.element.evaluate(async (element) => {
          element.remove();
          await new Promise((resolve) => setTimeout(resolve));
          document.body.append(element);
        }),
    ],
  ])('Text that Alice has written is not shown to Bob, %s', async (_, become) => {
    const [chat, page] = await open();
    await chat.input.fill('for nobody else');
    await chat.input.evaluate((field) => field.setAttribute('data-former', ''));
    await page.signIn('left', 'bob');
    await become(chat);
    await chat.frame.locator('textarea:not([data-former])').waitFor();
    await chat.untilIdle();
    expect(await standing(chat)).toBe('');

    await page.signIn('left', 'alice');
    await change(chat, { userId: '' });
    await chat.input.evaluate((field) => field.setAttribute('data-former', ''));
    await chat.element.evaluate((element: CozeChatElement) => element.reload());
    await chat.frame.locator('textarea:not([data-former])').waitFor();
    expect(await standing(chat)).toBe('');
  });
});
