/** The visitor's conversations by the element's methods. */
import { afterEach, describe, expect, test } from 'vitest';
import type { CozeChatElement, CozeConversationChangeEvent, CozeErrorEvent } from '../../src/index.js';
import type { ChatPage, PaneChat } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const openAlice = (options: Partial<Parameters<World['open']>[0]> = {}): Promise<ChatPage> =>
  world.open({ signedIn: { left: 'alice' }, ...options });

/** Deletes the conversations of earlier tests. */
afterEach(() => world.coze.forgetConversations());

type Method = 'newConversation' | 'listConversations' | 'openConversation' | 'renameConversation' | 'deleteConversation';

/** The result of a method of the element, or the code of its error. */
const call = (chat: PaneChat, method: Method, ...args: readonly string[]): Promise<unknown> =>
  chat.element.evaluate(
    (element: CozeChatElement, [method, args]) =>
      (element[method] as (...args: readonly string[]) => Promise<unknown>)(...args).catch(({ code }: { code: string }) => code),
    [method, args] as const,
  );

const create = (chat: PaneChat): Promise<string> => call(chat, 'newConversation') as Promise<string>;

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly isCurrent: boolean;
}

async function list(chat: PaneChat): Promise<readonly Listed[]> {
  const { conversations } = (await call(chat, 'listConversations')) as { conversations: readonly Listed[] };
  return conversations;
}

const names = async (chat: PaneChat): Promise<readonly string[]> =>
  (await list(chat)).map(({ name, isCurrent }) => (isCurrent ? `[${name}]` : name)).toSorted();

/** Ids and codes of the page's events from now on. */
async function listen({ page }: ChatPage): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const reported: string[] = [];
    Object.assign(window, { reported });
    document.addEventListener('coze-conversation-change', (event: CozeConversationChangeEvent) => reported.push(event.conversationId));
    document.addEventListener('coze-error', (event: CozeErrorEvent) => reported.push(`${event.code}: ${event.message}`));
  });
  return () => page.evaluate(() => (window as unknown as { reported: string[] }).reported);
}

/** Reads the log only, because a message is also announced to screen readers for a while, outside of the log. */
const reads = async (chat: PaneChat, text: string): Promise<boolean> => (await chat.frame.getByRole('log').innerText()).includes(text);

describe('Methods for conversations', () => {
  test('A page begins, lists, renames, opens and deletes conversations, and gets an event for each one that is shown', async () => {
    const page = await openAlice();
    const chat = page.chat();
    await chat.ask('about the first order');
    const [first] = await list(chat);
    const reported = await listen(page);

    const second = await create(chat);
    expect(await reads(chat, 'about the first order')).toBe(false);
    expect(await create(chat)).toBe(second);
    await chat.ask('about the second order');
    expect(await names(chat)).toEqual(['[about the second order]', 'about the first order']);

    expect(await call(chat, 'openConversation', first?.id ?? '')).toBeUndefined();
    await chat.answerTo('about the first order').waitFor();
    expect(await reads(chat, 'second order')).toBe(false);
    await chat.ask('and once more');
    await call(chat, 'renameConversation', first?.id ?? '', '  The first one 🦜 ');
    expect(await names(chat)).toEqual(['[The first one 🦜]', 'about the second order']);

    await call(chat, 'deleteConversation', second);
    expect(await names(chat)).toEqual(['[The first one 🦜]']);
    await call(chat, 'deleteConversation', first?.id ?? '');
    expect(await reads(chat, 'once more')).toBe(false);
    const [rest] = await list(chat);
    expect(await reported()).toEqual([second, first?.id, rest?.id]);
    await chat.ask('in the new one');
  });

  test('A conversation of another visitor cannot be opened, renamed or deleted by its id', async () => {
    const page = await world.open({ signedIn: { left: 'alice', right: 'bob' } });
    const [alice, bob] = [page.chat('left'), page.chat('right')];
    await alice.ask('alice has a secret');
    await bob.ask('bob is here');
    const [hers] = await list(alice);
    const { id = '' } = hers ?? {};
    for (const [method, ...args] of [
      ['openConversation', id],
      ['renameConversation', id, 'mine'],
      ['deleteConversation', id],
    ] as const)
      expect(await call(bob, method, ...args)).toBe('conversation_unavailable');
    expect(await call(bob, 'openConversation', '../../v1/files')).toBe('conversation_unavailable');
    expect(await reads(bob, 'bob is here')).toBe(true);
    expect(await names(alice)).toEqual(['[alice has a secret]']);
    expect(await names(bob)).toEqual(['[bob is here]']);
  });

  test('A conversation of the same visitor with another bot cannot be opened', async () => {
    const page = await world.open({
      signedIn: { left: 'alice', right: 'alice' },
      paneAttributes: { right: { 'bot-id': world.coze.secondBotId } },
    });
    const [one, other] = [page.chat('left'), page.chat('right')];
    await one.ask('to the first bot');
    await other.ask('to the second bot');
    const [theirs] = await list(other);
    expect(await call(one, 'openConversation', theirs?.id ?? '')).toBe('conversation_unavailable');
    expect(await reads(one, 'to the first bot')).toBe(true);
  });
});

