/** What visitors may do with their own data: download a conversation, and delete all of them. */
import { readFile } from 'node:fs/promises';
import axe from 'axe-core';
import type { Download, Locator } from 'playwright';
import { afterEach, describe, expect, test } from 'vitest';
import type { CozeChatElement, CozeErrorEvent, DownloadFormat } from '../../src/index.js';
import type { ChatPage, PaneChat } from './support/chat-page.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
// Vitest runs hooks in reverse order: this one has to run after the pages are closed.
afterEach(() => world.coze.forgetConversations());
setUpWorld((created) => (world = created));

type Options = Partial<Parameters<World['open']>[0]>;

async function openAlice(chatOptions: object = { ownData: true }, options: Options = {}): Promise<ChatPage> {
  const page = await world.open({ signedIn: { left: 'alice' }, ...options });
  await page.page.evaluate((chatOptions) => {
    const reported: string[] = [];
    Object.assign(window, { reported });
    document.addEventListener('coze-error', ({ message }: CozeErrorEvent) => reported.push(message));
    document.querySelector('coze-chat')!.chatOptions = chatOptions;
  }, chatOptions);
  await page.chat().untilStatus('ready');
  return page;
}

const reported = ({ page }: ChatPage): Promise<readonly string[]> =>
  page.evaluate(() => (window as unknown as { reported: string[] }).reported);
const opener = (chat: PaneChat, name = 'Your data'): Locator => chat.element.getByRole('button', { name });
const menu = (chat: PaneChat): Locator => chat.frame.getByRole('dialog', { name: 'Your data' });
const question = (chat: PaneChat): Locator => chat.frame.getByRole('dialog', { name: /^Delete .*\?$/ });
const log = (chat: PaneChat): Promise<string> => chat.frame.getByRole('log').innerText();

async function showMenu(chat: PaneChat): Promise<Locator> {
  await opener(chat).click();
  await menu(chat).getByRole('button', { name: 'Delete all my conversations' }).waitFor();
  return menu(chat);
}

async function contentOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

/** A token of the visitor in this chat, to prepare data that would take a visitor too long. */
async function tokenOf(chat: PaneChat): Promise<string> {
  return chat.element.evaluate(async (element: CozeChatElement) => {
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"reason":"manual"}' };
    return ((await (await fetch(element.tokenEndpoint, request)).json()) as { access_token: string }).access_token;
  });
}

async function callCoze(token: string, method: string, path: string, body?: object): Promise<{ readonly data: never }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(world.coze.origin + path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  return (await response.json()) as { readonly data: never };
}

/** Gives conversations to the visitor who got the last token. */
function seed(count: number): void {
  const sessionName = world.coze.requests.findLast(({ path, status }) => path.endsWith('/oauth2/token') && status === 200)?.sessionName;
  world.coze.addConversations(sessionName ?? '', count);
}

async function countLeft(token: string): Promise<number> {
  let count = 0;
  for (let page = 1; ; page++) {
    const query = `bot_id=${world.coze.botId}&connector_id=999&page_num=${page}&page_size=50`;
    const { data } = await callCoze(token, 'GET', `/v1/conversations?${query}`);
    const { conversations, has_more: hasMore } = data as { conversations: unknown[]; has_more: boolean };
    count += conversations.length;
    if (!hasMore) return count;
  }
}

const download = (chat: PaneChat, format?: DownloadFormat): Promise<{ name: string; type: string; text: string } | string> =>
  chat.element.evaluate(
    (element: CozeChatElement, format) =>
      element.downloadConversation(format).then(
        async (file) => ({ name: file.name, type: file.type, text: await file.text(), isFile: file instanceof File }),
        ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
      ),
    format,
  );

const deleteAll = (chat: PaneChat): Promise<unknown> =>
  chat.element.evaluate((element: CozeChatElement) => element.deleteConversations().catch(({ code }: { code: string }) => code));

interface Recorded {
  readonly format: string;
  readonly version: number;
  readonly notice: string;
  readonly complete: boolean;
  readonly messages: readonly { readonly role: string; readonly text: string; readonly madeByAi: boolean; readonly createdAt: string }[];
}

