/** The visitor's conversations in the panel. */
import axe from 'axe-core';
import type { Locator } from 'playwright';
import { afterEach, describe, expect, test } from 'vitest';
import type { CozeChatElement, CozeErrorEvent } from '../../src/index.js';
import type { ChatPage, PaneChat } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
// Vitest runs hooks in reverse order: this one has to run after the pages are closed.
afterEach(() => world.coze.forgetConversations());
setUpWorld((created) => (world = created));

/** Inline, with the list of conversations enabled. */
async function openAlice(options: Partial<Parameters<World['open']>[0]> = {}): Promise<ChatPage> {
  const page = await world.open({ signedIn: { left: 'alice' }, ...options });
  await page.page.evaluate(() => {
    const reported: string[] = [];
    Object.assign(window, { reported });
    document.addEventListener('coze-error', ({ message }: CozeErrorEvent) => reported.push(message));
    document.querySelector('coze-chat')!.chatOptions = { conversations: true };
  });
  await page.chat().untilIdle();
  return page;
}

const button = (chat: PaneChat): Locator => chat.element.getByRole('button', { name: 'Conversations' });
const panel = (chat: PaneChat): Locator => chat.frame.getByRole('dialog', { name: 'Conversations' });
const row = (chat: PaneChat, name: string): Locator => panel(chat).getByRole('button', { name: new RegExp(`^${name}`) });
const log = (chat: PaneChat): Promise<string> => chat.frame.getByRole('log').innerText();
const reported = ({ page }: ChatPage): Promise<readonly string[]> =>
  page.evaluate(() => (window as unknown as { reported: string[] }).reported);

async function show(chat: PaneChat): Promise<Locator> {
  await button(chat).click();
  await panel(chat).waitFor();
  return panel(chat);
}

async function askInNew(chat: PaneChat, text: string): Promise<void> {
  await chat.element.evaluate((element: CozeChatElement) => element.newConversation());
  await chat.ask(text);
}

/** As in a browser that is busy, or whose window is covered: it paints late. @returns paints once */
async function holdFrames(chat: PaneChat): Promise<() => Promise<void>> {
  const body = chat.frame.locator('body');
  await body.evaluate(() => {
    const held: FrameRequestCallback[] = [];
    Object.assign(window, { paint: () => held.splice(0).forEach((callback) => callback(performance.now())) });
    window.requestAnimationFrame = (callback) => held.push(callback);
  });
  return () => body.evaluate(() => (window as unknown as { paint(): void }).paint());
}

/** Confirms a deletion, and waits until Coze has deleted the conversation: until then the question is in the place of the row's button. */
async function confirmDeletion(chat: PaneChat, answer = (confirm: Locator): Promise<void> => confirm.click()): Promise<void> {
  const confirm = panel(chat).getByRole('button', { name: 'Delete', exact: true });
  await answer(confirm);
  await confirm.waitFor({ state: 'detached' });
}

/** Opens the conversation that began with the question `name`. */
async function choose(chat: PaneChat, name: string): Promise<void> {
  await show(chat);
  await row(chat, name).click();
  await expect.poll(() => log(chat)).toContain(`You said: ${name}`);
}

test('Unsent text stays with its conversation, and is shown again when the visitor opens that conversation', async () => {
  const page = await openAlice();
  const chat = page.chat();
  await chat.ask('about apples');
  await askInNew(chat, 'about pears');
  await chat.input.fill('ripe ones?');

  await choose(chat, 'about apples');
  expect(await chat.input.inputValue()).toBe('');
  await chat.input.fill('red ones?');
  await choose(chat, 'about pears');
  expect(await chat.input.inputValue()).toBe('ripe ones?');

  await show(chat);
  await panel(chat).getByRole('button', { name: 'New conversation' }).click();
  await panel(chat).waitFor({ state: 'detached' });
  expect(await chat.input.inputValue()).toBe('');
  await chat.element.evaluate((element: CozeChatElement) => (element.locale = 'en'));
  await chat.untilIdle();
  await choose(chat, 'about apples');
  expect(await chat.input.inputValue()).toBe('red ones?');
});

