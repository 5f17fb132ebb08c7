/** The frame sends nothing for a visitor whom the backend has not confirmed recently. */
import { describe, expect, it } from 'vitest';
import type { HostApi } from '../../../src/frame/contract.js';
import { invalidResponse, signedOut, unavailable } from '../../../src/token/token-failure.js';
import { FakeFrames } from '../../support/fake-frames.js';
import { arrangeReady, arrangeSession } from './arrange-session.js';

const FRESH_MS = 30_000;
const HOUR_MS = 3_600_000;

function resultOf<T>(promise: Promise<T>): { readonly value: T | undefined } {
  const result: { value: T | undefined } = { value: undefined };
  void promise.then((value) => (result.value = value));
  return result;
}

/** Alice's chat, `ageMs` after the backend's last confirmation. */
async function arrangeAged(ageMs = FRESH_MS) {
  const arranged = await arrangeReady();
  const { host } = arranged.frames.last;
  await arranged.time.advance(ageMs);
  return { ...arranged, host };
}

const doors: Readonly<Record<string, [ask: (host: HostApi) => Promise<string | boolean>, open: string | boolean, shut: string | boolean]>> =
  {
    'a message': [(host) => host.confirmVisitor(), true, false],
    'a request': [(host) => host.getAccessToken(), 'token-1', ''],
  };

describe.each(Object.entries(doors))('Confirmation of the visitor for %s', (_, [ask, open, shut]) => {
  it('The frame sends at once within 30 s after the last confirmation', async () => {
    const { host, endpoint } = await arrangeAged(FRESH_MS - 1);
    expect([await ask(host), endpoint.seen.length]).toEqual([open, 1]);
  });

  it('The frame waits until the backend names the subject, after 30 s', async () => {
    const { host, endpoint, time } = await arrangeAged();
    const result = resultOf(ask(host));
    await time.advance(2_000);
    expect([result.value, endpoint.last.reason]).toEqual([undefined, 'verify']);
    await endpoint.confirm();
    expect(result.value).toBe(open);
  });

  it('The frame sends nothing and is removed when the backend names another subject', async () => {
    const { host, endpoint, frames, settle } = await arrangeAged();
    const result = resultOf(ask(host));
    await settle();
    await endpoint.confirm('bob');
    expect([result.value, frames.shown.length]).toEqual([shut, 0]);
  });

  it('The frame sends nothing when the visitor is signed out', async () => {
    const { host, endpoint, session, settle } = await arrangeAged();
    const result = resultOf(ask(host));
    await settle();
    await endpoint.fail(signedOut('401'));
    expect([result.value, session.state.status]).toEqual([shut, 'signed-out']);
  });

  it('The frame sends after 2.5 s without a response if the visitor has not left the window', async () => {
    const { host, time } = await arrangeAged();
    const result = resultOf(ask(host));
    await time.advance(2_499);
    expect(result.value).toBeUndefined();
    await time.advance(1);
    expect(result.value).toBe(open);
  });

  it('The frame sends nothing after 2.5 s without a response if the visitor has left the window', async () => {
    const { host, session, time, frames } = await arrangeAged();
    session.handleAbsence();
    session.handleFocus();
    const result = resultOf(ask(host));
    await time.advance(2_499);
    expect(result.value).toBeUndefined();
    await time.advance(1);
    expect([result.value, frames.shown.length]).toEqual([shut, 1]);
  });

  it('The frame sends nothing after a failed request while the window has no focus, and sends after a confirmation', async () => {
    const { host, session, endpoint, time } = await arrangeAged();
    session.handleAbsence();
    const refused = resultOf(ask(host));
    await time.advance(0);
    await endpoint.fail();
    expect(refused.value).toBe(shut);
    session.handleFocus();
    await time.advance(0);
    await endpoint.confirm();
    expect(await ask(host)).toBe(open);
  });

  it('The frame sends nothing after a doubt until the backend has responded', async () => {
    const { host, session, endpoint, settle } = await arrangeAged(0);
    session.proof?.doubt();
    expect(session.proof?.isDoubted).toBe(true);
    const result = resultOf(ask(host));
    await settle();
    expect(result.value).toBeUndefined();
    await endpoint.confirm();
    expect([result.value, session.proof?.isDoubted]).toEqual([open, false]);
  });

  it('A confirmation leaves no timer behind', async () => {
    const { host, endpoint, time, settle } = await arrangeAged();
    const { timerCount } = time;
    const result = resultOf(ask(host));
    await settle();
    await endpoint.confirm();
    expect([result.value, time.timerCount]).toEqual([open, timerCount]);
  });

  it('A former frame sends nothing', async () => {
    const { host, session } = await arrangeAged(0);
    session.stop();
    expect(await ask(host)).toBe(shut);
  });
});

