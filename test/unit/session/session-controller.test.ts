import { describe, expect, it, vi } from 'vitest';
import { ErrorCode, type Problem } from '../../../src/core/errors.js';
import { fail } from '../../../src/core/result.js';
import type { ChatApi, Draft } from '../../../src/frame/contract.js';
import { KeptDraft, NO_DRAFT } from '../../../src/session/kept-draft.js';
import type { PageApi } from '../../../src/session/session-controller.js';
import { AccessTokenSource } from '../../../src/token/source/access-token-source.js';
import type { TokenUpdate } from '../../../src/token/source/token-update.js';
import { rateLimited, signedOut, unavailable } from '../../../src/token/token-failure.js';
import { noControls } from '../../support/chat-controls.js';
import { watch } from '../token/source/arrange-source.js';
import { arrangeReady, arrangeSession } from './arrange-session.js';

const SUBJECT_CHANGED = { type: 'identity-changed', cause: 'detected' } as const;

const HOUR_MS = 3_600_000;
const problem: Problem = { code: ErrorCode.ChatFailed, message: 'broken', retryable: true };

describe('A started chat', () => {
  it('A chat gets a token, then a frame for its subject, and is ready when the frame says so', async () => {
    const { session, endpoint, frames, statuses, settle } = arrangeSession();
    session.start();
    await settle();
    expect([statuses(), frames.built.length]).toEqual([['authorizing'], 0]);
    await endpoint.succeed();
    expect(statuses()).toEqual(['authorizing', 'loading']);
    expect(frames.built).toMatchObject([{ subject: 'alice', isDestroyed: false }]);
    frames.last.host.onReady(noControls);
    expect(statuses()).toEqual(['authorizing', 'loading', 'ready']);
    expect(session.subject).toBe('alice');
  });

  it('A chat that is started twice sends one token request', async () => {
    const { session, endpoint, settle } = arrangeSession();
    session.start();
    session.start();
    await settle();
    expect(endpoint.seen).toHaveLength(1);
  });

  it('A chat shows a failure at the second attempt, and loads when the third one succeeds', async () => {
    const { session, endpoint, frames, time, statuses } = arrangeSession();
    session.start();
    await time.advance(0);
    await endpoint.fail();
    expect(statuses()).toEqual(['authorizing']);
    await time.advance(500);
    await endpoint.fail();
    expect(session.state).toMatchObject({ status: 'failed', problem: { code: ErrorCode.TokenEndpointUnavailable, retryable: true } });
    await time.advance(1_000);
    await endpoint.succeed();
    expect([session.state.status, frames.shown.length]).toEqual(['loading', 1]);
  });

  it('A chat stays usable while its token is replaced, even if an attempt fails', async () => {
    const { endpoint, frames, time, statuses } = await arrangeReady();
    await time.advance(HOUR_MS / 2);
    await endpoint.fail();
    await time.advance(500);
    await endpoint.succeed();
    expect(statuses().slice(2)).toEqual(['ready', 'refreshing', 'ready', 'refreshing', 'ready']);
    expect(frames.built).toHaveLength(1);
  });

  it('retryNow() requests no token for a chat that is ready', async () => {
    const { session, endpoint, settle } = await arrangeReady();
    session.retryNow();
    await settle();
    expect(endpoint.seen).toHaveLength(1);
  });

  it('A frame is rebuilt for the same visitor without another token', async () => {
    const { session, endpoint, frames } = await arrangeReady();
    session.recreateFrame();
    expect([frames.built.map(({ isDestroyed }) => isDestroyed), endpoint.seen.length]).toEqual([[true, false], 1]);
    expect(await frames.last.host.getAccessToken()).toBe('token-1');
  });

  it('A chat whose frame fails is removed, and reauthorize() starts another one', async () => {
    const { session, endpoint, frames, settle } = await arrangeReady();
    frames.last.host.onFailed(problem);
    expect([session.state, frames.shown.length]).toMatchObject([{ status: 'failed', problem }, 0]);
    session.reauthorize();
    await settle();
    await endpoint.succeed();
    expect([session.state.status, frames.shown.length]).toEqual(['loading', 1]);
  });

  it('A frame that cannot be created is a failure with a code, not an exception', async () => {
    const arranged = arrangeSession({
      createFrame: () => {
        throw new TypeError('trusted types');
      },
    });
    arranged.session.start();
    await arranged.settle();
    await arranged.endpoint.succeed();
    expect(arranged.session.state).toMatchObject({
      status: 'failed',
      problem: { code: ErrorCode.FrameUnavailable, message: expect.stringContaining('Check the trusted-types directive'), retryable: true },
    });
  });

  it('A frame that fails while it is created is removed', async () => {
    const arranged = arrangeSession({
      createFrame: (host, subject) => {
        host.onFailed(problem);
        return arranged.frames.create(host, subject);
      },
    });
    arranged.session.start();
    await arranged.settle();
    await arranged.endpoint.succeed();
    expect([arranged.session.state.status, arranged.frames.shown]).toEqual(['failed', []]);
  });

  it('A session passes on the events of its frame', async () => {
    const { frames, received } = await arrangeReady();
    const message = { role: 'user', text: 'hello', id: '1' } as const;
    frames.last.host.onEvent({ type: 'message', message });
    frames.last.host.onEvent({ type: 'reply-failed', problem });
    frames.last.host.onEvent({ type: 'escape' });
    expect(received).toEqual([{ type: 'message', message }, { type: 'reply-failed', problem }, { type: 'escape' }]);
  });

  it('A failure with a retry time of the endpoint is shown at the first attempt, with that time', async () => {
    const { session, endpoint, time } = arrangeSession();
    session.start();
    await time.advance(0);
    await endpoint.fail(rateLimited('429', 30_000));
    const retryAtMs = time.now.wallMs + 30_500;
    expect(session.state).toMatchObject({ status: 'failed', problem: { code: ErrorCode.RateLimited }, retryAtMs });
    await time.advance(30_499);
    expect(endpoint.seen).toHaveLength(1);
    await time.advance(1);
    await endpoint.fail(unavailable('down'));
    expect(session.state).toMatchObject({ problem: { code: ErrorCode.TokenEndpointUnavailable }, retryAtMs: time.now.wallMs + 1_000 });
  });
});

