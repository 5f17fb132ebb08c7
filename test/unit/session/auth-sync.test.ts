import { describe, expect, it } from 'vitest';
import type { AuthMessage } from '../../../src/session/auth-channel.js';
import { AuthSync } from '../../../src/session/auth-sync.js';
import type { TokenUpdate } from '../../../src/token/source/token-update.js';
import { signedOut, unavailable } from '../../../src/token/token-failure.js';
import { arrangeReady, arrangeSession } from './arrange-session.js';

const SCOPE = 'https://site.example/token';
const HOUR_MS = 3_600_000;

/** Chats of one origin, each with its watch; each receives what the others announce. */
function arrangeTab(arranged: ReturnType<typeof arrangeSession>, options: { scope?: string | undefined } = { scope: SCOPE }) {
  const announced: AuthMessage[] = [];
  const watch = new AuthSync({
    session: arranged.session,
    scope: () => options.scope,
    isVisible: () => arranged.page.isVisible,
    post: (notifications) => announced.push(notifications),
    timers: arranged.time.timers,
  });
  return { ...arranged, announced, watch };
}
const issued = (subject: string | undefined) =>
  ({ phase: 'issued', reason: 'initial', attempt: 1, expiresAtMs: 0, refreshAtMs: 0, subject }) as const;

const tokenUpdated = (update: TokenUpdate) => ({ type: 'token-updated', update }) as const;

describe('a chat tells the others', () => {
  it('who has signed in, with the first token of a visitor and no later one', async () => {
    const { announced, watch } = arrangeTab(await arrangeReady());
    watch.handleNotification(tokenUpdated(issued('alice')));
    watch.handleNotification(tokenUpdated({ ...issued('alice'), phase: 'refreshed' }));
    expect(announced).toEqual([{ scope: SCOPE, subject: 'alice' }]);
  });

  it('that nobody is signed in any more', async () => {
    const tab = arrangeTab(await arrangeReady());
    tab.watch.handleNotification(
      tokenUpdated({ phase: 'failed', reason: 'expiring', attempt: 1, failure: signedOut('401'), retryAtMs: undefined }),
    );
    tab.watch.handleNotification({ type: 'identity-changed', cause: 'signed-out' });
    expect(tab.announced).toEqual([
      { scope: SCOPE, subject: undefined },
      { scope: SCOPE, subject: undefined },
    ]);
  });

  it('nothing when nobody was signed in before either, when the endpoint is down, or when it does not know who it is', () => {
    const { announced, watch } = arrangeTab(arrangeSession());
    watch.handleNotification(
      tokenUpdated({ phase: 'failed', reason: 'initial', attempt: 1, failure: signedOut('401'), retryAtMs: undefined }),
    );
    watch.handleNotification(tokenUpdated({ phase: 'failed', reason: 'initial', attempt: 1, failure: unavailable('down'), retryAtMs: 1 }));
    watch.handleNotification(tokenUpdated(issued(undefined)));
    expect(announced).toEqual([]);
  });

  it.each(['configured', 'detected'] as const)('nothing of a log-out when the visitor is another one (%s).', async (cause) => {
    const { announced, watch } = arrangeTab(await arrangeReady());
    watch.handleNotification({ type: 'identity-changed', cause });
    expect(announced).toEqual([]);
  });

  it('nothing when its own token is late for another reason', async () => {
    const { announced, watch } = arrangeTab(await arrangeReady());
    watch.handleNotification(tokenUpdated({ phase: 'failed', reason: 'expiring', attempt: 1, failure: unavailable('down'), retryAtMs: 1 }));
    expect(announced).toEqual([]);
  });

  it('nothing when a log-in elsewhere cannot concern them', async () => {
    const { announced, watch } = arrangeTab(await arrangeReady(), { scope: undefined });
    watch.handleNotification(tokenUpdated(issued('alice')));
    watch.handleNotification({ type: 'identity-changed', cause: 'signed-out' });
    expect(announced).toEqual([]);
  });
});

