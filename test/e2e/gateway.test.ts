/** The same chat with only two attributes changed: the browser has the gateway's token, and Coze's never leaves the server. */
import type { Request } from 'playwright';
import { expect, test } from 'vitest';
import type { ChatPage } from './support/chat-page.js';
import { tryConversationCommands } from './support/conversation-commands.js';
import { type OpenOptions, setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const expectedErrors = [/Failed to load resource/, /net::ERR/];

/** A page whose chats use the gateway, and all requests of its browser to any server. */
async function open(options: OpenOptions): Promise<{ readonly page: ChatPage; readonly sent: Request[] }> {
  const context = options.context ?? (await world.newContext());
  const sent: Request[] = [];
  context.on('request', (request) => void sent.push(request));
  return { page: await world.open({ ...options, api: 'gateway', context }), sent };
}

function hostsOf(sent: readonly Request[]): readonly string[] {
  return [...new Set(sent.map((request) => new URL(request.url()).host))];
}

test('Alice and Bob see only their own conversations, also after a reload, and their browser requests only pictures from Coze', async () => {
  const { page, sent } = await open({ signedIn: { left: 'alice', right: 'bob' } });
  const [alice, bob] = [page.chat('left'), page.chat('right')];
  for (const count of ['one', 'two']) {
    await alice.ask(`alice says ${count}`);
    await bob.ask(`bob says ${count}`);
  }
  expect(await alice.text()).not.toContain('bob says');
  expect(await bob.text()).not.toContain('alice says');
  await page.load();
  await alice.answerTo('alice says two').waitFor();
  await bob.answerTo('bob says two').waitFor();
  expect(await alice.text()).not.toContain('bob says');
  expect(await bob.text()).not.toContain('alice says');

  const toCoze = sent.filter((request) => request.url().startsWith(world.coze.origin));
  expect(toCoze.filter((request) => request.resourceType() !== 'image').map((request) => request.url())).toEqual([]);
  expect(hostsOf(sent).every((host) => [new URL(world.host.origin).host, new URL(world.coze.origin).host].includes(host))).toBe(true);
  const headers = await Promise.all(sent.map((request) => request.allHeaders()));
  expect(headers.some(({ authorization = '' }) => authorization.includes('czs_'))).toBe(false);
  expect(new Set(world.coze.requests.map((request) => request.sessionName)).size).toBe(2);
});

test.each(['http-401', 'code-4101', 'code-4100', 'sse-error'] as const)(
  'Expired tokens of Coze and of the gateway have no visible effect, also if the API reports expiry as %s',
  async (expiredOnChat) => {
    world.coze.setFaults({ maxTokenLifeSeconds: 4, expiredOnChat });
    const { page } = await open({ signedIn: { left: 'alice' }, context: await world.newContextWithClock() });
    const chat = page.chat();
    for (const count of [1, 2, 3]) {
      await chat.ask(`message ${count}`);
      await world.passTime(page, 25_000);
    }
    world.coze.expireTokens();
    await chat.ask('message 4');
    const text = await chat.text();
    for (const count of [1, 2, 3, 4]) expect(text).toContain(`You said: message ${count}`);
    expect(text).not.toMatch(/personal access token|Not sent/i);
  },
);

test('A stop is sent to Coze, ends the stream there, and the next question works at once', async () => {
  const { page } = await open({ signedIn: { left: 'alice' }, expectedErrors });
  const chat = page.chat();
  await chat.untilIdle();
  world.coze.setFaults({ holdLastWord: true });
  await chat.send('never mind this');
  await chat.answerTo('never mind').waitFor();
  await chat.frame.getByRole('button', { name: 'Stop answering' }).click();
  await chat.frame.getByRole('log').getByText('You stopped this answer.', { exact: true }).waitFor();
  await expect.poll(() => world.coze.requests.filter(({ path }) => path === '/v3/chat/cancel').map(({ status }) => status)).toEqual([200]);
  world.coze.setFaults({ holdLastWord: false });
  await chat.ask('and now');
});

test('A visitor’s conversations are listed, begun, opened, renamed and deleted through the gateway', async () => {
  const { page } = await open({ signedIn: { left: 'alice' }, attributes: { 'user-id': 'alice' } });
  await tryConversationCommands(page.chat());
});

test('A picture is uploaded through the gateway and sent with a question', async () => {
  const { page } = await open({ signedIn: { left: 'alice' } });
  const chat = page.chat();
  await chat.untilIdle();
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await chat.frame.locator('input[type=file]').first().setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: png });
  // A message waits for its uploads.
  await chat.frame.locator('.attachment--uploaded').waitFor();
  await chat.send('what is on it');
  await chat.frame
    .getByText(/dot\.png/)
    .first()
    .waitFor();
  await expect.poll(() => world.coze.requests.find(({ path }) => path === '/v3/chat')?.requestText ?? '').toMatch(/"file_id":"\d+"/);
});