describe('A failed start', () => {
  const busy: Problem = { code: ErrorCode.RateLimited, message: 'too many', retryable: true };

  it('A start that Coze refuses for too many requests is repeated after growing delays, with the same token', async () => {
    const { session, frames, endpoint, time } = await arrangeReady();
    for (const [failure, delayMs] of [10_500, 11_000, 12_000].entries()) {
      frames.last.host.onFailed(busy);
      expect(session.state).toMatchObject({ status: 'failed', problem: busy, retryAtMs: time.now.wallMs + delayMs });
      await time.advance(delayMs - 1);
      expect(session.state.status).toBe('failed');
      await time.advance(1);
      expect([session.state.status, frames.built.length]).toEqual(['loading', failure + 2]);
    }
    frames.last.host.onReady(noControls);
    frames.last.host.onFailed(busy);
    expect(session.state).toMatchObject({ retryAtMs: time.now.wallMs + 10_500 });
    expect(endpoint.seen).toHaveLength(1);
  });

  it('A failed start is not repeated after the chat is stopped', async () => {
    const { session, frames, time } = await arrangeReady();
    frames.last.host.onFailed(busy);
    session.stop();
    expect(time.timerCount).toBe(0);
    await time.advance(60_000);
    expect([session.state.status, frames.built.length]).toEqual(['idle', 1]);
  });

  it('A start that failed without a network is repeated as soon as the network is back', async () => {
    const { session, frames, page } = await arrangeReady();
    page.isOnline = false;
    frames.last.host.onFailed(problem);
    session.retryNow();
    expect(session.state).toMatchObject({ status: 'failed', retryAtMs: undefined });
    page.isOnline = true;
    session.retryNow();
    session.retryNow();
    expect([session.state.status, frames.built.length]).toEqual(['loading', 2]);
  });

  it('A start that fails just after the network has come back is repeated once', async () => {
    const { session, frames, time } = await arrangeReady();
    session.recreateFrame();
    expect(session.state.status).toBe('loading');
    session.retryNow();
    frames.last.host.onFailed(problem);
    expect([session.state.status, frames.built.length]).toEqual(['failed', 2]);
    await time.advance(0);
    expect([session.state.status, frames.built.length]).toEqual(['loading', 3]);
    frames.last.host.onFailed(problem);
    await time.advance(60_000);
    expect([session.state.status, frames.built.length]).toEqual(['failed', 3]);
  });

  it('A start that fails is not repeated because the page became visible before it', async () => {
    const { session, frames, time } = await arrangeReady();
    frames.last.host.onFailed(busy);
    session.retryNow();
    await time.advance(10_500);
    expect([session.state.status, frames.built.length]).toEqual(['loading', 2]);
    frames.last.host.onFailed(problem);
    await time.advance(60_000);
    expect([session.state.status, frames.built.length]).toEqual(['failed', 2]);
  });

  it('A start that was stopped after the network has come back is not repeated', async () => {
    const { session, frames, time } = await arrangeReady();
    session.recreateFrame();
    session.retryNow();
    frames.last.host.onFailed(problem);
    session.stop();
    await time.advance(60_000);
    expect([session.state.status, frames.built.length]).toEqual(['idle', 2]);
  });

  it('A start that has to wait is repeated at its time, although the network has come back', async () => {
    const { session, frames, time } = await arrangeReady();
    session.recreateFrame();
    session.retryNow();
    frames.last.host.onFailed(busy);
    await time.advance(10_499);
    expect([session.state.status, frames.built.length]).toEqual(['failed', 2]);
    await time.advance(1);
    expect([session.state.status, frames.built.length]).toEqual(['loading', 3]);
  });

  it('A start that failed for another reason is repeated only by reauthorize(), not even by retryNow()', async () => {
    const { session, frames, endpoint, time, settle } = await arrangeReady();
    frames.last.host.onFailed(problem);
    session.retryNow();
    await time.advance(60_000);
    expect([session.state.status, frames.built.length]).toEqual(['failed', 1]);
    session.reauthorize();
    await settle();
    await endpoint.succeed();
    expect([session.state.status, frames.built.length]).toEqual(['loading', 2]);
  });

  it('A failed start is not repeated for a visitor who is not confirmed', async () => {
    const { session, frames, endpoint, time, settle } = await arrangeReady();
    frames.last.host.onFailed(busy);
    void session.revalidate();
    await settle();
    await endpoint.succeed({ subject: 'bob' });
    await time.advance(60_000);
    expect(frames.built).toHaveLength(1);
  });
});

