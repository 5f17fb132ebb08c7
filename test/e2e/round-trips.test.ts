/** Counts the sequential round trips before a chat is usable: they are what a distant visitor waits for. */
import type { BrowserContext } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { watchConsole } from './support/browser-reports.js';
import { ChatPage } from './support/chat-page.js';
import { GatedNetwork } from './support/gated-network.js';
import type { Api } from './support/host-page.js';
import { World } from './support/world.js';

let world: World;
let network: GatedNetwork;
let apiOrigin = '';
let siteOrigin = '';
beforeAll(async () => {
  world = await World.create();
  network = new GatedNetwork();
  apiOrigin = await network.before(world.coze.origin);
  siteOrigin = await network.before(world.host.origin, 'localhost');
});
afterEach(async () => {
  await network.open();
  await world.afterEach();
  world.coze.forgetConversations();
});
afterAll(async () => {
  await network.stop();
  await world.close();
});

/** A visitor's page with a chat, at the other end of the network. */
async function openPage(context: BrowserContext, api: Api = 'coze'): Promise<ChatPage> {
  const attributes: Record<string, string> = { mode: 'bubble', ...(api === 'coze' && { 'api-base-url': apiOrigin }) };
  const url = world.host.put({ signedIn: { left: 'alice' }, api, attributes });
  const page = await context.newPage();
  onTestFinished(watchConsole(page, []));
  const chatPage = new ChatPage(page, url.replace(world.host.origin, siteOrigin));
  await chatPage.signIn('left', 'alice');
  await chatPage.load();
  await launcherOf(chatPage).waitFor();
  return chatPage;
}

const launcherOf = (page: ChatPage) => page.chat().element.getByRole('button', { name: 'Open chat' });

/** Whether the visitor can write in the text field, and can read the history. */
async function isUsable(page: ChatPage, history = ''): Promise<boolean> {
  const chat = page.chat();
  if ((await chat.status()) !== 'ready' || !(await chat.input.isEnabled())) return false;
  return history === '' || (await chat.frame.getByRole('log').innerText()).includes(history);
}

const isAsked = (name: string): boolean => !/ \/(?:coze-chat-embed|pages)\//.test(name);

const isOfGateway = (name: string): boolean => name.includes('/gateway/');

/** A visit with a question and an answer. */
async function talk(page: ChatPage): Promise<void> {
  await launcherOf(page).click();
  await page.chat().send('say:\nIt is **there**.');
  await page.chat().frame.locator('strong').last().waitFor();
  await page.chat().untilIdle();
}

/** The same visitor's browser on another day: it keeps its persistent storage, but not its cache. */
async function anotherDay(context: BrowserContext): Promise<BrowserContext> {
  const later = await world.browser.newContext({ storageState: await context.storageState() });
  onTestFinished(() => later.close());
  return later;
}

test('A new visitor’s chat is usable three round trips after the click', async () => {
  const page = await openPage(await world.newContext());
  network.hold();
  await launcherOf(page).click();
  const rounds = await network.roundsUntil(page.page, () => isUsable(page));
  expect(rounds.length, JSON.stringify(rounds, null, 1)).toBeLessThanOrEqual(3);
});

test('A returning visitor reads the history three round trips after the click', async () => {
  const context = await world.newContext();
  await talk(await openPage(context));
  const page = await openPage(await anotherDay(context));
  network.hold();
  await launcherOf(page).click();
  const rounds = await network.roundsUntil(page.page, () => isUsable(page, 'It is there.'));
  expect(rounds.length, JSON.stringify(rounds, null, 1)).toBeLessThanOrEqual(3);
});

test('On the second page of a visit, an open chat is usable after the token and one request', async () => {
  const context = await world.newContext();
  await talk(await openPage(context));
  const page = await openPage(await anotherDay(context));
  await launcherOf(page).click();
  await page.chat().frame.getByText('It is there.').waitFor();
  network.hold(isAsked);
  await page.load();
  const rounds = await network.roundsUntil(page.page, () => isUsable(page, 'It is there.'));
  expect(rounds.length, JSON.stringify(rounds, null, 1)).toBeLessThanOrEqual(2);
});

test('After a hover, a click opens a usable chat at once', async () => {
  const page = await openPage(await world.newContext());
  network.hold();
  await launcherOf(page).hover();
  await network.roundsUntil(page.page, () => isUsable(page));
  await launcherOf(page).click();
  expect(await isUsable(page)).toBe(true);
});

test('The second message of a conversation is answered after one round trip', async () => {
  const page = await openPage(await world.newContext());
  await talk(page);
  network.hold();
  await page.chat().send('still there?');
  const rounds = await network.roundsUntil(page.page, () => page.chat().answerTo('still there?').isVisible());
  expect(rounds).toEqual([['POST /v3/chat']]);
});

test('Neither the token endpoint nor the API gets a request before a visitor approaches', async () => {
  const page = await openPage(await world.newContext());
  network.hold(isAsked);
  await page.load();
  await launcherOf(page).waitFor();
  expect(await network.held(page.page)).toEqual([]);
});

test('With a gateway, a new visitor’s chat is usable after its code and the token, and one request', async () => {
  const page = await openPage(await world.newContext(), 'gateway');
  network.hold();
  await launcherOf(page).click();
  const rounds = await network.roundsUntil(page.page, () => isUsable(page));
  expect(rounds.length, JSON.stringify(rounds, null, 1)).toBeLessThanOrEqual(2);
  expect(rounds.flat().filter(isOfGateway)).toEqual(['POST /visitors/left/gateway/token', 'GET /visitors/left/gateway/start']);
});

test('With a gateway, a returning visitor in an empty browser reads the history after the token and one request', async () => {
  await talk(await openPage(await world.newContext(), 'gateway'));
  const page = await openPage(await world.newContext(), 'gateway');
  network.hold();
  await launcherOf(page).click();
  const rounds = await network.roundsUntil(page.page, () => isUsable(page, 'It is there.'));
  // The last round loads the code of Markdown.
  expect(rounds.length, JSON.stringify(rounds, null, 1)).toBeLessThanOrEqual(3);
  expect(rounds.flat().filter(isOfGateway)).toEqual(['POST /visitors/left/gateway/token', 'GET /visitors/left/gateway/start']);
});

test('With a gateway, an open chat is usable on the second page after the token and one request', async () => {
  const context = await world.newContext();
  await talk(await openPage(context, 'gateway'));
  const page = await openPage(await anotherDay(context), 'gateway');
  await launcherOf(page).click();
  await page.chat().frame.getByText('It is there.').waitFor();
  network.hold(isAsked);
  await page.load();
  const rounds = await network.roundsUntil(page.page, () => isUsable(page, 'It is there.'));
  expect(rounds).toEqual([['POST /visitors/left/gateway/token'], ['GET /visitors/left/gateway/start']]);
});