test('A quote stays with its conversation, and is shown again when the visitor opens that conversation', async () => {
  const page = await openAlice();
  const chat = page.chat();
  const quote = chat.frame.locator('.quote--pending');
  await chat.ask('about apples');
  await askInNew(chat, 'about pears');
  await chat.frame.getByRole('toolbar').last().getByRole('button', { name: 'Quote' }).click();
  await quote.getByText('You said: about pears').waitFor();

  await choose(chat, 'about apples');
  expect(await quote.count()).toBe(0);
  await chat.ask('red ones?');
  expect(world.coze.requests.findLast(({ path }) => path === '/v3/chat')?.requestText).not.toContain('pears');
  await choose(chat, 'about pears');
  await quote.getByText('You said: about pears').waitFor();
  await chat.ask('ripe ones?');
  expect(world.coze.requests.findLast(({ path }) => path === '/v3/chat')?.requestText).toContain('You said: about pears');
});

test('The field has the focus as soon as a conversation is chosen, and does not take it from another element later', async () => {
  const page = await openAlice();
  const chat = page.chat();
  await chat.ask('about apples');
  await askInNew(chat, 'about pears');
  await show(chat);
  const paint = await holdFrames(chat);
  await row(chat, 'about apples').click();
  await panel(chat).waitFor({ state: 'detached' });
  await button(chat).focus();
  await paint();
  expect(await chat.element.evaluate((element) => element.shadowRoot?.activeElement?.className)).toContain('conversations');

  await page.page.keyboard.press('Enter');
  await panel(chat).waitFor();
  await row(chat, 'about pears').click();
  await panel(chat).waitFor({ state: 'detached' });
  expect(await chat.input.evaluate((input) => input.ownerDocument.activeElement === input)).toBe(true);
});

test('After a deletion the next row gets the focus, unless the visitor has focused another element meanwhile', async () => {
  const page = await openAlice();
  const chat = page.chat();
  const isFocused = (target: Locator): Promise<boolean> => target.evaluate((element) => element === element.ownerDocument.activeElement);
  const remove = async (name: string): Promise<void> => {
    await panel(chat)
      .getByRole('button', { name: `Delete \u2068${name}\u2069` })
      .click();
    await confirmDeletion(chat);
  };
  for (const text of ['about apples', 'about pears', 'about plums', 'about figs']) await askInNew(chat, text);
  await show(chat);
  const paint = await holdFrames(chat);
  await remove('about plums');
  await paint();
  expect(await isFocused(row(chat, 'about pears'))).toBe(true);

  await remove('about pears');
  await row(chat, 'about figs').focus();
  await paint();
  expect(await isFocused(row(chat, 'about figs'))).toBe(true);
});

test('Unsent text in a deleted conversation stays in the field', async () => {
  const page = await openAlice();
  const chat = page.chat();
  await chat.ask('about apples');
  await chat.input.fill('red ones?');
  const [current] = await chat.element.evaluate(async (element: CozeChatElement) => (await element.listConversations()).conversations);
  await chat.element.evaluate((element: CozeChatElement, id) => element.deleteConversation(id), current?.id ?? '');
  await expect.poll(() => log(chat)).not.toContain('apples');
  expect(await chat.input.inputValue()).toBe('red ones?');
});