describe('Teardown', () => {
  const ways: [string, (arranged: Awaited<ReturnType<typeof arrangeReady>>) => void][] = [
    ['is stopped', ({ session }) => session.stop()],
    ['gets another visitor', ({ session }) => session.reauthorize()],
    ['is signed out', ({ session }) => session.signOut()],
    ['is suspended', ({ session }) => session.suspend()],
  ];

  it.each(ways)('The frame and its token request have ended when the call returns in which the chat %s', async (_, end) => {
    const arranged = await arrangeReady();
    await arranged.time.advance(HOUR_MS / 2);
    const { signal } = arranged.endpoint.last;
    end(arranged);
    expect([arranged.frames.shown.length, signal.aborted]).toEqual([0, true]);
  });

  it.each(ways)('The frame is removed before listeners are notified that the chat %s', async (_, end) => {
    const arranged = await arrangeReady();
    const before = arranged.framesAtStates.length;
    end(arranged);
    expect(arranged.framesAtStates[before]).toBe(0);
  });

  it.each(ways)('A frame may send nothing while it is removed because the chat %s', async (_, end) => {
    const arranged = await arrangeReady();
    end(arranged);
    expect(arranged.frames.last.mayStillSend).toBe(false);
  });

  it('A frame may send a last request while it is removed because the page is left, and none later', async () => {
    const { session, frames } = await arrangeReady();
    session.leavePage();
    const { host, isDestroyed, mayStillSend } = frames.last;
    expect([isDestroyed, mayStillSend, host.mayStillSend()]).toEqual([true, true, false]);
  });

  it.each(ways)('A former frame gets empty results and has no effect when the chat %s', async (_, end) => {
    const arranged = await arrangeReady();
    const { host } = arranged.frames.last;
    end(arranged);
    const { length } = arranged.states;
    const received = arranged.received.length;
    await arranged.settle();
    const asked = arranged.endpoint.seen.length;
    expect(await Promise.all([host.getAccessToken(), host.refreshAccessToken('token-1'), host.refreshAccessToken('')])).toEqual([
      '',
      '',
      '',
    ]);
    const { timerCount } = arranged.time;
    host.onReady(noControls);
    host.onFailed({ code: ErrorCode.RateLimited, message: 'too many', retryable: true });
    host.onEvent({ type: 'reply-failed', problem });
    host.onEvent({ type: 'message', message: { role: 'assistant', text: 'late', id: '1' } });
    host.onEvent({ type: 'escape' });
    await arranged.settle();
    expect([arranged.received.length, arranged.endpoint.seen.length, arranged.time.timerCount]).toEqual([received, asked, timerCount]);
    expect(arranged.states.slice(length).map(({ status }) => status)).toEqual([]);
  });

  it.each(ways)('Waiting calls of the frame resolve with an empty string when the chat %s', async (_, end) => {
    const arranged = await arrangeReady();
    const { host } = arranged.frames.last;
    const [hook, request] = [watch(host.refreshAccessToken('token-1')), watch(host.getAccessToken())];
    await arranged.settle();
    end(arranged);
    await arranged.settle();
    expect([hook.value, request.value]).toEqual(['', '']);
  });

  it('A stopped chat leaves no timer', async () => {
    const { session, time, frames } = await arrangeReady();
    void frames.last.host.refreshAccessToken('token-1');
    await time.advance(100);
    session.stop();
    await time.advance(0);
    expect(time.timerCount).toBe(0);
  });

  it('A former frame gets no token for which it waited when the frame was rebuilt', async () => {
    const { session, endpoint, frames, settle } = await arrangeReady();
    const { host } = frames.last;
    const hook = watch(host.refreshAccessToken('token-1'));
    await settle();
    session.recreateFrame();
    await endpoint.succeed();
    expect(hook.value).toBe('');
    expect(await frames.last.host.getAccessToken()).toBe('token-2');
  });

  it('A frame that is removed in the task in which its token arrives does not get that token', async () => {
    const { session, endpoint, frames, settle } = await arrangeReady();
    const hook = watch(frames.last.host.refreshAccessToken('token-1'));
    await settle();
    const answered = endpoint.succeed();
    await Promise.resolve();
    session.stop();
    await answered;
    expect(hook.value).toBe('');
  });
});