describe('a chat that hears of another visitor', () => {
  it('asks its backend at once when somebody looks, and goes if it is so', async () => {
    const { watch, endpoint, frames, settle } = arrangeTab(await arrangeReady());
    watch.handleMessage({ scope: SCOPE, subject: 'bob' });
    await settle();
    expect([endpoint.seen.length, frames.shown.length, endpoint.last.reason]).toEqual([2, 1, 'verify']);
    await endpoint.confirm('bob');
    expect(frames.shown).toEqual([]);
    await endpoint.succeed({ subject: 'bob' });
    expect(frames.shown).toMatchObject([{ subject: 'bob' }]);
  });

  it('stays if it is not so', async () => {
    const { watch, endpoint, frames, settle } = arrangeTab(await arrangeReady());
    watch.handleMessage({ scope: SCOPE, subject: 'bob' });
    await settle();
    await endpoint.succeed();
    expect(frames.built).toHaveLength(1);
  });

  it('goes at once when nobody looks, and asks when somebody does', async () => {
    const { watch, endpoint, frames, page, session, time } = arrangeTab(await arrangeReady());
    page.isVisible = false;
    watch.handleMessage({ scope: SCOPE, subject: 'bob' });
    await time.advance(HOUR_MS);
    expect([endpoint.seen.length, frames.shown.length]).toEqual([1, 0]);
    page.isVisible = true;
    session.retryNow();
    await time.advance(0);
    await endpoint.succeed({ subject: 'bob' });
    expect(frames.shown).toMatchObject([{ subject: 'bob' }]);
  });

  it('while its first token is on its way asks a second time, because that token may be older than the news', async () => {
    const tab = arrangeTab(arrangeSession({ notify: (notification) => (tab.watch.handleNotification(notification), true) }));
    tab.session.start();
    await tab.settle();
    tab.watch.handleMessage({ scope: SCOPE, subject: 'bob' });
    await tab.endpoint.succeed();
    expect(tab.endpoint.seen).toHaveLength(2);
    await tab.endpoint.succeed({ subject: 'bob' });
    await tab.endpoint.succeed({ subject: 'bob' });
    expect(tab.frames.shown).toMatchObject([{ subject: 'bob' }]);
  });

  it('while its own token is on its way asks no more than that', async () => {
    const tab = arrangeTab(arrangeSession({ notify: (notification) => (tab.watch.handleNotification(notification), true) }));
    tab.session.start();
    await tab.settle();
    tab.watch.handleMessage({ scope: SCOPE, subject: 'alice' });
    await tab.endpoint.succeed();
    expect([tab.endpoint.seen.length, tab.frames.shown.length]).toEqual([1, 1]);
  });

  it('of a log-out asks its backend too', async () => {
    const { watch, endpoint, frames, settle, session } = arrangeTab(await arrangeReady());
    watch.handleMessage({ scope: SCOPE, subject: undefined });
    await settle();
    await endpoint.fail(signedOut('401'));
    expect([session.state.status, frames.shown.length]).toEqual(['signed-out', 0]);
  });

  it('of a log-out asks its backend also when that never tells who the visitor is', async () => {
    const arranged = arrangeSession();
    arranged.session.start();
    await arranged.settle();
    await arranged.endpoint.succeed({ subject: undefined });
    const { watch, endpoint, settle } = arrangeTab(arranged);
    watch.handleMessage({ scope: SCOPE, subject: undefined });
    await settle();
    expect(endpoint.seen).toHaveLength(2);
  });

  it('after its own was signed out asks whether the chat is theirs now', async () => {
    const arranged = await arrangeReady();
    await arranged.time.advance(HOUR_MS / 2);
    await arranged.endpoint.fail(signedOut('401'));
    const { watch, endpoint, settle } = arrangeTab(arranged);
    watch.handleMessage({ scope: SCOPE, subject: 'alice' });
    await settle();
    expect(endpoint.seen).toHaveLength(3);
  });
});