describe('List of conversations', () => {
  test('An Escape that ends a composition keeps the name that the visitor is typing', async () => {
    const chat = (await openAlice()).chat();
    await chat.ask('about apples');
    await (await show(chat)).getByRole('button', { name: /^Rename/ }).click();
    const name = panel(chat).getByRole('textbox');
    await name.fill('苹果');
    await name.dispatchEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true, isComposing: true });
    // In Safari, the composition is over by then, and only `keyCode` tells.
    await name.dispatchEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true, keyCode: 229 });
    expect(await name.inputValue()).toBe('苹果');
  });

  test('The list opens, begins, renames and deletes conversations by keyboard alone', async () => {
    const page = await openAlice();
    const chat = page.chat();
    const { keyboard } = page.page;
    await chat.ask('about apples');
    await askInNew(chat, 'about pears');

    await button(chat).focus();
    await keyboard.press('Enter');
    await row(chat, 'about pears').waitFor();
    expect(await button(chat).getAttribute('aria-expanded')).toBe('true');
    expect(await row(chat, 'about pears').getAttribute('aria-current')).toBe('true');
    expect(await row(chat, 'about apples').locator('time').innerText()).toMatch(/^\d\d?:\d\d\s[AP]M$/);
    await keyboard.press('Escape');
    await panel(chat).waitFor({ state: 'detached' });
    expect(await page.page.evaluate(() => document.querySelector('coze-chat')?.shadowRoot?.activeElement?.className)).toBe('conversations');

    await keyboard.press('Enter');
    await row(chat, 'about pears').focus();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await panel(chat).waitFor({ state: 'detached' });
    await chat.answerTo('about apples').waitFor();
    expect(await log(chat)).not.toContain('pears');
    await expect.poll(() => chat.input.evaluate((field) => field === document.activeElement)).toBe(true);

    await show(chat);
    await panel(chat).getByRole('button', { name: 'Rename ⁨about pears⁩' }).press('Enter');
    await keyboard.press('Escape');
    expect(await panel(chat).count()).toBe(1);
    await keyboard.press('Enter');
    await keyboard.type('Pears and plums');
    await keyboard.press('Enter');
    await row(chat, 'Pears and plums').waitFor();

    await panel(chat).getByRole('button', { name: 'Delete ⁨Pears and plums⁩' }).press('Enter');
    await panel(chat).getByRole('button', { name: 'Cancel' }).press('Enter');
    expect(await row(chat, 'Pears and plums').count()).toBe(1);
    await keyboard.press('Enter');
    await confirmDeletion(chat, (confirm) => confirm.press('Enter'));
    await expect.poll(() => row(chat, 'about apples').evaluate((element) => element === document.activeElement)).toBe(true);

    await panel(chat).getByRole('button', { name: 'New conversation' }).press('Enter');
    await panel(chat).waitFor({ state: 'detached' });
    await expect.poll(() => log(chat)).not.toContain('apples');
    await chat.ask('about nothing');
    expect(await reported(page)).toEqual([]);
  });

  test('The list exists only on pages with the option, and Escape in it leaves a bubble’s panel open', async () => {
    const page = await openAlice({ attributes: { mode: 'bubble', open: '' } });
    const chat = page.chat();
    await show(chat);
    await panel(chat).press('Escape');
    await panel(chat).waitFor({ state: 'detached' });
    expect(await chat.element.evaluate((element: CozeChatElement) => element.open)).toBe(true);
    await chat.element.evaluate((element: CozeChatElement) => (element.chatOptions = {}));
    await expect.poll(() => button(chat).count()).toBe(0);
  });

  test('The list shows any name as text: markup, right-to-left, emoji, long, blank, and JSON of Coze’s own client', async () => {
    const names = [
      '<img src=x onerror=alert(1)>',
      'שלום <b>עולם</b>',
      '👩‍👩‍👧‍👦 family',
      'x'.repeat(100),
      ' \u200b ',
      '[{"type":"text","text":"a \\"quoted\\" que',
    ];
    const page = await openAlice();
    const chat = page.chat();
    for (const name of names) {
      await askInNew(chat, 'hi there');
      await chat.element.evaluate(async (element: CozeChatElement, name) => {
        const { conversations } = await element.listConversations();
        const current = conversations.find(({ isCurrent }) => isCurrent);
        await element.renameConversation(current?.id ?? '', name).catch(() => undefined);
      }, name);
    }
    await show(chat);
    await row(chat, 'hi there').first().waitFor();
    const shown = await panel(chat).locator('bdi').allInnerTexts();
    expect(shown.toSorted()).toEqual(
      ['<img src=x onerror=alert(1)>', 'a "quoted" que', 'hi there', 'x'.repeat(100), 'שלום <b>עולם</b>', '👩‍👩‍👧‍👦 family'].toSorted(),
    );
    expect(await panel(chat).locator('img, b').count()).toBe(0);
    const isWide = await panel(chat).evaluate((element) => element.scrollWidth > element.clientWidth);
    expect(isWide).toBe(false);
  });

  test('A name of 300 characters that another client gave takes two lines of the list, and can be replaced', async () => {
    const page = await openAlice();
    const chat = page.chat();
    await chat.ask('about apples');
    const name = '👩‍👩‍👧‍👦 <b>שלום</b> '.repeat(20).slice(0, 300);
    await page.page.route('**/v1/conversations?*', async (route) => {
      const answer = await (await route.fetch()).text();
      await route.fulfill({ contentType: 'application/json', body: answer.replace('about apples', name) });
    });
    await page.page.setViewportSize({ width: 320, height: 600 });
    await show(chat);
    const named = panel(chat).locator('bdi');
    await named.waitFor();
    expect(await named.innerText()).toBe(name.trim());
    expect(await named.evaluate(({ clientHeight }) => clientHeight)).toBeLessThan(50);
    expect(await panel(chat).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    await panel(chat)
      .getByRole('button', { name: /^Rename/ })
      .press('Enter');
    await page.page.keyboard.type('Apples');
    await page.page.keyboard.press('Enter');
    await row(chat, 'Apples').waitFor();
  });

  test('The list shows the first question as the name of a conversation if Coze gives it no name', async () => {
    world.coze.setFaults({ leavesUnnamed: true });
    const chat = (await openAlice()).chat();
    await chat.ask('what is a kumquat');
    await expect.poll(async () => (await world.coze.requests.filter(({ method }) => method === 'PUT')).length).toBe(1);
    await show(chat);
    await row(chat, 'what is a kumquat').waitFor();
  });

  test('A list of 2 000 conversations is loaded page by page, and shows each conversation once', { timeout: 120_000 }, async () => {
    const page = await openAlice();
    const chat = page.chat();
    await page.page.evaluate(async (count) => {
      const element = document.querySelector('coze-chat')!;
      const { conversations } = await element.listConversations();
      Object.assign(window, { first: conversations[0]?.id, count });
    }, 2_000);
    const token = await chat.element.evaluate(async (element: CozeChatElement) => {
      const response = await fetch(element.tokenEndpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"reason":"manual"}',
      });
      return ((await response.json()) as { access_token: string }).access_token;
    });
    for (let count = 0; count < 2_000; count += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          fetch(`${world.coze.origin}/v1/conversation/create`, {
            method: 'POST',
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            body: JSON.stringify({ bot_id: world.coze.botId, connector_id: '999', name: `number ${count + index}` }),
          }),
        ),
      );
    world.coze.clearRequests();
    await show(chat);
    await row(chat, 'number 1999').first().waitFor();
    expect(world.coze.requests.filter(({ path }) => path === '/v1/conversations').length).toBeLessThanOrEqual(2);
    // Meanwhile another tab creates a conversation, which moves all later entries of the list.
    await fetch(`${world.coze.origin}/v1/conversation/create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ bot_id: world.coze.botId, connector_id: '999', name: 'from another tab' }),
    });
    for (let pages = 0; pages < 5; pages++) {
      const known = await panel(chat).locator('bdi').count();
      await panel(chat).getByRole('button', { name: 'Show more' }).scrollIntoViewIfNeeded();
      await expect.poll(() => panel(chat).locator('bdi').count()).toBeGreaterThan(known);
    }
    const shown = await panel(chat).locator('bdi').allInnerTexts();
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown).toContain('number 1950');
  });
});

test('After deletions the next page of the list contains all remaining conversations', async () => {
  const page = await openAlice();
  const chat = page.chat();
  await chat.ask('the first one');
  const token = await chat.element.evaluate(async (element: CozeChatElement) => {
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"reason":"manual"}' };
    return ((await (await fetch(element.tokenEndpoint, request)).json()) as { access_token: string }).access_token;
  });
  for (let count = 0; count < 45; count++)
    await fetch(`${world.coze.origin}/v1/conversation/create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ bot_id: world.coze.botId, connector_id: '999', name: `number ${count}.` }),
    });
  await show(chat);
  await row(chat, 'number 44.').waitFor();
  for (const count of [44, 43]) {
    await panel(chat)
      .getByRole('button', { name: new RegExp(`^Delete.*number ${count}\\.`) })
      .click();
    await confirmDeletion(chat);
  }
  await expect
    .poll(async () => {
      await panel(chat).evaluate((list) => list.scrollTo(0, list.scrollHeight));
      return row(chat, 'number 19.').isVisible();
    })
    .toBe(true);
  const shown = await panel(chat).locator('bdi').allInnerTexts();
  expect(shown.slice(0, 24)).toEqual(Array.from({ length: 24 }, (_, index) => `number ${42 - index}.`));
});