describe('Another visitor', () => {
  it('A response to the first token request is ignored when the visitor changes meanwhile', async () => {
    const { session, endpoint, frames, settle } = arrangeSession();
    session.start();
    await settle();
    const alices = endpoint.last;
    session.reauthorize();
    await settle();
    expect([alices.signal.aborted, endpoint.seen.length]).toEqual([true, 2]);
    await alices.answer({ ok: true, value: { value: 'alices', subject: 'alice', requestedAt: alices.at, lifetimeMs: HOUR_MS } });
    expect(frames.built).toHaveLength(0);
    await endpoint.succeed({ subject: 'bob' });
    expect(frames.built).toMatchObject([{ subject: 'bob' }]);
  });

  it('A late update of a former token source does not affect the next visitor', async () => {
    const reported: ((update: TokenUpdate) => void)[] = [];
    const arranged = arrangeSession({
      createSource: (onUpdate, owner) => {
        reported.push(onUpdate);
        const { endpoint, time } = arranged;
        const page = { isVisible: () => true, isOnline: () => true };
        return new AccessTokenSource({ request: endpoint.request, onUpdate, ...time, random: () => 0, ...page, expectedSubject: owner });
      },
    });
    arranged.session.start();
    arranged.session.reauthorize();
    await arranged.settle();
    const { length } = arranged.updates;
    reported[0]?.({ phase: 'subject-changed', reason: 'initial', attempt: 1, subject: 'bob' });
    expect([arranged.session.state.status, arranged.updates.length, arranged.received]).toEqual(['authorizing', length, []]);
  });

  it('A response to a request from before the last change of the visitor is ignored', async () => {
    const { session, endpoint, frames, settle } = arrangeSession();
    session.start();
    await settle();
    session.reauthorize();
    session.reauthorize();
    await settle();
    const [first] = endpoint.seen;
    await first?.answer({ ok: true, value: { value: 'old', subject: 'alice', requestedAt: first.at, lifetimeMs: HOUR_MS } });
    expect(frames.built).toHaveLength(0);
    const fresh = await endpoint.succeed();
    expect(await frames.last.host.getAccessToken()).toBe(fresh);
  });

  it('A token for another subject removes the chat, and a second response has to agree before the next chat', async () => {
    const { endpoint, frames, time, received, session } = await arrangeReady();
    await time.advance(HOUR_MS / 2);
    await endpoint.succeed({ subject: 'bob' });
    expect([frames.shown.length, session.state.status, received]).toEqual([0, 'authorizing', [SUBJECT_CHANGED]]);
    await endpoint.succeed({ subject: 'bob' });
    expect(frames.shown).toMatchObject([{ subject: 'bob' }]);
    expect(await frames.last.host.getAccessToken()).toBe('token-3');
  });

  it('Two responses that name different subjects are a failure that can be retried', async () => {
    const { endpoint, frames, time, session, settle } = await arrangeReady();
    await time.advance(HOUR_MS / 2);
    await endpoint.succeed({ subject: 'bob' });
    await endpoint.succeed({ subject: 'alice' });
    expect([session.state, frames.shown.length]).toMatchObject([
      { status: 'failed', problem: { code: ErrorCode.IdentityMismatch, retryable: true } },
      0,
    ]);
    const asked = endpoint.seen.length;
    await time.advance(HOUR_MS);
    expect(endpoint.seen.length).toBe(asked);
    session.reauthorize();
    await settle();
    await endpoint.succeed();
    expect(frames.shown).toMatchObject([{ subject: 'alice' }]);
  });

  it('Three responses that name different subjects are a failure with the code cookies_blocked', async () => {
    const { endpoint, session, settle } = await arrangeReady();
    void session.revalidate();
    await settle();
    await endpoint.succeed({ subject: 'bob' });
    await endpoint.succeed({ subject: 'carol' });
    expect(session.state).toMatchObject({ status: 'failed', problem: { code: ErrorCode.CookiesBlocked } });
  });

  it('A change of the visitor by the page during a renewal rebuilds the frame once', async () => {
    const { endpoint, frames, session, settle, time } = await arrangeReady();
    await time.advance(HOUR_MS / 2);
    session.reauthorize();
    await settle();
    await endpoint.succeed({ subject: 'bob' });
    expect(frames.built.map(({ subject }) => subject)).toEqual(['alice', 'bob']);
  });
});