describe('a chat does nothing', () => {
  it('about what it knows already, nor about chats of another scope', async () => {
    const { watch, endpoint, frames, page, settle } = arrangeTab(await arrangeReady());
    for (const isVisible of [true, false]) {
      page.isVisible = isVisible;
      watch.handleMessage({ scope: SCOPE, subject: 'alice' });
      watch.handleMessage({ scope: 'https://elsewhere.example/token', subject: 'bob' });
    }
    await settle();
    expect([endpoint.seen.length, frames.shown.length]).toEqual([1, 1]);
  });

  it('about another visitor after the page has signed its own out.', async () => {
    const { watch, session, endpoint, time } = arrangeTab(await arrangeReady());
    session.signOut();
    watch.handleMessage({ scope: SCOPE, subject: 'bob' });
    await time.advance(60_000);
    expect([session.state.status, endpoint.seen.length]).toEqual(['signed-out', 1]);
  });

  it('about a log-out after its own: two signed-out chats would ask each other for ever', async () => {
    const arranged = await arrangeReady();
    await arranged.time.advance(HOUR_MS / 2);
    await arranged.endpoint.fail(signedOut('401'));
    const { watch, endpoint, settle } = arrangeTab(arranged);
    watch.handleMessage({ scope: SCOPE, subject: undefined });
    await settle();
    expect(endpoint.seen).toHaveLength(2);
  });
});

