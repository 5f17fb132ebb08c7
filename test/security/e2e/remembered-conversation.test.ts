/** The browser remembers which conversation is the newest: for its owner only, and nothing of its content. */
import { afterEach, expect, test } from 'vitest';
import type { CozeChatElement } from '../../../src/index.js';
import type { ChatPage } from '../../e2e/support/chat-page.js';
import { setUpWorld, type World } from '../../e2e/support/world.js';

let world: World;
// Vitest runs hooks in reverse order: this one has to run after the pages are closed.
afterEach(() => world.coze.forgetConversations());
setUpWorld((created) => (world = created));

const stored = (page: ChatPage): Promise<string> =>
  page.page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]));

/** The remembered ids. */
const remembered = (page: ChatPage): Promise<readonly string[]> =>
  page.page.evaluate(() =>
    (JSON.parse(localStorage.getItem('coze-chat-embed:newest') ?? '[]') as readonly (readonly string[])[]).map(([, id = '']) => id),
  );

test('The browser’s storage contains no message, no token and no owner of the conversation', async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  await page.chat().ask('alice says something secret');
  await expect.poll(() => stored(page)).toContain('coze-chat-embed:newest');
  expect(await stored(page)).not.toMatch(/secret|alice|czs_/);
});

test('Bob’s chat does not request the conversation that was Alice’s in the same browser', async () => {
  const context = await world.newContext();
  const alices = await world.open({ signedIn: { left: 'alice' }, context });
  await alices.chat().ask('alice says first');
  await expect.poll(() => remembered(alices)).toHaveLength(1);
  const [id = ''] = await remembered(alices);
  await alices.page.close();
  world.coze.clearRequests();
  const bobs = await world.open({ signedIn: { left: 'bob' }, context });
  await bobs.chat().ask('hello from bob');
  expect(await bobs.chat().text()).not.toContain('alice');
  expect(world.coze.requests.map(({ query }) => query).filter((query) => query.includes(id))).toEqual([]);
});

test('A remembered conversation that is no longer the newest is not shown', async () => {
  const context = await world.newContext();
  const page = await world.open({ signedIn: { left: 'alice' }, context });
  await page.chat().ask('in the first conversation');
  await expect.poll(() => remembered(page)).toHaveLength(1);
  await page.page.close();
  // The same visitor on another device.
  const other = await world.open({ signedIn: { left: 'alice' } });
  await other.chat().element.evaluate((chat) => (chat as CozeChatElement).newConversation());
  await other.chat().ask('in the second one');
  const again = await world.open({ signedIn: { left: 'alice' }, context });
  await again.chat().frame.getByText('You said: in the second one').waitFor();
  expect(await again.chat().text()).not.toContain('in the first conversation');
});