describe('A signed-out visitor', () => {
  const arrangeSignedOut = async () => {
    const arranged = await arrangeReady();
    await arranged.time.advance(HOUR_MS / 2);
    await arranged.endpoint.fail(signedOut('401'));
    return arranged;
  };

  it('A signed-out visitor has no chat, and no request is sent', async () => {
    const { session, endpoint, frames, time } = await arrangeSignedOut();
    expect([session.state.status, frames.shown.length]).toEqual(['signed-out', 0]);
    await time.advance(24 * HOUR_MS);
    expect(endpoint.seen).toHaveLength(2);
  });

  it('retryNow() asks for a signed-out visitor, who gets their chat after signing in', async () => {
    const { session, endpoint, frames, settle } = await arrangeSignedOut();
    session.retryNow();
    await settle();
    expect(endpoint.last.reason).toBe('manual');
    await endpoint.succeed();
    expect(frames.shown).toMatchObject([{ subject: 'alice' }]);
  });

  it('A different visitor who signs in after a log-out is reported as a change', async () => {
    const { session, endpoint, frames, received, settle } = await arrangeSignedOut();
    session.retryNow();
    await settle();
    await endpoint.succeed({ subject: 'bob' });
    expect([frames.shown.length, received]).toEqual([0, [SUBJECT_CHANGED]]);
    await endpoint.succeed({ subject: 'bob' });
    expect(frames.shown).toMatchObject([{ subject: 'bob' }]);
  });

  it('A backend is not asked after signOut() until reauthorize() is called', async () => {
    const { session, endpoint, frames, settle } = await arrangeReady();
    session.signOut();
    session.retryNow();
    session.suspend();
    await session.refreshToken();
    await settle();
    expect([session.state.status, endpoint.seen.length, frames.shown.length]).toEqual(['signed-out', 1, 0]);
    session.reauthorize();
    await settle();
    expect(endpoint.seen).toHaveLength(2);
  });
});

describe('A page that becomes visible again', () => {
  it('A page that is visible again replaces the chat if another visitor has signed in meanwhile', async () => {
    const { session, endpoint, frames, received, time } = await arrangeReady();
    await time.advance(60_000);
    session.handleVisible();
    await time.advance(0);
    expect(frames.shown).toMatchObject([{ subject: 'alice' }]);
    await endpoint.succeed({ subject: 'bob' });
    expect([frames.shown.length, received]).toEqual([0, [SUBJECT_CHANGED]]);
    await endpoint.succeed({ subject: 'bob' });
    expect([frames.shown, received]).toMatchObject([[{ subject: 'bob' }], [SUBJECT_CHANGED]]);
  });

  it('A page that is visible again removes the chat if the visitor is signed out', async () => {
    const { session, endpoint, frames, time } = await arrangeReady();
    await time.advance(60_000);
    session.handleVisible();
    await time.advance(0);
    await endpoint.fail(signedOut('401'));
    expect([session.state.status, frames.shown.length]).toEqual(['signed-out', 0]);
  });
});

describe('A suspended chat', () => {
  it('A suspended chat reports another visitor once, when the next token is for that visitor', async () => {
    const { session, endpoint, received, settle } = await arrangeReady();
    session.suspend();
    session.suspend();
    await settle();
    await endpoint.succeed({ subject: 'bob' });
    expect(received).toEqual([SUBJECT_CHANGED]);
    session.suspend();
    await settle();
    await endpoint.succeed({ subject: 'bob' });
    expect(received).toEqual([SUBJECT_CHANGED]);
  });

  it.each(['stop', 'signOut'] as const)('A suspended chat reports no change of the visitor after %s()', async (leave) => {
    const { session, endpoint, received, settle } = await arrangeReady();
    session.suspend();
    session[leave]();
    session.start();
    session.reauthorize();
    await settle();
    await endpoint.succeed({ subject: 'bob' });
    expect(received).not.toContainEqual(SUBJECT_CHANGED);
  });
});

describe('A page that is left', () => {
  it('A page that is left shows no chat and sends no request until it is visible again', async () => {
    const { session, endpoint, frames, page, time } = await arrangeReady();
    page.isVisible = false;
    session.suspend();
    await time.advance(HOUR_MS);
    expect([frames.shown.length, endpoint.seen.length]).toEqual([0, 1]);
    page.isVisible = true;
    session.retryNow();
    await time.advance(0);
    await endpoint.succeed({ subject: 'bob' });
    expect(frames.shown).toMatchObject([{ subject: 'bob' }]);
  });
});