describe('a chat that hears of another visitor, whose backend', () => {
  const bob = { scope: SCOPE, subject: 'bob' };
  const nobody = { scope: SCOPE, subject: undefined };

  it('still says the same, asks again after 2, 5 and 15 s, and then no more', async () => {
    const { watch, endpoint, frames, time } = arrangeTab(await arrangeReady());
    const startedMs = time.awakeMs;
    watch.handleMessage(nobody);
    const askedMs: number[] = [];
    for (let passedMs = 0; passedMs < 60_000; passedMs += 100) {
      while (endpoint.seen.length - 1 > askedMs.length) askedMs.push(time.awakeMs - startedMs);
      if (endpoint.last.reason === 'verify') await endpoint.confirm();
      await time.advance(100);
    }
    expect([askedMs, frames.built.length]).toEqual([[0, 2_000, 5_000, 15_000], 1]);
  });

  it.each([0, 1, 2, 3])('agrees at question %i, is asked no more', async (agreesAt) => {
    const { watch, endpoint, session, time } = arrangeTab(await arrangeReady());
    watch.handleMessage(nobody);
    for (let question = 0; question < agreesAt; question++) {
      await endpoint.confirm();
      await time.advance([2_000, 3_000, 10_000][question] ?? 0);
    }
    await endpoint.fail(signedOut('401'));
    await time.advance(60_000);
    expect([session.state.status, endpoint.seen.length]).toEqual(['signed-out', 2 + agreesAt]);
  });

  it.each<[string, (endpoint: ReturnType<typeof arrangeSession>['endpoint']) => Promise<void> | void]>([
    ['is silent', () => {}],
    ['fails', (endpoint) => endpoint.fail()],
  ])('%s, is gone after 2.5 s until it is known whose it is', async (_, respond) => {
    const { watch, endpoint, frames, session, time } = arrangeTab(await arrangeReady());
    watch.handleMessage(bob);
    await respond(endpoint);
    await time.advance(2_000);
    await respond(endpoint);
    await time.advance(499);
    expect(frames.shown).toHaveLength(1);
    await time.advance(1);
    expect([frames.shown.length, session.state.status]).toEqual([0, 'authorizing']);
    await endpoint.succeed({ subject: 'bob' });
    expect(frames.shown).toMatchObject([{ subject: 'bob' }]);
    await time.advance(60_000);
    expect([frames.built.length, endpoint.last.reason]).toEqual([2, 'initial']);
  });

  it('is silent, is gone in time although more messages come', async () => {
    const { watch, frames, time } = arrangeTab(await arrangeReady());
    for (let passedMs = 0; passedMs < 2_500; passedMs += 500) {
      watch.handleMessage(bob);
      await time.advance(500);
    }
    expect(frames.shown).toHaveLength(0);
  });

  it('has responded to one message has 2.5 s for the next', async () => {
    const { watch, endpoint, frames, time } = arrangeTab(await arrangeReady());
    watch.handleMessage(bob);
    await endpoint.confirm();
    await time.advance(1_900);
    watch.handleMessage(bob);
    await time.advance(2_499);
    expect(frames.shown).toHaveLength(1);
    await time.advance(1);
    expect(frames.shown).toHaveLength(0);
  });

  it('is silent, trusts nobody to send meanwhile', async () => {
    const { watch, frames, time } = arrangeTab(await arrangeReady());
    watch.handleMessage(bob);
    let isConfirmed: boolean | undefined;
    void frames.last.host.confirmVisitor().then((value) => (isConfirmed = value));
    await time.advance(2_499);
    expect(isConfirmed).toBeUndefined();
    await time.advance(1);
    expect(isConfirmed).toBe(false);
  });

  it('said the same and then fails, lets nothing out when that is 30 s old', async () => {
    const { watch, endpoint, frames, time } = arrangeTab(await arrangeReady());
    watch.handleMessage(nobody);
    await endpoint.confirm();
    for (const pauseMs of [2_000, 3_000, 10_000, 20_000]) {
      await time.advance(pauseMs);
      await endpoint.fail();
    }
    const isConfirmed = frames.last.host.confirmVisitor();
    await endpoint.fail();
    expect([await isConfirmed, frames.shown.length]).toEqual([false, 1]);
  });

  it('is to be asked again when the page is hidden, is gone', async () => {
    const { watch, endpoint, frames, page, time } = arrangeTab(await arrangeReady());
    watch.handleMessage(nobody);
    await endpoint.confirm();
    page.isVisible = false;
    await time.advance(1_999);
    expect(frames.shown).toHaveLength(1);
    await time.advance(1);
    expect(frames.shown).toHaveLength(0);
  });

  it('is to be asked again when a token is on its way, asks when it is there', async () => {
    const tab = arrangeTab(await arrangeReady());
    tab.watch.handleMessage(nobody);
    await tab.endpoint.confirm();
    tab.session.reauthorize();
    await tab.time.advance(2_000);
    await tab.endpoint.succeed();
    tab.watch.handleNotification(tokenUpdated(issued('alice')));
    await tab.settle();
    expect(tab.endpoint.last.reason).toBe('verify');
  });

  it('is asked no more once the chat is another page’s concern', async () => {
    const options: { scope: string | undefined } = { scope: SCOPE };
    const { watch, endpoint, time } = arrangeTab(await arrangeReady(), options);
    watch.handleMessage(nobody);
    await endpoint.confirm();
    options.scope = undefined;
    await time.advance(60_000);
    expect(endpoint.seen).toHaveLength(2);
  });

  it('leaves no timer behind when the chat goes', async () => {
    const { watch, session, time } = arrangeTab(await arrangeReady());
    watch.handleMessage(nobody);
    watch.stop();
    session.stop();
    await time.advance(0);
    expect(time.timerCount).toBe(0);
  });

  it('said that nobody is signed in is asked again, until somebody is', async () => {
    const arranged = await arrangeReady();
    await arranged.time.advance(HOUR_MS / 2);
    await arranged.endpoint.fail(signedOut('401'));
    const { watch, endpoint, frames, time } = arrangeTab(arranged);
    watch.handleMessage(bob);
    await time.advance(0);
    await endpoint.fail(signedOut('401'));
    await time.advance(2_000);
    expect(endpoint.seen).toHaveLength(4);
    for (const subject of ['bob', 'bob']) await endpoint.succeed({ subject });
    expect(frames.shown).toMatchObject([{ subject: 'bob' }]);
  });
});

it.each([
  ['one visitor', ['alice', 'alice', 'alice']],
  ['a visitor each', ['alice', 'bob', 'carol']],
])('three chats on one page, with %s, come to rest', async (_, subjects) => {
  const tabs = subjects.map((subject) => {
    const tab: ReturnType<typeof arrangeTab> = arrangeTab(
      arrangeSession({ notify: (notification) => (tab.watch.handleNotification(notification), true) }),
    );
    return { ...tab, subject };
  });
  for (const { session } of tabs) session.start();
  for (let round = 0; round < 20; round++) {
    for (const tab of tabs) {
      await tab.settle();
      await tab.endpoint.succeed({ subject: tab.subject });
      const others = tabs.filter((other) => other !== tab);
      for (const notifications of tab.announced.splice(0)) for (const other of others) other.watch.handleMessage(notifications);
    }
  }
  for (const { frames } of tabs) expect(frames.shown).toHaveLength(1);
  const requests = tabs.reduce((sum, { endpoint }) => sum + endpoint.seen.length, 0);
  expect(requests).toBeLessThanOrEqual(new Set(subjects).size === 1 ? 3 : 9);
});
