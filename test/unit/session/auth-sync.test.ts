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

describe('Notifications to other chats', () => {
  it('A chat announces its subject with the first token of a visitor, and not with later tokens', async () => {
    const { announced, watch } = arrangeTab(await arrangeReady());
    watch.handleNotification(tokenUpdated(issued('alice')));
    watch.handleNotification(tokenUpdated({ ...issued('alice'), phase: 'refreshed' }));
    expect(announced).toEqual([{ scope: SCOPE, subject: 'alice' }]);
  });

  it('A chat announces that its visitor is signed out', async () => {
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

  it('A chat without a visitor announces nothing when its first request fails or the token has no subject', () => {
    const { announced, watch } = arrangeTab(arrangeSession());
    watch.handleNotification(
      tokenUpdated({ phase: 'failed', reason: 'initial', attempt: 1, failure: signedOut('401'), retryAtMs: undefined }),
    );
    watch.handleNotification(tokenUpdated({ phase: 'failed', reason: 'initial', attempt: 1, failure: unavailable('down'), retryAtMs: 1 }));
    watch.handleNotification(tokenUpdated(issued(undefined)));
    expect(announced).toEqual([]);
  });

  it.each(['configured', 'detected'] as const)('A chat announces no log-out when another visitor replaces its own (%s)', async (cause) => {
    const { announced, watch } = arrangeTab(await arrangeReady());
    watch.handleNotification({ type: 'identity-changed', cause });
    expect(announced).toEqual([]);
  });

  it('A chat announces nothing when its token endpoint is unavailable', async () => {
    const { announced, watch } = arrangeTab(await arrangeReady());
    watch.handleNotification(tokenUpdated({ phase: 'failed', reason: 'expiring', attempt: 1, failure: unavailable('down'), retryAtMs: 1 }));
    expect(announced).toEqual([]);
  });

  it('A chat whose log-in cannot concern other chats announces nothing', async () => {
    const { announced, watch } = arrangeTab(await arrangeReady(), { scope: undefined });
    watch.handleNotification(tokenUpdated(issued('alice')));
    watch.handleNotification({ type: 'identity-changed', cause: 'signed-out' });
    expect(announced).toEqual([]);
  });
});

describe('Notifications from other chats', () => {
  it('A visible chat asks its backend at once about another visitor, and is replaced once that is confirmed', async () => {
    const { watch, endpoint, frames, settle } = arrangeTab(await arrangeReady());
    watch.handleMessage({ scope: SCOPE, subject: 'bob' });
    await settle();
    expect([endpoint.seen.length, frames.shown.length, endpoint.last.reason]).toEqual([2, 1, 'verify']);
    await endpoint.confirm('bob');
    expect(frames.shown).toEqual([]);
    await endpoint.succeed({ subject: 'bob' });
    expect(frames.shown).toMatchObject([{ subject: 'bob' }]);
  });

  it('The same message from each of twenty chats is one question, and another one after the first pause', async () => {
    const { watch, endpoint, settle, session, time } = arrangeTab(await arrangeReady());
    for (let chat = 0; chat < 20; chat += 1) watch.handleMessage({ scope: SCOPE, subject: 'bob' });
    await settle();
    expect(endpoint.seen).toHaveLength(2);
    await endpoint.confirm('alice');
    // The question may have been answered before the later messages were sent.
    expect(session.proof?.isDoubted).toBe(true);
    await time.advance(2_000);
    expect(endpoint.seen).toHaveLength(3);
    await endpoint.confirm('alice');
    expect(session.proof?.isDoubted).toBe(false);
  });

  it('Another message is another question, also while the first one is not answered', async () => {
    const { watch, endpoint, settle } = arrangeTab(await arrangeReady());
    for (const subject of ['bob', undefined, 'bob']) watch.handleMessage({ scope: SCOPE, subject });
    await settle();
    expect(endpoint.seen).toHaveLength(4);
  });

  it('A chat stays when its backend still names the same visitor', async () => {
    const { watch, endpoint, frames, settle } = arrangeTab(await arrangeReady());
    watch.handleMessage({ scope: SCOPE, subject: 'bob' });
    await settle();
    await endpoint.succeed();
    expect(frames.built).toHaveLength(1);
  });

  it('A hidden chat is removed at once, and asks its backend when the page is visible again', async () => {
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

  it('A notification of another visitor during the first token request makes the chat ask a second time', async () => {
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

  it('A notification of the same visitor during the first token request causes no second request', async () => {
    const tab = arrangeTab(arrangeSession({ notify: (notification) => (tab.watch.handleNotification(notification), true) }));
    tab.session.start();
    await tab.settle();
    tab.watch.handleMessage({ scope: SCOPE, subject: 'alice' });
    await tab.endpoint.succeed();
    expect([tab.endpoint.seen.length, tab.frames.shown.length]).toEqual([1, 1]);
  });

  it('A log-out notification makes a chat ask its backend, and end if the backend agrees', async () => {
    const { watch, endpoint, frames, settle, session } = arrangeTab(await arrangeReady());
    watch.handleMessage({ scope: SCOPE, subject: undefined });
    await settle();
    await endpoint.fail(signedOut('401'));
    expect([session.state.status, frames.shown.length]).toEqual(['signed-out', 0]);
  });

  it('A log-out notification makes a chat ask its backend even if that never names a subject', async () => {
    const arranged = arrangeSession();
    arranged.session.start();
    await arranged.settle();
    await arranged.endpoint.succeed({ subject: undefined });
    const { watch, endpoint, settle } = arrangeTab(arranged);
    watch.handleMessage({ scope: SCOPE, subject: undefined });
    await settle();
    expect(endpoint.seen).toHaveLength(2);
  });

  it('A signed-out chat asks its backend when another chat announces a visitor', async () => {
    const arranged = await arrangeReady();
    await arranged.time.advance(HOUR_MS / 2);
    await arranged.endpoint.fail(signedOut('401'));
    const { watch, endpoint, settle } = arrangeTab(arranged);
    watch.handleMessage({ scope: SCOPE, subject: 'alice' });
    await settle();
    expect(endpoint.seen).toHaveLength(3);
  });
});

describe('Ignored notifications', () => {
  it('A notification of the known visitor or of another scope is ignored, on visible and hidden pages', async () => {
    const { watch, endpoint, frames, page, settle } = arrangeTab(await arrangeReady());
    for (const isVisible of [true, false]) {
      page.isVisible = isVisible;
      watch.handleMessage({ scope: SCOPE, subject: 'alice' });
      watch.handleMessage({ scope: 'https://elsewhere.example/token', subject: 'bob' });
    }
    await settle();
    expect([endpoint.seen.length, frames.shown.length]).toEqual([1, 1]);
  });

  it('A notification of another visitor is ignored after the page has called signOut()', async () => {
    const { watch, session, endpoint, time } = arrangeTab(await arrangeReady());
    session.signOut();
    watch.handleMessage({ scope: SCOPE, subject: 'bob' });
    await time.advance(60_000);
    expect([session.state.status, endpoint.seen.length]).toEqual(['signed-out', 1]);
  });

  it('A signed-out chat ignores log-out notifications, so that two such chats do not ask each other for ever', async () => {
    const arranged = await arrangeReady();
    await arranged.time.advance(HOUR_MS / 2);
    await arranged.endpoint.fail(signedOut('401'));
    const { watch, endpoint, settle } = arrangeTab(arranged);
    watch.handleMessage({ scope: SCOPE, subject: undefined });
    await settle();
    expect(endpoint.seen).toHaveLength(2);
  });
});

describe('Verification after a notification', () => {
  const bob = { scope: SCOPE, subject: 'bob' };
  const nobody = { scope: SCOPE, subject: undefined };

  it('A backend that still names the same visitor is asked again after 2, 5 and 15 s, and then no more', async () => {
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

  it.each([0, 1, 2, 3])('A backend that agrees at question %i is asked no more', async (agreesAt) => {
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
  ])('A chat whose backend %s is removed after 2.5 s, until the visitor is known', async (_, respond) => {
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

  it('A chat whose backend is silent is removed after 2.5 s, even if more notifications arrive', async () => {
    const { watch, frames, time } = arrangeTab(await arrangeReady());
    for (let passedMs = 0; passedMs < 2_500; passedMs += 500) {
      watch.handleMessage(bob);
      await time.advance(500);
    }
    expect(frames.shown).toHaveLength(0);
  });

  it('A chat whose backend has responded to one notification has 2.5 s again after the next one', async () => {
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

  it('confirmVisitor() resolves with false when the backend is silent for 2.5 s after a notification', async () => {
    const { watch, frames, time } = arrangeTab(await arrangeReady());
    watch.handleMessage(bob);
    let isConfirmed: boolean | undefined;
    void frames.last.host.confirmVisitor().then((value) => (isConfirmed = value));
    await time.advance(2_499);
    expect(isConfirmed).toBeUndefined();
    await time.advance(1);
    expect(isConfirmed).toBe(false);
  });

  it('confirmVisitor() resolves with false when the last confirmation is over 30 s old and the backend fails', async () => {
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

  it('A chat is removed when its page is hidden at the time of the repeated question', async () => {
    const { watch, endpoint, frames, page, time } = arrangeTab(await arrangeReady());
    watch.handleMessage(nobody);
    await endpoint.confirm();
    page.isVisible = false;
    await time.advance(1_999);
    expect(frames.shown).toHaveLength(1);
    await time.advance(1);
    expect(frames.shown).toHaveLength(0);
  });

  it('A repeated question that is due during a token request is sent once the token has arrived', async () => {
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

  it('A chat that other chats cannot concern any more repeats no question', async () => {
    const options: { scope: string | undefined } = { scope: SCOPE };
    const { watch, endpoint, time } = arrangeTab(await arrangeReady(), options);
    watch.handleMessage(nobody);
    await endpoint.confirm();
    options.scope = undefined;
    await time.advance(60_000);
    expect(endpoint.seen).toHaveLength(2);
  });

  it('A stopped chat leaves no timer behind', async () => {
    const { watch, session, time } = arrangeTab(await arrangeReady());
    watch.handleMessage(nobody);
    watch.stop();
    session.stop();
    await time.advance(0);
    expect(time.timerCount).toBe(0);
  });

  it('A signed-out chat asks its backend again after a notification, until the backend names a visitor', async () => {
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
  ['the same visitor', ['alice', 'alice', 'alice']],
  ['different visitors', ['alice', 'bob', 'carol']],
])('Three chats on one page, with %s, stop asking each other', async (_, subjects) => {
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