describe('Listeners of a session', () => {
  it('A listener can stop the chat during a state change', async () => {
    const arranged = arrangeSession({
      notify: (notification) => {
        if (notification.type === 'state-changed' && notification.state.status === 'loading') arranged.session.stop();
        return true;
      },
    });
    arranged.session.start();
    await arranged.settle();
    await arranged.endpoint.succeed();
    expect([arranged.session.state.status, arranged.frames.built.length, arranged.time.timerCount]).toEqual(['idle', 0, 0]);
  });

  it('A listener can restart the chat during a token update', async () => {
    let hasRestarted = false;
    const arranged = arrangeSession({
      notify: (notification) => {
        const isIssued = notification.type === 'token-updated' && notification.update.phase === 'issued';
        if (isIssued && !hasRestarted) arranged.session.reauthorize();
        hasRestarted ||= isIssued;
        return true;
      },
    });
    arranged.session.start();
    await arranged.settle();
    await arranged.endpoint.succeed();
    expect([arranged.session.state.status, arranged.frames.built.length]).toEqual(['authorizing', 0]);
    await arranged.endpoint.succeed({ subject: 'bob' });
    expect(arranged.frames.shown).toMatchObject([{ subject: 'bob' }]);
  });

  it('A listener gets the reason of a failed token request, and no token', async () => {
    const { updates, time, endpoint } = await arrangeReady();
    await time.advance(HOUR_MS / 2);
    await endpoint.fail(unavailable('down'));
    expect(updates.at(-1)).toMatchObject({ phase: 'failed', failure: { message: 'down' } });
    expect(JSON.stringify(updates)).not.toContain('token-1');
  });
});

it('A chat that is not started sends no request, whichever method is called', async () => {
  const { session, endpoint, time } = arrangeSession();
  session.retryNow();
  session.suspend();
  session.reauthorize();
  session.signOut();
  session.recreateFrame();
  session.handleReplacement();
  session.handleAbsence();
  session.handleFocus();
  session.setTitle('Chat');
  await session.verify();
  await session.refreshToken();
  await time.advance(HOUR_MS);
  expect([session.state.status, session.subject, endpoint.seen.length]).toEqual(['idle', undefined, 0]);
});

describe('Draft of a visitor', () => {
  const written: Draft = { text: 'half a question', unsent: undefined, hasFocus: true };
  type Arranged = Awaited<ReturnType<typeof arrangeReady>>;

  async function arrangeWritten(subject?: string): Promise<Arranged> {
    const arranged = arrangeSession();
    arranged.session.start();
    await arranged.settle();
    await arranged.endpoint.succeed({ subject });
    arranged.frames.last.host.onReady(noControls);
    arranged.frames.last.host.onDraft(written);
    return arranged;
  }

  /** The draft that the next chat, for `subject`, gets. */
  async function nextDraft({ endpoint, frames, settle }: Arranged, subject: string | undefined): Promise<Draft> {
    await settle();
    await endpoint.succeed({ subject });
    return frames.last.host.draft();
  }

  const waysOut: [string, (session: Arranged['session']) => void][] = [
    ['is reloaded', (session) => session.reauthorize()],
    ['is suspended', (session) => session.suspend()],
    ['leaves its page', (session) => (session.leave(), session.start())],
  ];

  it('A draft is kept in the next frame, whether its subject is known or not', async () => {
    for (const subject of ['alice', undefined]) {
      const { session, frames } = await arrangeWritten(subject);
      session.recreateFrame();
      expect([frames.built.length, frames.last.host.draft()]).toEqual([2, written]);
    }
  });

  it('A draft is kept after a failure of the frame, and after the visitor has signed in again', async () => {
    const arranged = await arrangeWritten('alice');
    arranged.frames.last.host.onFailed({ code: ErrorCode.RateLimited, message: 'too many', retryable: true });
    await arranged.time.advance(11_000);
    expect(arranged.frames.last.host.draft()).toEqual(written);
    void arranged.session.revalidate();
    await arranged.settle();
    await arranged.endpoint.fail(signedOut('401'));
    expect(arranged.session.state.status).toBe('signed-out');
    void arranged.session.revalidate();
    expect(await nextDraft(arranged, 'alice')).toEqual(written);
  });

  it.each(waysOut)('A draft is kept for the same visitor after their chat %s, and for no other visitor', async (_, leave) => {
    const same = await arrangeWritten('alice');
    leave(same.session);
    expect(await nextDraft(same, 'alice')).toEqual(written);

    const other = await arrangeWritten('alice');
    leave(other.session);
    expect(await nextDraft(other, 'bob')).toEqual(NO_DRAFT);
    leave(other.session);
    expect(await nextDraft(other, 'alice')).toEqual(NO_DRAFT);
  });

  it.each(waysOut)('A draft is lost after the chat %s if the backend names no subject', async (_, leave) => {
    const arranged = await arrangeWritten();
    leave(arranged.session);
    expect(await nextDraft(arranged, undefined)).toEqual(NO_DRAFT);
  });

  it('A draft is lost after a log-out without a subject, and after signOut() and stop()', async () => {
    const unknown = await arrangeWritten();
    void unknown.session.revalidate();
    await unknown.settle();
    await unknown.endpoint.fail(signedOut('401'));
    void unknown.session.revalidate();
    expect(await nextDraft(unknown, undefined)).toEqual(NO_DRAFT);

    for (const end of [(session: Arranged['session']) => session.signOut(), (session: Arranged['session']) => session.stop()]) {
      const arranged = await arrangeWritten('alice');
      end(arranged.session);
      arranged.session.start();
      arranged.session.reauthorize();
      expect(await nextDraft(arranged, 'alice')).toEqual(NO_DRAFT);
    }
  });

  it('A former frame can neither read nor change the draft', async () => {
    const { session, frames } = await arrangeWritten('alice');
    const { host: former } = frames.last;
    session.recreateFrame();
    former.onDraft({ ...written, text: 'too late' });
    expect([former.draft(), frames.last.host.draft()]).toEqual([NO_DRAFT, written]);
  });
});

