import { expect, test } from 'vitest';
import { setUpWorld, type World } from './support/world.js';

let world: World;
setUpWorld((created) => (world = created));

const bothSignedIn = { left: 'alice', right: 'bob' } as const;

async function exchangeThreeMessages(endpoint: 'token' | 'shared-token') {
  const page = await world.open({ signedIn: bothSignedIn, endpoint });
  const [alice, bob] = [page.chat('left'), page.chat('right')];
  for (const count of ['one', 'two', 'three']) {
    await alice.ask(`alice says ${count}`);
    await bob.ask(`bob says ${count}`);
  }
  return { page, alice, bob };
}

/** All requests and responses of the API for the owner of a token. */
function trafficOf(sessionName: string | undefined): string {
  const own = world.coze.requests.filter((request) => request.sessionName === sessionName);
  return own.map((request) => request.requestText + request.responseText).join('\n');
}

test('Alice and Bob at once see only their own conversations, also after a reload', async () => {
  const { page, alice, bob } = await exchangeThreeMessages('token');
  expect(await alice.text()).toContain('You said: alice says three');
  expect(await alice.text()).not.toContain('bob says');
  expect(await bob.text()).not.toContain('alice says');

  await page.load();
  await alice.answerTo('alice says three').waitFor();
  await bob.answerTo('bob says three').waitFor();
  expect(await alice.text()).not.toContain('bob says');
  expect(await bob.text()).not.toContain('alice says');

  const owners = [...new Set(world.coze.requests.map((request) => request.sessionName))];
  expect(owners).toHaveLength(2);
  const mixed = owners.map(trafficOf).filter((traffic) => traffic.includes('alice says') && traffic.includes('bob says'));
  expect(mixed).toEqual([]);
});

test('Two visitors with one shared token see the same conversation, so the test above can fail', async () => {
  const { page, alice, bob } = await exchangeThreeMessages('shared-token');
  await page.load();
  await Promise.all([alice.frame.getByText('says three').first().waitFor(), bob.frame.getByText('says three').first().waitFor()]);
  expect(await alice.text()).toBe(await bob.text());
});

test('A switch from Alice to Bob during her token request shows Bob nothing of hers', async () => {
  const first = await world.open({ signedIn: { left: 'alice' } });
  await first.chat().ask('alice keeps a secret');

  const page = await world.open({
    signedIn: { left: 'alice' },
    attributes: { mode: 'bubble', 'user-id': 'alice' },
    // Until the element is notified, it requests Alice's token with Bob's cookie (403), or with her own, which his login has ended (401).
    expectedErrors: [/status of 40[13]/],
  });
  const release = await page.hold('**/api/coze/token');
  await page.chat().element.evaluate((element: HTMLElement & { show(): void }) => element.show());
  await page.chat().untilStatus('authorizing');
  await page.signIn('left', 'bob');
  await page.chat().element.evaluate((element: HTMLElement & { userId: string }) => (element.userId = 'bob'));
  release();

  await page.chat().ask('hello from bob');
  expect(await page.chat().text()).not.toContain('alice');
});

test(
  'A switch from Alice to Bob during her answer removes her chat in the same task and shows Bob nothing of it',
  { tags: 'gateway' },
  async () => {
    const page = await world.open({ signedIn: { left: 'alice' }, attributes: { 'user-id': 'alice' } });
    const chat = page.chat();
    await chat.ask('alice says first');
    world.coze.setFaults({ holdLastWord: true });
    await chat.send('alice tells a long story that streams for quite a while');
    await chat.frame.getByText('You said: alice tells').waitFor();

    await page.signIn('left', 'bob');
    const framesLeft = await chat.element.evaluate((element: HTMLElement & { userId: string }) => {
      element.userId = 'bob';
      return element.shadowRoot?.querySelectorAll('iframe').length;
    });
    expect(framesLeft).toBe(0);

    world.coze.resetFaults();
    await chat.ask('hello from bob');
    expect(await chat.text()).not.toContain('alice');
    const bobsTraffic = world.coze.requests.find((request) => request.requestText.includes('hello from bob'));
    expect(trafficOf(bobsTraffic?.sessionName)).not.toContain('alice');
  },
);

test('A sign-out removes the chat at once', { tags: 'gateway' }, async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  await page.chat().ask('alice says goodbye');
  const framesLeft = await page.chat().element.evaluate((element: HTMLElement & { signOut(): void }) => {
    element.signOut();
    return element.shadowRoot?.querySelectorAll('iframe').length;
  });
  expect(framesLeft).toBe(0);
  await page.chat().untilStatus('signed-out');
  await page.chat().element.getByText('You are signed out').waitFor();
});

test('A log-in of another visitor without notice is detected before the next token is used', { tags: 'gateway' }, async () => {
  const page = await world.open({ signedIn: { left: 'alice' } });
  await page.chat().ask('alice says first');
  await page.signIn('left', 'bob');
  const changes = page
    .chat()
    .element.evaluate(
      (element) =>
        new Promise((resolve) =>
          element.addEventListener('coze-identity-change', (event) => resolve((event as Event & { cause: string }).cause)),
        ),
    );
  await page.chat().element.evaluate((element: HTMLElement & { refreshToken(): Promise<void> }) => element.refreshToken());
  expect(await changes).toBe('detected');
  await page.chat().ask('hello from bob');
  expect(await page.chat().text()).not.toContain('alice');
});