describe('Attribute conversation-id', () => {
  test('The attribute opens a conversation at the start and in a live chat, and the choice is kept in a new frame', async () => {
    const page = await openAlice();
    const chat = page.chat();
    await chat.ask('in the old place');
    const [old] = await list(chat);
    await create(chat);
    await chat.ask('in the new place');
    const [fresh] = await list(chat);

    const back = (await openAlice({ attributes: { 'conversation-id': old?.id ?? '' }, context: page.page.context() })).chat();
    await back.answerTo('in the old place').waitFor();
    expect(await reads(back, 'new place')).toBe(false);
    await back.element.evaluate((element: CozeChatElement, id) => (element.conversationId = id), fresh?.id ?? '');
    await back.answerTo('in the new place').waitFor();
    await call(back, 'openConversation', old?.id ?? '');
    await back.element.evaluate((element: CozeChatElement) => (element.locale = 'de'));
    await back.frame.getByRole('button', { name: 'Datei hinzufügen' }).waitFor();
    await back.answerTo('in the old place').waitFor();
    await create(back);
    await back.element.evaluate((element: CozeChatElement) => (element.locale = 'en'));
    await back.untilIdle();
    expect(await reads(back, 'in the')).toBe(false);
  });

  test.each(['7500000000000000000', '../x', 'SECRET'])(
    'An id that is no conversation of this visitor (%s) is reported, and the newest conversation is shown',
    async (id) => {
      const page = await openAlice();
      await page.chat().ask('in the newest place');
      const reported = await listen(page);
      await page.chat().element.evaluate((element: CozeChatElement, id) => element.setAttribute('conversation-id', id), id);
      await expect.poll(reported).toEqual([expect.stringContaining('conversation_unavailable')]);
      expect(await reads(page.chat(), 'in the newest place')).toBe(true);

      const other = await world.open({
        signedIn: { left: 'alice' },
        attributes: { 'conversation-id': id, loading: 'click' },
        context: page.page.context(),
      });
      await other.chat().answerTo('in the newest place').waitFor();
      expect(await other.chat().status()).toBe('ready');
    },
  );
});

describe('Methods during an answer', () => {
  test('The method openConversation() waits for the end of an answer, and nothing of the answer is lost', async () => {
    const page = await openAlice();
    const chat = page.chat();
    await chat.ask('the first place');
    const [first] = await list(chat);
    await create(chat);
    world.coze.setFaults({ holdLastWord: true });
    await chat.send('tell me a long story');
    await chat.frame.getByText('You said: tell me a').waitFor();
    const opened = call(chat, 'openConversation', first?.id ?? '');
    expect((await list(chat)).map(({ isCurrent }) => isCurrent)).toContain(true);
    world.coze.resetFaults();
    expect(await opened).toBeUndefined();
    await chat.answerTo('the first place').waitFor();
    expect(await reads(chat, 'long story')).toBe(false);
    const [second] = (await list(chat)).filter(({ isCurrent }) => !isCurrent);
    await call(chat, 'openConversation', second?.id ?? '');
    await chat.answerTo('tell me a long story').waitFor();
  });
});

interface LongConversations {
  readonly page: ChatPage;
  readonly chat: PaneChat;
  /** Ids of two conversations with 60 messages each: `first 0` to `first 59`, `second 0` to `second 59`. */
  readonly one: string;
  readonly other: string;
  readonly scrollUp: () => Promise<void>;
  /** Delays the next requests for older messages of `one`. Resolves with a function that releases them. */
  readonly holdOlder: () => Promise<() => Promise<void>>;
  readonly isThere: (text: string) => Promise<boolean>;
}