describe('Calls of a frame to its page', () => {
  const action = { conversationId: '1', chatId: '2', toolCalls: [] };
  const turn = { signal: new AbortController().signal, confirm: () => Promise.resolve(true), onRun: () => undefined };
  const prepared = { text: 'hello', context: {}, hasTools: false };
  const outputs = [{ id: '3', output: 'done' }];
  const createPage = () => ({
    prepareMessage: vi.fn<PageApi['prepareMessage']>(() => Promise.resolve(prepared)),
    runTools: vi.fn<PageApi['runTools']>(() => Promise.resolve(outputs)),
  });

  it('A call of the frame is answered, with a signal that aborts when that frame goes', async () => {
    const page = createPage();
    const { session, frames } = await arrangeReady({ page });
    const ask = async (): Promise<(AbortSignal | undefined)[]> => {
      const { host } = frames.last;
      expect([await host.prepareMessage('hello'), await host.runTools(action, turn)]).toEqual([prepared, outputs]);
      expect([page.prepareMessage.mock.lastCall?.[0], page.runTools.mock.lastCall?.slice(0, 2)]).toEqual(['hello', [action, turn]]);
      return [page.prepareMessage.mock.lastCall?.[1], page.runTools.mock.lastCall?.[2]];
    };
    const ofFirst = await ask();
    expect(ofFirst.map((signal) => signal?.aborted)).toEqual([false, false]);
    session.recreateFrame();
    const ofSecond = await ask();
    expect([...ofFirst, ...ofSecond].map((signal) => signal?.aborted)).toEqual([true, true, false, false]);
  });

  it('A call of a former frame gets no answer, whether it was made before or after the frame went', async () => {
    const page = createPage();
    const { session, frames } = await arrangeReady({ page });
    const { host } = frames.last;
    const asked = [host.prepareMessage('hello'), host.runTools(action, turn)];
    session.recreateFrame();
    const askedLate = [host.prepareMessage('too late'), host.runTools(action, turn)];
    expect(await Promise.all([...asked, ...askedLate])).toEqual([undefined, undefined, undefined, undefined]);
    expect([page.prepareMessage.mock.calls.length, page.runTools.mock.calls.length]).toEqual([1, 1]);
  });
});

describe('A conversation that the page names', () => {
  const unavailableConversation: Problem = { code: ErrorCode.ConversationUnavailable, message: 'There is none.', retryable: false };
  async function arrangeMoving() {
    const draft = new KeptDraft();
    const arranged = await arrangeReady({ draft });
    const conversations = vi.fn(() => Promise.resolve(fail(unavailableConversation)));
    const { host } = arranged.frames.last;
    host.onReady({ ...noControls, conversations: conversations as ChatApi['conversations'] });
    return { ...arranged, draft, conversations, host };
  }

  it('A conversation that the page names replaces the one that the visitor has opened; a failure is reported', async () => {
    const { session, conversations, host, draft, received, settle } = await arrangeMoving();
    host.onEvent({ type: 'conversation', id: '740', isNewest: false });
    expect(draft.conversationOf('alice')).toBe('740');
    session.moveTo('741');
    expect(draft.conversationOf('alice')).toBeUndefined();
    await settle();
    expect(conversations.mock.calls).toEqual([['open', '741']]);
    expect(received.slice(1)).toEqual([{ type: 'feature-failed', problem: unavailableConversation }]);
  });

  it('An empty conversation id only closes the conversation that the visitor has opened', async () => {
    const { session, conversations, host, draft, settle } = await arrangeMoving();
    host.onEvent({ type: 'conversation', id: '740', isNewest: false });
    session.moveTo('');
    await settle();
    expect([draft.conversationOf('alice'), conversations.mock.calls]).toEqual([undefined, []]);
  });

  it('A failure to open a conversation is not reported once the visitor has changed', async () => {
    const { session, received, settle } = await arrangeMoving();
    session.moveTo('741');
    session.reauthorize();
    await settle();
    expect(received).toEqual([]);
  });
});

