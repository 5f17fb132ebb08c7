/** What a site's gateway keeps from Coze does not come there as the name that the chat gives a conversation. */
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import type { PaneChat } from '../../e2e/support/chat-page.js';
import { setUpWorld, type World } from '../../e2e/support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const CARD = '4111 1111 1111 1111';

async function openFor(visitor: 'alice' | 'bob') {
  world.coze.setFaults({ leavesUnnamed: true });
  const page = await world.open({ signedIn: { left: visitor }, api: 'gateway' });
  const chat = page.chat();
  await chat.element.evaluate((element: CozeChatElement) => (element.chatOptions = { conversations: true }));
  await chat.untilIdle();
  return chat;
}

/** As Coze has them. */
const names = ({ element }: PaneChat): Promise<readonly string[]> =>
  element.evaluate(async (chat: CozeChatElement) => (await chat.listConversations()).conversations.map(({ name }) => name));

const lists = (): number => world.coze.requests.filter(({ path }) => path === '/v1/conversation/message/list').length;

test('A conversation is named after the text that the site has sent in place of the visitor’s', async () => {
  world.host.site.onMessage = ({ text }) => ({ text: text.replaceAll(CARD, '[card]') });
  const chat = await openFor('alice');
  await chat.send(`pay with ${CARD}`);
  await chat.answerTo('pay with [card]').waitFor();
  await expect.poll(() => names(chat)).not.toEqual(['']);
  expect(await names(chat)).toEqual(['pay with [card]']);
});

test('A conversation is not named after a question that the site has refused', async () => {
  world.host.site.onMessage = () => ({ refuse: 'No cards, please.' });
  const chat = await openFor('bob');
  const before = lists();
  await chat.send(`pay with ${CARD}`);
  await chat.frame.getByText('No cards, please.').first().waitFor();
  // Where the chat looks for what it could be called.
  await expect.poll(async () => (lists() > before ? 'looked' : (await names(chat)).join())).not.toBe('');
  expect(await names(chat)).toEqual(['']);
});