describe('Choice of a conversation during an answer', () => {
  test('A conversation that is chosen during an answer is not mixed with it, and the answer is shown after a return', async () => {
    const page = await openAlice();
    const chat = page.chat();
    await chat.ask('the quiet place');
    const messages: string[] = [];
    await page.page.exposeFunction('tell', (text: string) => messages.push(text));
    await page.page.evaluate(() =>
      document.addEventListener('coze-message', ({ text }) => (window as unknown as { tell(text: string): void }).tell(text)),
    );
    await chat.element.evaluate((element: CozeChatElement) => element.newConversation());
    world.coze.setFaults({ holdLastWord: true });
    await chat.send('tell me a long story');
    await chat.frame.getByText('You said: tell me a').waitFor();

    await show(chat);
    await row(chat, 'the quiet place').click();
    await chat.answerTo('the quiet place').waitFor();
    expect(await log(chat)).not.toContain('story');
    world.coze.resetFaults();
    await chat.ask('a question of its own');
    expect(await log(chat)).not.toContain('story');

    await show(chat);
    await row(chat, 'tell me a long story').click();
    await chat.answerTo('tell me a long story').waitFor();
    expect(await log(chat)).not.toMatch(/quiet|of its own|broke off/);
    expect(messages).toEqual(['tell me a long story', 'a question of its own', 'You said: a question of its own']);
  });
});