it('The newest conversation is kept for the next frame without its id, since another one may be the newest then', async () => {
  const draft = new KeptDraft();
  const { frames } = await arrangeReady({ draft });
  frames.last.host.onEvent({ type: 'conversation', id: '741', isNewest: true });
  expect(draft.conversationOf('alice')).toBe('');
});

it('The conversation that the visitor has opened is kept, whatever else happens in the chat', async () => {
  const draft = new KeptDraft();
  const { frames } = await arrangeReady({ draft });
  frames.last.host.onEvent({ type: 'conversation', id: '740', isNewest: false });
  frames.last.host.onEvent({ type: 'escape' });
  frames.last.host.onEvent({ type: 'message', message: { role: 'user', text: 'hello', id: '1' } });
  expect(draft.conversationOf('alice')).toBe('740');
});

describe('Refresh by the page', () => {
  it('refreshToken() resolves when the token has arrived, and when the request has failed', async () => {
    const { session, endpoint, frames, settle } = await arrangeReady();
    const refreshed = session.refreshToken();
    await settle();
    await endpoint.succeed();
    await refreshed;
    expect(await frames.last.host.getAccessToken()).toBe('token-2');
    const failed = session.refreshToken();
    await settle();
    await endpoint.fail();
    await expect(failed).resolves.toBeUndefined();
  });

  it('refreshToken() resolves even if the token is for another visitor', async () => {
    const { session, endpoint, settle } = await arrangeReady();
    const refreshed = session.refreshToken();
    await settle();
    await endpoint.succeed({ subject: 'bob' });
    await expect(refreshed).resolves.toBeUndefined();
  });

  it.each<[string, (session: Awaited<ReturnType<typeof arrangeReady>>['session']) => void]>([
    ['stopped', (session) => session.stop()],
    ['restarted', (session) => session.reauthorize()],
    ['signed out', (session) => session.signOut()],
  ])('refreshToken() rejects as interrupted if the chat is %s before', async (_, end) => {
    const { session, settle } = await arrangeReady();
    const refreshed = session.refreshToken();
    await settle();
    end(session);
    await expect(refreshed).rejects.toMatchObject({ name: 'CozeChatError', code: ErrorCode.Interrupted });
  });
});

describe('An exception at the start', () => {
  function arrangeBreakable() {
    const source = { isBroken: false };
    const arranged: ReturnType<typeof arrangeSession> = arrangeSession({
      createSource: (onUpdate, expectedSubject) => {
        if (source.isBroken) throw new RangeError('secret');
        const { time, endpoint } = arranged;
        const page = { isVisible: () => true, isOnline: () => true };
        return new AccessTokenSource({ request: endpoint.request, onUpdate, ...time, random: () => 0, ...page, expectedSubject });
      },
    });
    return { ...arranged, source };
  }

  it('An exception at the start is a failure that names its class, and the chat can be restarted', async () => {
    const { session, source, endpoint, settle, frames } = arrangeBreakable();
    source.isBroken = true;
    session.start();
    const message = 'The chat cannot go on: RangeError was thrown.';
    expect(session.state).toMatchObject({ status: 'failed', cause: 'exception', problem: { message, retryable: true } });
    source.isBroken = false;
    session.reauthorize();
    await settle();
    await endpoint.succeed();
    expect(frames.shown).toMatchObject([{ subject: 'alice' }]);
  });

  it('A visitor after an exception is not reported as a change', async () => {
    const { session, source, endpoint, settle, received } = arrangeBreakable();
    session.start();
    await settle();
    await endpoint.succeed();
    source.isBroken = true;
    session.suspend();
    source.isBroken = false;
    session.reauthorize();
    await settle();
    await endpoint.succeed({ subject: 'bob' });
    expect([session.subject, received]).toEqual(['bob', []]);
  });
});

it('A visitor after a wrong configuration is not reported as a change', async () => {
  const { session, endpoint, received, settle } = await arrangeReady();
  session.suspend();
  session.invalidate(problem);
  session.start();
  await settle();
  await endpoint.succeed({ subject: 'bob' });
  expect([session.subject, received]).toEqual(['bob', []]);
});