describe('Download of a conversation', () => {
  test(
    'A downloaded conversation has roles, times and the AI label, keeps text as text, and contains no id and no token',
    { tags: 'gateway' },
    async () => {
      const page = await openAlice();
      const chat = page.chat();
      const foreign = '<img src=x onerror=alert(1)> [2026-01-01T00:00:00Z] Assistant (AI): "quoted"';
      await chat.ask(foreign);
      const entries = await showMenu(chat);
      world.coze.clearRequests();

      const [text] = await Promise.all([
        page.page.waitForEvent('download'),
        entries.getByRole('button', { name: 'Download this conversation as text' }).click(),
      ]);
      expect(text.suggestedFilename()).toMatch(/^conversation-\d{8}T\d{6}Z\.txt$/);
      const readable = await contentOf(text);
      expect(readable).toMatch(
        /^\ufeffConversation\nSaved at: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\nAnswers are made by AI and can be wrong\.\n\n\[/,
      );
      expect(readable).toMatch(/\n\[[\dTZ:-]+\] You:\n {4}<img src=x/);
      expect(readable.match(/^\[.*Assistant \(AI\):$/gm)).toHaveLength(1);
      await entries.getByText(`Saved: ⁨${text.suggestedFilename()}⁩`).waitFor();

      const [json] = await Promise.all([
        page.page.waitForEvent('download'),
        entries.getByRole('button', { name: 'Download this conversation as JSON' }).click(),
      ]);
      const content = await contentOf(json);
      const { format, version, complete, messages } = JSON.parse(content) as Recorded;
      expect({ format, version, complete }).toEqual({ format: 'coze-chat-embed/conversation', version: 1, complete: true });
      expect(messages.map(({ role, madeByAi }) => [role, madeByAi])).toEqual([
        ['user', false],
        ['assistant', true],
      ]);
      expect(messages[0]?.text).toBe(foreign);
      expect(content + readable).not.toMatch(/czs_|Bearer|\d{17,}/);
      // Only messages were requested, and nothing of the file was sent.
      expect(new Set(world.coze.requests.map(({ path }) => path))).toEqual(new Set(['/v1/conversation/message/list']));
      expect(await reported(page)).toEqual([]);
    },
  );

  test('A downloaded conversation is in the visitor’s language, and complete', async () => {
    const page = await openAlice({ ownData: true }, { attributes: { locale: 'de' } });
    const chat = page.chat();
    await chat.element.evaluate((element: CozeChatElement) => element.sendMessage('guten Tag'));
    const token = await tokenOf(chat);
    const { id } = (
      await chat.element.evaluate(async (element: CozeChatElement) => (await element.listConversations()).conversations)
    )[0] as { id: string };
    for (let index = 0; index < 130; index++) {
      const message = { role: 'user', content: `Frage ${index}`, content_type: 'text' };
      await callCoze(token, 'POST', `/v1/conversation/message/create?conversation_id=${id}`, message);
    }
    const file = (await download(chat, 'json')) as { text: string };
    const { notice, complete, messages } = JSON.parse(file.text) as Recorded;
    expect(notice).toBe('Antworten stammen von einer KI und können falsch sein.');
    expect(complete).toBe(true);
    expect(messages.map(({ text }) => text).filter((text) => text.startsWith('Frage'))).toEqual(
      Array.from({ length: 130 }, (_, index) => `Frage ${index}`),
    );
    expect(messages).toHaveLength(132);
  });

  test('A page gets a download as a file of its own realm, and an unknown format is rejected', { tags: 'gateway' }, async () => {
    const chat = (await openAlice({})).chat();
    await chat.ask('good day');
    expect(await download(chat)).toMatchObject({
      type: 'text/plain;charset=utf-8',
      isFile: true,
      text: expect.stringContaining('good day'),
    });
    expect(await download(chat, 'pdf' as DownloadFormat)).toBe('chat_failed: A conversation is downloaded as text or json.');
    expect(await opener(chat).count()).toBe(0);
  });

  test(
    'A download of Alice’s conversation is cancelled when Bob signs in, and the page’s promise is rejected',
    { tags: 'gateway' },
    async () => {
      const page = await openAlice();
      const chat = page.chat();
      await chat.ask('a secret of Alice');
      const downloads: Download[] = [];
      page.page.on('download', (file) => downloads.push(file));
      const entries = await showMenu(chat);
      const go = await page.hold(/message\/list/);
      await entries.getByRole('button', { name: 'Download this conversation as text' }).click();
      const ofPage = download(chat, 'json');
      await page.signIn('left', 'bob');
      await chat.element.evaluate((element: CozeChatElement) => (element.userId = 'bob'));
      go();
      expect(await ofPage).toMatch(/^interrupted/);
      await chat.untilIdle();
      await chat.ask('here is Bob');
      expect(downloads).toEqual([]);
      const file = (await download(chat)) as { text: string };
      expect(file.text).not.toContain('secret');
    },
  );

  test('A download is not saved if the backend now names another visitor, even before the page has noticed', async () => {
    const context = await world.newContextWithClock();
    const page = await openAlice({ ownData: true }, { context });
    const chat = page.chat();
    await chat.ask('a secret of Alice');
    const downloads: Download[] = [];
    page.page.on('download', (file) => downloads.push(file));
    const entries = await showMenu(chat);
    await page.signIn('left', 'bob');
    // Longer than a confirmation is valid.
    await world.passTime(page, 31_000);
    await entries.getByRole('button', { name: 'Download this conversation as text' }).click();
    await expect.poll(() => log(chat).catch(() => 'secret')).not.toContain('secret');
    await chat.ask('here is Bob');
    expect(downloads).toEqual([]);
  });

  test('A download without the permission for messages fails, and coze-error names the permission', async () => {
    const page = await openAlice();
    const chat = page.chat();
    await chat.ask('good day');
    const entries = await showMenu(chat);
    world.coze.setFaults({ missingPermissions: ['listMessage'] });
    await entries.getByRole('button', { name: 'Download this conversation as JSON' }).click();
    await entries.getByText('This is not possible here.').waitFor();
    expect(await reported(page)).toEqual([expect.stringContaining('listMessage')]);
    world.coze.setFaults({ missingPermissions: [], paths: { '/v1/conversation/message/list': { code: 5000, msg: 'internal' } } });
    await entries.getByRole('button', { name: 'Download this conversation as JSON' }).click();
    await entries.getByText('The conversation could not be downloaded. Please try again.').waitFor();
  });
});

test('The visitor’s feedback on a conversation is forgotten when the page deletes the conversation', async () => {
  const page = await openAlice({ feedback: { shown: true } });
  const chat = page.chat();
  await chat.ask('about cherries');
  await chat.frame.getByRole('button', { name: 'Good answer' }).first().press('Enter');
  await chat.frame.getByText('Thank you for your feedback.').first().waitFor();
  const stored = (): Promise<string> => page.page.evaluate(() => localStorage.getItem('coze-chat-feedback') ?? '[]');
  expect(await stored()).not.toBe('[]');
  await chat.element.evaluate(async (element: CozeChatElement) => {
    const { conversations } = await element.listConversations();
    await element.deleteConversation(conversations.find(({ isCurrent }) => isCurrent)?.id ?? '');
  });
  expect(await stored()).toBe('[]');
});

describe('Deletion of all conversations', () => {
  test('All conversations are deleted by keyboard alone after a question that names the exceptions, and a new one begins', async () => {
    const page = await openAlice({ ownData: true, conversations: true, feedback: { shown: true } });
    const chat = page.chat();
    const { keyboard } = page.page;
    await chat.ask('about apples');
    await chat.frame.getByRole('button', { name: 'Good answer' }).first().press('Enter');
    await chat.frame.getByText('Thank you for your feedback.').first().waitFor();
    await chat.element.evaluate((element: CozeChatElement) => element.newConversation());
    await chat.ask('about pears');
    const token = await tokenOf(chat);
    const kept = (): Promise<string> => page.page.evaluate(() => localStorage.getItem('coze-chat-feedback') ?? '[]');
    expect(await kept()).not.toBe('[]');
    const newest = (): Promise<string> => page.page.evaluate(() => localStorage.getItem('coze-chat-embed:newest') ?? '');
    const before = await newest();

    await opener(chat, 'Conversations').focus();
    await keyboard.press('Enter');
    const summary = chat.frame.locator('summary');
    await summary.waitFor();
    await summary.focus();
    await keyboard.press('Enter');
    for (let tab = 0; tab < 3; tab++) await keyboard.press('Tab');
    await keyboard.press('Enter');
    await question(chat).waitFor();
    expect(await question(chat).innerText()).toMatch(/cannot be undone[^]*Not deleted: files you have sent/);
    expect(
      await question(chat)
        .getByRole('button', { name: 'Cancel' })
        .evaluate((element) => element === document.activeElement),
    ).toBe(true);
    await keyboard.press('Escape');
    await question(chat).waitFor({ state: 'detached' });
    expect(await countLeft(token)).toBe(2);
    expect(await chat.frame.locator(':focus').innerText()).toBe('Delete all my conversations');

    await keyboard.press('Enter');
    await question(chat).waitFor();
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await question(chat).getByText('Everything has been deleted.').waitFor();
    await expect.poll(() => log(chat)).not.toMatch(/apples|pears/);
    await keyboard.press('Escape');
    await question(chat).waitFor({ state: 'detached' });
    await expect.poll(() => chat.input.evaluate((field) => field === document.activeElement)).toBe(true);
    // The new conversation.
    expect(await countLeft(token)).toBe(1);
    expect(await kept()).toBe('[]');
    await expect.poll(newest).not.toBe(before);
    await chat.ask('in the new one');
    expect(await reported(page)).toEqual([]);
  });

  // Several pages of the list.
  test('All of 300 conversations are deleted, and one that fails stays until a retry', async () => {
    const page = await openAlice({ ownData: true }, { expectedErrors: [/500/] });
    const chat = page.chat();
    const token = await tokenOf(chat);
    seed(300);
    const stubborn = await callCoze(token, 'POST', '/v1/conversation/create', { bot_id: world.coze.botId, connector_id: '999' });
    const { id } = stubborn.data as { id: string };
    world.coze.setFaults({ paths: { [`/v1/conversations/${id}`]: 'http-500' } });
    await showMenu(chat);
    await menu(chat).getByRole('button', { name: 'Delete all my conversations' }).click();
    await question(chat).getByRole('button', { name: 'Delete', exact: true }).click();
    await question(chat).getByRole('progressbar').waitFor();
    await question(chat).getByText('Still there: 1').waitFor();
    expect(await countLeft(token)).toBe(2);
    world.coze.resetFaults();
    await question(chat).getByRole('button', { name: 'Try again' }).click();
    await question(chat).getByText('Everything has been deleted.').waitFor();
    expect(await countLeft(token)).toBe(1);
    await question(chat).getByRole('button', { name: 'Close' }).click();
    await menu(chat).waitFor({ state: 'detached' });
    await chat.ask('good day');
    expect(await reported(page)).toEqual([]);
  });

  test('A stopped deletion keeps the remaining conversations, and says how many there are', async () => {
    const page = await openAlice();
    const chat = page.chat();
    const token = await tokenOf(chat);
    seed(40);
    await showMenu(chat);
    const go = await page.hold(/\/v1\/conversations\/\d+/);
    await menu(chat).getByRole('button', { name: 'Delete all my conversations' }).click();
    await question(chat).getByRole('button', { name: 'Delete', exact: true }).click();
    await question(chat).getByRole('button', { name: 'Stop' }).click();
    go();
    await question(chat).getByText('Still there: 37').waitFor();
    expect(await countLeft(token)).toBe(37);
    await page.page.keyboard.press('Escape');
    await question(chat).waitFor({ state: 'detached' });
  });

  test('A deletion for Alice stops when Bob signs in, and none of Bob’s conversations is deleted', async () => {
    const page = await openAlice();
    const chat = page.chat();
    const token = await tokenOf(chat);
    seed(20);
    const go = await page.hold(/\/v1\/conversations\/\d+/);
    const outcome = deleteAll(chat);
    await page.page.waitForRequest((request) => request.method() === 'DELETE');
    await page.signIn('left', 'bob');
    await chat.element.evaluate((element: CozeChatElement) => (element.userId = 'bob'));
    expect(await outcome).toBe('interrupted');
    await chat.untilIdle();
    await chat.ask('here is Bob');
    const bob = await tokenOf(chat);
    world.coze.clearRequests();
    go();
    await chat.ask('and still here');
    expect(world.coze.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
    expect([await countLeft(token), await countLeft(bob)]).toEqual([21, 1]);
  });

  test('The method deleteConversations() returns the number of deleted conversations, and rejects with the name of a missing permission', async () => {
    const page = await openAlice({});
    const chat = page.chat();
    await chat.ask('about apples');
    seed(5);
    world.coze.setFaults({ missingPermissions: ['editConversation'] });
    const refused = chat.element.evaluate((element: CozeChatElement) =>
      element.deleteConversations().catch(({ code, message }: { code: string; message: string }) => ({ code, message })),
    );
    expect(await refused).toEqual({ code: 'chat_failed', message: expect.stringContaining('the permission editConversation') });
    world.coze.setFaults({ missingPermissions: [], nextOfPath: { '/v1/conversations': { code: 4013, msg: 'too many requests' } } });
    expect(await deleteAll(chat)).toEqual({ deleted: 6, failed: 0 });
    expect(await log(chat)).not.toContain('apples');
    await chat.ask('about pears');
  });

  test(
    'A visitor without the permission reads that the deletion is not possible, and nothing is deleted',
    { tags: 'gateway' },
    async () => {
      const page = await openAlice();
      const chat = page.chat();
      await chat.ask('about apples');
      world.coze.setFaults({ missingPermissions: ['editConversation'] });
      await showMenu(chat);
      await menu(chat).getByRole('button', { name: 'Delete all my conversations' }).click();
      await question(chat).getByRole('button', { name: 'Delete', exact: true }).click();
      await question(chat).getByText('This is not possible here.').waitFor();
      await question(chat).getByRole('button', { name: 'Close' }).click();
      await page.page.keyboard.press('Escape');
      await menu(chat).waitFor({ state: 'detached' });
      expect(await reported(page)).toEqual([expect.stringContaining('editConversation')]);
      expect(await log(chat)).toContain('apples');
      await opener(chat).click();
      await menu(chat).getByRole('button', { name: 'Download this conversation as text' }).waitFor();
      expect(await menu(chat).getByRole('button', { name: 'Delete all my conversations' }).count()).toBe(0);
    },
  );

  test('In a Coze app only the current conversation is deleted, and the question says so before', { tags: 'gateway' }, async () => {
    const attributes = { 'bot-id': '', 'app-id': world.coze.appId, 'workflow-id': world.coze.workflowId };
    const page = await openAlice({ ownData: true }, { attributes });
    const chat = page.chat();
    await chat.ask('about apples');
    expect(await download(chat)).toMatchObject({ text: expect.stringContaining('about apples') });
    await opener(chat).click();
    await menu(chat).getByRole('button', { name: 'Delete this conversation' }).click();
    expect(await question(chat).innerText()).toContain('Earlier ones with this assistant are not listed anywhere');
    await question(chat).getByRole('button', { name: 'Delete', exact: true }).click();
    await question(chat).getByText('Everything has been deleted.').waitFor();
    await expect.poll(() => log(chat)).not.toContain('apples');
    await question(chat).getByRole('button', { name: 'Close' }).click();
    await chat.ask('about pears');
    expect(await reported(page)).toEqual([]);
  });
});

test('Offline, a download and a deletion say that they have failed, and each can be retried', async () => {
  const page = await openAlice({ ownData: true }, { expectedErrors: [/ERR_INTERNET_DISCONNECTED|Failed to load/] });
  const chat = page.chat();
  const context = page.page.context();
  await chat.ask('about apples');
  await showMenu(chat);
  await context.setOffline(true);
  const save = menu(chat).getByRole('button', { name: 'Download this conversation as text' });
  await save.press('Enter');
  await menu(chat).getByText('The conversation could not be downloaded. Please try again.').waitFor();
  await context.setOffline(false);
  const [saved] = await Promise.all([page.page.waitForEvent('download'), save.press('Enter')]);
  expect(await contentOf(saved)).toContain('about apples');

  await menu(chat).getByRole('button', { name: 'Delete all my conversations' }).press('Enter');
  await context.setOffline(true);
  world.coze.clearRequests();
  await question(chat).getByRole('button', { name: 'Delete', exact: true }).press('Enter');
  await question(chat).getByText('Something went wrong. Please try again.').waitFor();
  expect(await log(chat)).toContain('about apples');
  await context.setOffline(false);
  await question(chat).getByRole('button', { name: 'Try again' }).press('Enter');
  await question(chat).getByText('Everything has been deleted.').waitFor();
  expect(world.coze.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  expect(await log(chat)).not.toContain('about apples');
});

test('The code for own data is loaded on first use, and the option can be set and removed in a live chat', async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  const chat = page.chat();
  await chat.untilIdle();
  const files: string[] = [];
  page.page.on('request', (request) => files.push(request.url()));
  await chat.element.evaluate((element: CozeChatElement) => (element.chatOptions = { ownData: true }));
  await opener(chat).waitFor();
  expect(files.filter((url) => url.includes('/own-data-') || url.includes('/conversations-'))).toEqual([
    expect.stringContaining('conversations-button'),
  ]);
  await showMenu(chat);
  expect(files.some((url) => url.includes('/own-data-'))).toBe(true);
  await page.page.keyboard.press('Escape');
  await menu(chat).waitFor({ state: 'detached' });
  expect(await page.page.evaluate(() => document.querySelector('coze-chat')?.shadowRoot?.activeElement?.className)).toBe('conversations');
  await chat.element.evaluate((element: CozeChatElement) => (element.chatOptions = {}));
  await expect.poll(() => opener(chat).count()).toBe(0);
});

test.each([
  ['light, English, 220 pixels wide', { locale: 'en', theme: 'light' }, { width: 220, height: 600 }, 'none', {}],
  ['dark, Arabic, at 400 %', { locale: 'ar', theme: 'dark' }, { width: 320, height: 256 }, 'none', {}],
  ['in forced colours, in the list', { locale: 'de' }, { width: 800, height: 600 }, 'active', { conversations: true }],
] as const)('Menu and question pass axe: %s', async (_, attributes, viewport, forcedColors, chatOptions) => {
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { mode: 'page', ...attributes } });
  const chat = page.chat();
  await chat.element.evaluate((element: CozeChatElement, options) => (element.chatOptions = { ownData: true, ...options }), chatOptions);
  await page.page.setViewportSize(viewport);
  await page.page.emulateMedia({ forcedColors });
  await chat.element.evaluate((element: CozeChatElement) => element.sendMessage('a rather long question about apples, pears and plums'));
  await chat.element.locator('.conversations').click();
  const dialog = chat.frame.locator('dialog.conversations');
  if ('conversations' in chatOptions) await dialog.locator('summary').click();
  const last = dialog.locator('.own-data button').last();
  await last.waitFor();
  const findViolations = async (): Promise<unknown> => {
    const frame = page.page.frames()[1];
    await frame?.evaluate(axe.source);
    return frame?.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { iframes: false });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    });
  };
  expect(await findViolations()).toEqual([]);
  expect(await dialog.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(false);
  await last.click();
  const asked = chat.frame.locator('dialog.ask');
  await asked.waitFor();
  expect(await findViolations()).toEqual([]);
  expect(await asked.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(false);
});