async function openLongConversations(): Promise<LongConversations> {
  const page = await openAlice();
  const chat = page.chat();
  await chat.ask('good day');
  const token = await chat.element.evaluate(async (element: CozeChatElement) => {
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"reason":"manual"}' };
    return ((await (await fetch(element.tokenEndpoint, request)).json()) as { access_token: string }).access_token;
  });
  const post = async (path: string, body: object): Promise<string> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(world.coze.origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return ((await response.json()) as { data: { id: string } }).data.id;
  };
  const seed = async (name: string): Promise<string> => {
    const id = await post('/v1/conversation/create', { bot_id: world.coze.botId, connector_id: '999' });
    for (let count = 0; count < 60; count++)
      await post(`/v1/conversation/message/create?conversation_id=${id}`, {
        role: 'user',
        content: `${name} ${count}`,
        content_type: 'text',
      });
    return id;
  };
  const [one, other] = [await seed('first'), await seed('second')];
  const scrollUp = async (): Promise<void> => {
    await chat.frame.getByRole('log').hover();
    await page.page.mouse.wheel(0, -20_000);
  };
  const holdOlder = async (): Promise<() => Promise<void>> => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    let isHeld = false;
    await page.page.route(/message\/list/, async (route) => {
      if (route.request().url().includes(one) && route.request().postData()?.includes('after_id')) {
        isHeld = true;
        await released;
      }
      await route.continue();
    });
    await expect.poll(() => scrollUp().then(() => isHeld)).toBe(true);
    return async () => {
      const arrived = page.page.waitForResponse((response) => response.url().includes(one));
      release();
      await arrived;
    };
  };
  const isThere = (text: string): Promise<boolean> => chat.frame.getByText(text, { exact: true }).isVisible();
  await call(chat, 'openConversation', one);
  await chat.frame.getByText('first 59', { exact: true }).waitFor();
  return { page, chat, one, other, scrollUp, holdOlder, isThere };
}

test('Older messages that arrive after a switch do not prevent the other conversation from loading its older messages', async () => {
  const { chat, other, scrollUp, holdOlder, isThere } = await openLongConversations();
  const release = await holdOlder();
  await call(chat, 'openConversation', other);
  await chat.frame.getByText('second 59', { exact: true }).waitFor();
  await release();
  await expect.poll(() => scrollUp().then(() => isThere('second 20'))).toBe(true);
  expect(await reads(chat, 'first')).toBe(false);
});

test('Older messages that arrive after a return to their conversation leave no message out', async () => {
  const { chat, one, other, scrollUp, holdOlder, isThere } = await openLongConversations();
  await expect.poll(() => scrollUp().then(() => isThere('first 20'))).toBe(true);
  const release = await holdOlder();
  await call(chat, 'openConversation', other);
  await chat.frame.getByText('second 59', { exact: true }).waitFor();
  await call(chat, 'openConversation', one);
  await chat.frame.getByText('first 59', { exact: true }).waitFor();
  await release();
  await expect.poll(() => scrollUp().then(() => isThere('first 0'))).toBe(true);
  const shown = (await chat.frame.getByRole('log').innerText()).match(/first \d+/g);
  expect(shown).toEqual(Array.from({ length: 60 }, (_, index) => `first ${index}`));
});

test('A question that the page still prepares when another conversation is opened stays in the field of its own conversation', async () => {
  const page = await openAlice();
  const chat = page.chat();
  await chat.ask('the first place');
  const [first] = await list(chat);
  await create(chat);
  await call(chat, 'openConversation', first?.id ?? '');
  await chat.element.evaluate((element: CozeChatElement) => {
    // The chat waits 300 ms for the context. Here it waits until the other conversation is shown.
    const setTimer = window.setTimeout.bind(window);
    Object.assign(window, { setTimeout: (callback: () => void, ms: number) => (ms === 300 ? 0 : setTimer(callback, ms)) });
    element.context = () => {
      element.setAttribute('data-preparing', '');
      return new Promise((resolve) => element.addEventListener('prepare', () => resolve({}), { once: true }));
    };
    element.addEventListener('coze-before-send', () => element.setAttribute('data-prepared', ''));
  });
  await chat.input.fill('a question for the first place');
  await chat.input.press('Enter');
  await chat.element.and(page.page.locator('[data-preparing]')).waitFor();
  await create(chat);
  await chat.element.evaluate((element) => element.dispatchEvent(new Event('prepare')));
  await chat.element.and(page.page.locator('[data-prepared]')).waitFor();
  await chat.untilIdle();
  expect(await reads(chat, 'a question for')).toBe(false);
  expect(await chat.input.inputValue()).toBe('');
  await call(chat, 'openConversation', first?.id ?? '');
  await chat.answerTo('the first place').waitFor();
  expect(await chat.input.inputValue()).toBe('a question for the first place');
});

test('A stopped answer is still marked as stopped when its conversation is opened again', async () => {
  const chat = (await openAlice()).chat();
  await chat.ask('the first place');
  const [first] = await list(chat);
  world.coze.setFaults({ holdLastWord: true });
  await chat.send('never mind this');
  await chat.answerTo('never mind').waitFor();
  await chat.frame.getByRole('button', { name: 'Stop answering' }).click();
  world.coze.resetFaults();
  await create(chat);
  await call(chat, 'openConversation', first?.id ?? '');
  await chat.frame.getByRole('log').getByText('You stopped this answer.', { exact: true }).waitFor();
});