describe('Failures of the list', () => {
  test('A missing permission to edit removes the buttons that need it, is reported, and leaves the chat usable', async () => {
    const page = await openAlice();
    const chat = page.chat();
    await chat.ask('about apples');
    await askInNew(chat, 'about pears');
    world.coze.setFaults({ missingPermissions: ['editConversation'] });
    await show(chat);
    await panel(chat).getByRole('button', { name: 'Delete ⁨about apples⁩' }).click();
    await panel(chat).getByRole('button', { name: 'Delete', exact: true }).click();
    await panel(chat).getByText('Conversations cannot be changed here.').waitFor();
    expect(
      await panel(chat)
        .getByRole('button', { name: /^(Rename|Delete)/ })
        .count(),
    ).toBe(0);
    expect(await reported(page)).toEqual([expect.stringContaining('editConversation')]);
    await row(chat, 'about apples').click();
    await chat.ask('and on it goes');
  });

  test('Without permission to list conversations, the list says so, and a new one can be begun', async () => {
    const page = await openAlice();
    const chat = page.chat();
    await chat.ask('about apples');
    world.coze.setFaults({ missingPermissions: ['listConversation'] });
    await show(chat);
    await panel(chat).getByText('Earlier conversations cannot be shown here.').waitFor();
    expect(await reported(page)).toEqual([expect.stringContaining('listConversation')]);
    await panel(chat).getByRole('button', { name: 'New conversation' }).click();
    await expect.poll(() => log(chat)).not.toContain('apples');
  });

  test('The list of a Coze app says that it is not available, and a new conversation can be begun', async () => {
    const page = await openAlice({ attributes: { 'bot-id': '', 'app-id': world.coze.appId, 'workflow-id': world.coze.workflowId } });
    const chat = page.chat();
    await chat.ask('about apples');
    await show(chat);
    await panel(chat).getByText('Earlier conversations cannot be shown here.').waitFor();
    await panel(chat).getByRole('button', { name: 'New conversation' }).click();
    await expect.poll(() => log(chat)).not.toContain('apples');
    await chat.ask('about pears');
    expect(await reported(page)).toEqual([]);
  });

  test('A conversation that was deleted elsewhere is removed from list and screen, and the next message is not lost', async () => {
    const page = await openAlice({ expectedErrors: [/status of/] });
    const chat = page.chat();
    await chat.ask('about apples');
    await askInNew(chat, 'about pears');
    await show(chat);
    await row(chat, 'about apples').waitFor();
    world.coze.forgetConversations();
    await row(chat, 'about apples').click();
    await panel(chat).getByText('This conversation no longer exists.').waitFor();
    await expect.poll(() => row(chat, 'about apples').count()).toBe(0);
    await panel(chat).press('Escape');

    await chat.send('are you there');
    await chat.frame.getByText('This conversation no longer exists.').first().waitFor();
    await expect.poll(() => log(chat)).not.toContain('pears');
    await expect.poll(() => chat.input.inputValue()).toBe('are you there');
    // The conversation in its place has begun.
    await chat.untilIdle();
    await chat.input.press('Enter');
    await chat.answerTo('are you there').waitFor();
  });

  test('Offline, the list reports that it could not be loaded or changed, and both can be retried', async () => {
    const page = await openAlice({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|Failed to load/] });
    const chat = page.chat();
    const context = page.page.context();
    await chat.ask('about apples');
    await chat.element.evaluate((element: CozeChatElement) => element.listConversations());
    await context.setOffline(true);
    await show(chat);
    await panel(chat).getByText('The conversations could not be loaded.').waitFor();
    await context.setOffline(false);
    await panel(chat).getByRole('button', { name: 'Try again' }).click();
    await row(chat, 'about apples').waitFor();
    await context.setOffline(true);
    await panel(chat)
      .getByRole('button', { name: /^Rename/ })
      .click();
    await panel(chat).getByRole('textbox').fill('offline');
    await panel(chat).getByRole('textbox').press('Enter');
    await panel(chat).getByText('Something went wrong. Please try again.').waitFor();
    await context.setOffline(false);
    // What was written is still there.
    await panel(chat).getByRole('textbox').press('Enter');
    await row(chat, 'offline').waitFor();
  });

  test('Offline, no conversation is opened, begun or deleted, the list says so each time, and each can be retried', async () => {
    const page = await openAlice({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|Failed to load/] });
    const chat = page.chat();
    const context = page.page.context();
    await chat.ask('about apples');
    await askInNew(chat, 'about pears');
    const notice = panel(chat).getByText('Something went wrong. Please try again.');
    const attempt = async (control: Locator): Promise<void> => {
      await context.setOffline(true);
      await control.press('Enter');
      await notice.waitFor();
      expect(await log(chat)).toContain('about pears');
      await context.setOffline(false);
    };
    await show(chat);
    await row(chat, 'about apples').waitFor();
    world.coze.clearRequests();
    await panel(chat).getByRole('button', { name: 'Delete ⁨about apples⁩' }).press('Enter');
    await attempt(panel(chat).getByRole('button', { name: 'Delete', exact: true }));
    await attempt(panel(chat).getByRole('button', { name: 'New conversation' }));
    await attempt(row(chat, 'about apples'));
    expect(world.coze.requests.filter(({ path }) => path.startsWith('/v1/conversation'))).toEqual([]);

    await row(chat, 'about apples').press('Enter');
    await panel(chat).waitFor({ state: 'detached' });
    await chat.answerTo('about apples').waitFor();
    await show(chat);
    await panel(chat).getByRole('button', { name: 'Delete ⁨about pears⁩' }).press('Enter');
    await confirmDeletion(chat, (confirm) => confirm.press('Enter'));
    await panel(chat).getByRole('button', { name: 'New conversation' }).press('Enter');
    await expect.poll(() => log(chat)).not.toContain('apples');
    expect(world.coze.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
    expect(world.coze.requests.filter(({ path }) => path === '/v1/conversation/create')).toHaveLength(1);
  });

  test('A conversation that the visitor deletes in another tab is replaced in this one, and the message is not lost', async () => {
    const context = await world.newContext();
    const here = (await openAlice({ context, expectedErrors: [/status of/] })).chat();
    await here.ask('about apples');
    const there = (await openAlice({ context })).chat();
    await there.answerTo('about apples').waitFor();
    await show(there);
    await panel(there).getByRole('button', { name: 'Delete ⁨about apples⁩' }).click();
    await confirmDeletion(there);

    await here.send('are you there');
    await here.frame.getByText('This conversation no longer exists.').first().waitFor();
    await expect.poll(() => here.input.inputValue()).toBe('are you there');
    // The conversation in its place has begun.
    await here.untilIdle();
    await here.input.press('Enter');
    await here.answerTo('are you there').waitFor();
    expect(await log(here)).not.toContain('apples');
  });

  test('In a long list the notice about a failed change is in view, wherever the visitor has scrolled to', async () => {
    const page = await openAlice({ expectedErrors: [/500/] });
    const chat = page.chat();
    await page.page.setViewportSize({ width: 320, height: 256 });
    const { sessionName = '' } = world.coze.requests.findLast(({ path }) => path.endsWith('/oauth2/token')) ?? {};
    world.coze.addConversations(sessionName, 12);
    await show(chat);
    await panel(chat)
      .getByRole('button', { name: /^Rename/ })
      .last()
      .press('Enter');
    world.coze.setFaults({ api: 'http-500' });
    await panel(chat).getByRole('textbox').fill('a better name');
    await panel(chat).getByRole('textbox').press('Enter');
    const notice = panel(chat).getByText('Something went wrong. Please try again.');
    await notice.waitFor();
    expect(
      await notice.evaluate((element) => {
        const { left, top, bottom } = element.getBoundingClientRect();
        return element === document.elementFromPoint(left + 10, (top + bottom) / 2);
      }),
    ).toBe(true);
  });

  test('A double click deletes the current conversation once, and one new conversation begins', async () => {
    const page = await openAlice();
    const chat = page.chat();
    await chat.ask('about apples');
    await show(chat);
    await panel(chat)
      .getByRole('button', { name: /^Delete/ })
      .click();
    world.coze.clearRequests();
    world.coze.setFaults({ allDelayMs: 300 });
    await confirmDeletion(chat, (confirm) => confirm.dblclick());
    const made = (): readonly string[] => world.coze.requests.map(({ method, path }) => `${method} ${path.replace(/\d+$/, '…')}`);
    await expect.poll(made).toContain('POST /v1/conversation/create');
    await chat.untilIdle();
    expect(made().filter((request) => /^(?:DELETE|POST \/v1\/conversation\/create)/.test(request))).toEqual([
      'DELETE /v1/conversations/…',
      'POST /v1/conversation/create',
    ]);
  });

  test('Another visitor never sees the former visitor’s list', async () => {
    const page = await openAlice();
    const chat = page.chat();
    await chat.ask('a secret of Alice');
    await show(chat);
    await row(chat, 'a secret of Alice').waitFor();
    await page.signIn('left', 'bob');
    await chat.element.evaluate((element: CozeChatElement) => (element.userId = 'bob'));
    await chat.untilIdle();
    expect(await panel(chat).count()).toBe(0);
    expect(await button(chat).getAttribute('aria-expanded')).toBe('false');
    await show(chat);
    await row(chat, 'Untitled').waitFor();
    expect(await panel(chat).innerText()).not.toContain('Alice');
  });
});

