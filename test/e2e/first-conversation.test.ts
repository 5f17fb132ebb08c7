/** A new visitor need not wait: a message that is written before Coze has created their conversation is sent afterwards. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import type { ChatPage } from './support/chat-page.js';
import { GatedNetwork } from './support/gated-network.js';
import { World } from './support/world.js';

let world: World;
let network: GatedNetwork;
let apiOrigin = '';
beforeAll(async () => {
  world = await World.create();
  network = new GatedNetwork();
  apiOrigin = await network.before(world.coze.origin);
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

const CREATE = 'POST /v1/conversation/create';

/** Opens a chat that is ready, but whose conversation has not been created. */
async function openBeforeBegun(expectedErrors: readonly RegExp[] = []): Promise<ChatPage> {
  network.hold((name) => name === CREATE);
  const page = await world.open({ signedIn: { left: 'alice' }, attributes: { 'api-base-url': apiOrigin }, expectedErrors });
  await page.chat().untilStatus('ready');
  await expect.poll(() => network.held(page.page)).toEqual([CREATE]);
  return page;
}

const counted = (path: string): number => world.coze.requests.filter((request) => request.path === path).length;

test('The first message waits for the conversation, and is sent once', async () => {
  const page = await openBeforeBegun();
  const chat = page.chat();
  await chat.input.fill('good day');
  await chat.input.press('Enter');
  await chat.input.press('Enter');
  expect(await chat.input.inputValue()).toBe('good day');
  await network.open();
  await chat.answerTo('good day').waitFor();
  await chat.untilIdle();
  expect(await chat.input.inputValue()).toBe('');
  expect([counted('/v3/chat'), counted('/v1/conversation/create')]).toEqual([1, 1]);
  expect(counted('/v1/conversation/message/list')).toBe(0);
});

test('A message and newConversation() of the page wait for the first conversation, and the new one is shown', async () => {
  const page = await openBeforeBegun();
  const { element } = page.chat();
  const answers = await element.evaluateHandle((chat: CozeChatElement) => ({
    both: Promise.all([chat.sendMessage('good day'), chat.newConversation()]),
  }));
  await network.open();
  const [reply, id] = await answers.evaluate(({ both }) => both);
  expect(reply.text).toContain('You said: good day');
  expect(counted('/v3/chat')).toBe(1);
  await page.chat().ask('in the new one');
  const [former, shown] = world.coze.requests
    .filter(({ path }) => path === '/v3/chat')
    .map(({ query }) => new URLSearchParams(query).get('conversation_id'));
  expect([shown, former === shown]).toEqual([id, false]);
});

test('A first conversation that cannot be created makes the start fail, and the text is kept', async () => {
  const page = await openBeforeBegun([/status of 500/]);
  const chat = page.chat();
  await chat.input.fill('half a sentence');
  world.coze.setFaults({ nextOfPath: { '/v1/conversation/create': 'http-500' } });
  await network.open();
  await chat.untilStatus('failed');
  await chat.element.getByRole('button', { name: 'Try again' }).click();
  await chat.untilStatus('ready');
  expect(await chat.input.inputValue()).toBe('half a sentence');
  await chat.input.press('Enter');
  await chat.answerTo('half a sentence').waitFor();
});