describe('Focus of the window', () => {
  it('The focus of the frame’s window is reported while the frame is there', async () => {
    const { host, session, frameFocus } = await arrangeAged(0);
    host.onFocus(true);
    host.onFocus(false);
    session.stop();
    host.onFocus(true);
    expect(frameFocus).toEqual([true, false]);
  });

  it('A focus that returns after 30 s makes the chat ask its backend, and another visitor replaces it', async () => {
    const { session, endpoint, frames, settle } = await arrangeAged();
    session.handleAbsence();
    session.handleFocus();
    await settle();
    await endpoint.confirm('bob');
    expect(frames.shown).toEqual([]);
    await endpoint.succeed({ subject: 'bob' });
    expect(frames.shown).toMatchObject([{ subject: 'bob' }]);
  });

  it('An absence that begins in one chat makes the next chat ask its backend after 30 s', async () => {
    const { session, endpoint, settle, time } = await arrangeAged(0);
    session.handleAbsence();
    session.reauthorize();
    await settle();
    await endpoint.succeed();
    session.handleFocus();
    await time.advance(FRESH_MS - 1);
    expect(endpoint.seen).toHaveLength(2);
    await time.advance(1);
    expect(endpoint.seen).toHaveLength(3);
  });

  it('An absence that has ended has no effect on the next chat', async () => {
    const { session, endpoint, settle, time } = await arrangeAged(0);
    session.handleAbsence();
    session.handleFocus();
    session.reauthorize();
    await settle();
    await endpoint.succeed();
    session.handleFocus();
    await time.advance(2 * FRESH_MS);
    expect(endpoint.seen).toHaveLength(2);
  });
});

it('A request whose token is rejected while its visitor is confirmed gets its result within 15 s', async () => {
  const { host, time } = await arrangeAged();
  const result = resultOf(host.getAccessToken());
  await time.advance(1_000);
  void host.refreshAccessToken('token-1');
  await time.advance(13_999);
  expect(result.value).toBeUndefined();
  await time.advance(1);
  expect(result.value).toBe('');
});

it('A request that gets no token within 15 s asks the backend nothing more', async () => {
  const { host, endpoint, time } = await arrangeAged();
  void host.refreshAccessToken('token-1');
  const result = resultOf(host.getAccessToken());
  for (let passedMs = 0; passedMs < 14_900; passedMs += 100) {
    await time.advance(100);
    await endpoint.fail();
  }
  const asked = endpoint.seen.length;
  await time.advance(100);
  expect([result.value, endpoint.seen.length]).toEqual(['', asked]);
});

it('A session that a focus listener restarts while the frame is removed gets its next frame', async () => {
  const frames = new FakeFrames();
  const { session, endpoint, settle, statuses } = arrangeSession({
    createFrame: (host, subject) => {
      const frame = frames.create(host, subject);
      const destroy = (): void => {
        frame.destroy();
        session.start();
      };
      return { ...frame, destroy };
    },
  });
  session.start();
  await settle();
  await endpoint.succeed();
  session.stop();
  await settle();
  expect(statuses().at(-1)).toBe('authorizing');
  await endpoint.succeed({ subject: 'bob' });
  expect(frames.shown).toMatchObject([{ subject: 'bob' }]);
});