test.each([
  ['light, English, 220 pixels wide', { locale: 'en', theme: 'light' }, { width: 220, height: 600 }, 'none'],
  ['dark, Arabic, at 400 %', { locale: 'ar', theme: 'dark' }, { width: 320, height: 256 }, 'none'],
  ['in forced colours', { locale: 'de' }, { width: 800, height: 600 }, 'active'],
] as const)('The list passes axe: %s', async (_, attributes, viewport, forcedColors) => {
  const page = await openAliceAs(attributes);
  await page.page.setViewportSize(viewport);
  await page.page.emulateMedia({ forcedColors });
  const chat = page.chat();
  await chat.element.evaluate((element: CozeChatElement) => element.sendMessage('a rather long question about apples, pears and plums'));
  await chat.element.locator('.conversations').click();
  const dialog = chat.frame.locator('dialog.conversations');
  await dialog.locator('.conversation__open').waitFor();
  await dialog.locator('.conversation__delete').click();
  const frame = page.page.frames()[1];
  await frame?.evaluate(axe.source);
  const violations = await frame?.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { iframes: false });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  });
  expect(violations).toEqual([]);
  expect(await dialog.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(false);
});

async function openAliceAs(attributes: Readonly<Record<string, string>>): Promise<ChatPage> {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { mode: 'page', ...attributes } });
  await page.chat().element.evaluate((element: CozeChatElement) => (element.chatOptions = { conversations: true }));
  await page.chat().untilStatus('ready');
  return page;
}
