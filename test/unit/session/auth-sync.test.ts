import { describe, expect, it } from 'vitest';
import type { AuthMessage } from '../../../src/session/auth-channel.js';
import { AuthSync } from '../../../src/session/auth-sync.js';
import type { TokenUpdate } from '../../../src/token/source/token-update.js';
import { signedOut, unavailable } from '../../../src/token/token-failure.js';
import { arrangeReady, arrangeSession } from './arrange-session.js';

const SCOPE = 'https://site.example/token';
const HOUR_MS = 3_600_000;

/** Chats of one origin, each with its watch; what one announces the others hear. */
function arrangeTab(arranged: ReturnType<typeof arrangeSession>, options: { scope?: string | undefined } = { scope: SCOPE }) {
  const announced: AuthMessage[] = [];
  const watch = new AuthSync({
    session: arranged.session,
    scope: () => options.scope,
    isVisible: () => arranged.page.isVisible,
    post: (notifications) => announced.push(notifications),
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
    expect([endpoint.seen.length, frames.shown.length]).toEqual([2, 1]);
    await endpoint.succeed({ subject: 'bob' });
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
