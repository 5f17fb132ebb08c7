/** A self-hosted Coze Studio behind the gateway: the same element, with isolated visitors, which Studio alone does not provide. */
import { expect, test } from 'vitest';
import type { CozeChatElement } from '../../src/index.js';
import { tryConversationCommands } from './support/conversation-commands.js';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const api = 'studio';

test('Alice and Bob see only their own conversations, also after a reload, and their browser sends no request to Studio', async () => {
  const context = await world.newContext();
  const hosts = new Set<string>();
  context.on('request', (request) => void hosts.add(new URL(request.url()).host));
  const page = await world.open({ signedIn: { left: 'alice', right: 'bob' }, api, context });
  const [alice, bob] = [page.chat('left'), page.chat('right')];
  await alice.ask('alice says one');
  await bob.ask('bob says one');
  await alice.ask('alice says two');
  await page.load();
  await alice.answerTo('alice says two').waitFor();
  await bob.answerTo('bob says one').waitFor();
  expect(await alice.text()).not.toContain('bob says');
  expect(await bob.text()).not.toContain('alice says');
  expect([...hosts]).not.toContain(new URL(world.host.studio.origin).host);
});

test('A switch to Bob during Alice’s answer removes her chat at once and shows Bob nothing of it', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, api, attributes: { 'user-id': 'alice' } });
  const chat = page.chat();
  await chat.untilIdle();
  world.host.studio.holdAnswers(true);
  await chat.send('alice tells a long story');
  await chat.frame.getByText('You said: alice tells').waitFor();
  await page.signIn('left', 'bob');
  const framesLeft = await chat.element.evaluate((element: CozeChatElement) => {
    element.userId = 'bob';
    return element.shadowRoot?.querySelectorAll('iframe').length;
  });
  expect(framesLeft).toBe(0);
  world.host.studio.holdAnswers(false);
  await chat.ask('hello from bob');
  expect(await chat.text()).not.toContain('alice');
});

test('An answer is stopped, and the next question works', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, api });
  const chat = page.chat();
  await chat.untilIdle();
  world.host.studio.holdAnswers(true);
  await chat.send('never mind this');
  await chat.answerTo('never mind').waitFor();
  const cancelled = page.page.waitForResponse(/\/v3\/chat\/cancel$/);
  await chat.frame.getByRole('button', { name: 'Stop answering' }).click();
  await chat.frame.getByRole('log').getByText('You stopped this answer.', { exact: true }).waitFor();
  // An answer that has ended cannot be cancelled.
  expect((await cancelled).status()).toBe(200);
  world.host.studio.holdAnswers(false);
  await chat.ask('and now');
});

test('A visitor’s conversations are listed, begun, opened, renamed and deleted at Studio', async () => {
  const page = await world.open({ signedIn: { left: 'bob' }, api });
  await tryConversationCommands(page.chat());
});

test('A file is uploaded to Studio and sent with a question', async () => {
  const page = await world.open({ signedIn: { left: 'alice' }, api });
  const chat = page.chat();
  await chat.untilIdle();
  const file = { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') };
  await chat.frame.locator('input[type=file]').first().setInputFiles(file);
  // A message waits for its uploads.
  await chat.frame.locator('.attachment--uploaded').waitFor();
  await chat.exchange('what does it say');
  expect(world.host.studio.requests.some(({ path }) => path === '/v1/files/upload')).toBe(true);
  await chat.frame
    .getByRole('log')
    .getByText(/plan\.pdf/)
    .first()
    .waitFor();
});