it.each([0, 1])(
  'A session that an abort listener restarts while the token source ends gets its next frame; frames before: %i',
  async (framesBefore) => {
    const { session, endpoint, settle, statuses, frames } = arrangeSession();
    session.start();
    await settle();
    endpoint.last.signal.addEventListener('abort', () => session.start());
    if (framesBefore === 1) await endpoint.succeed();
    expect(frames.shown).toHaveLength(framesBefore);
    session.stop();
    await settle();
    expect(statuses().at(-1)).toBe('authorizing');
    expect(frames.shown).toEqual([]);
    await endpoint.succeed({ subject: 'bob' });
    expect(frames.shown).toMatchObject([{ subject: 'bob' }]);
  },
);

describe('Replaced token function', () => {
  it('A replaced token function is asked for its subject, and another subject removes the chat', async () => {
    const { session, endpoint, frames, settle } = await arrangeAged(0);
    session.handleReplacement();
    await settle();
    await endpoint.confirm('bob');
    expect(frames.shown).toEqual([]);
  });
});

describe('An outage', () => {
  it('An outage beyond the lifetime of a token removes the chat of a visitor who has left the window', async () => {
    const { endpoint, frames, session, time } = await arrangeAged(HOUR_MS / 2);
    session.handleAbsence();
    session.handleFocus();
    for (let minute = 0; minute < 29; minute++) {
      await endpoint.fail();
      await time.advance(60_000);
    }
    expect(frames.shown).toHaveLength(1);
    for (let minute = 0; minute < 4; minute++) {
      await endpoint.fail();
      await time.advance(60_000);
    }
    expect([frames.shown.length, session.state.status]).toEqual([0, 'failed']);
  });

  it('An outage of seven seconds after a sleep does not remove the chat, which then has its token', async () => {
    const { time, session, endpoint, frames } = await arrangeAged(0);
    session.handleAbsence();
    time.sleep(8 * HOUR_MS);
    session.handleFocus();
    await time.advance(0);
    for (const [failures, delayMs] of [500, 1_000, 2_000, 4_000].entries()) {
      expect(endpoint.seen).toHaveLength(2 + failures);
      await endpoint.fail();
      expect(frames.shown).toHaveLength(1);
      await time.advance(delayMs);
    }
    expect(endpoint.seen).toHaveLength(6);
    await endpoint.succeed();
    expect([frames.built.length, frames.shown.length, session.state.status]).toEqual([1, 1, 'ready']);
  });

  it('An outage after a sleep removes the chat only at the fifth failure', async () => {
    const { time, session, endpoint, frames } = await arrangeAged(0);
    session.handleAbsence();
    time.sleep(8 * HOUR_MS);
    session.handleFocus();
    await time.advance(0);
    for (let attempt = 1; attempt < 5; attempt++) {
      expect(endpoint.seen).toHaveLength(1 + attempt);
      await endpoint.fail(attempt === 2 ? invalidResponse('captive portal') : unavailable('down'));
      expect(frames.shown).toHaveLength(1);
      void session.verify();
      await time.advance(0);
    }
    await endpoint.fail();
    expect(frames.shown).toHaveLength(0);
  });

  it('An outage does not remove the chat of a visitor who stayed or is offline', async () => {
    for (const leave of [false, true]) {
      const { time, session, endpoint, frames, page } = await arrangeAged(0);
      page.isOnline = !leave;
      if (leave) {
        session.handleAbsence();
        session.handleFocus();
      }
      await time.advance(HOUR_MS);
      for (let attempt = 0; attempt < 6; attempt++) {
        await endpoint.fail();
        void session.verify();
        await time.advance(0);
      }
      expect(frames.shown).toHaveLength(1);
    }
  });
});
