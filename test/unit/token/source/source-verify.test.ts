import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { invalidResponse, misconfigured, signedOut, unavailable } from '../../../../src/token/token-failure.js';
import { arrange, arrangeIssued, DUE_MS, HOUR_MS, reasonsOf } from './arrange-source.js';

const FRESH_MS = 30_000;

/** The present result of a promise of a verdict. */
function verdictOf(promise: Promise<boolean>): { readonly value: boolean | undefined } {
  const verdict: { value: boolean | undefined } = { value: undefined };
  void promise.then((value) => (verdict.value = value));
  return verdict;
}

/** A source with a token whose proof is just too old. */
async function arrangeStale(options: Parameters<typeof arrangeIssued>[0] = {}) {
  const arranged = await arrangeIssued(options);
  await arranged.time.advance(FRESH_MS);
  return arranged;
}

describe('The subject', () => {
  it('The subject counts as proven for 30 s after a token', async () => {
    const { time, source } = await arrangeIssued();
    await time.advance(FRESH_MS - 1);
    expect(source.isProven).toBe(true);
    await time.advance(1);
    expect(source.isProven).toBe(false);
  });

  it('The subject is proven by a response that names it, and nothing else changes', async () => {
    const { endpoint, updates, source } = await arrangeStale();
    const before = updates.length;
    const verdict = verdictOf(source.verify());
    await endpoint.confirm();
    expect([verdict.value, source.isProven, await source.getToken()]).toEqual([true, true, 'token-1']);
    expect(updates.slice(before)).toEqual([{ phase: 'verified', reason: 'verify', attempt: 1, subject: 'alice' }]);
  });

  it('The subject is asked for once for several callers at the same time', async () => {
    const { endpoint, source } = await arrangeStale();
    const verdicts = [source.verify(), source.verify(), source.verify()].map(verdictOf);
    await endpoint.confirm();
    expect([reasonsOf(endpoint), verdicts.map(({ value }) => value)]).toEqual([
      ['initial', 'verify'],
      [true, true, true],
    ]);
  });

  it('The subject is proven by a token in the response, and that token is used', async () => {
    const { endpoint, updates, source } = await arrangeStale();
    const verdict = verdictOf(source.verify());
    await endpoint.succeed();
    expect([verdict.value, await source.getToken()]).toEqual([true, 'token-2']);
    expect(updates.at(-1)).toMatchObject({ phase: 'refreshed', reason: 'verify', attempt: 1 });
  });

  it('The subject is proven by a token that Coze has rejected, and that token is not used', async () => {
    const { time, endpoint, updates, source } = await arrangeStale();
    void source.refreshAfterRejection('token-1');
    await time.advance(0);
    await endpoint.succeed();
    await time.advance(FRESH_MS);
    const verdict = verdictOf(source.verify());
    await endpoint.succeed({ value: 'token-1' });
    expect([verdict.value, await source.getToken()]).toEqual([true, 'token-2']);
    expect(updates.at(-1)).toMatchObject({ phase: 'verified', subject: 'alice' });
  });

  it('A response that names another subject ends the source', async () => {
    const { endpoint, updates, source } = await arrangeStale();
    const verdict = verdictOf(source.verify());
    await endpoint.confirm('bob');
    expect(verdict.value).toBe(false);
    expect(updates.at(-1)).toEqual({ phase: 'subject-changed', reason: 'verify', attempt: 1, subject: 'bob' });
    expect([await source.getToken(), source.isProven]).toEqual(['', false]);
  });

  it('A response that says that nobody is signed in ends the source', async () => {
    const { endpoint, updates, source } = await arrangeStale();
    const verdict = verdictOf(source.verify());
    await endpoint.fail(signedOut('401'));
    expect([verdict.value, updates.at(-1)]).toMatchObject([false, { phase: 'failed', reason: 'verify', retryAtMs: undefined }]);
  });

  it('The subject stays unproven after a failed question, and the token stays usable', async () => {
    const { endpoint, updates, source } = await arrangeStale();
    const verdict = verdictOf(source.verify());
    const failure = unavailable('down');
    await endpoint.fail(failure);
    expect([verdict.value, await source.getToken()]).toEqual([false, 'token-1']);
    expect(updates.at(-1)).toEqual({ phase: 'unverified', reason: 'verify', attempt: 1, failure });
  });

  it('A hidden page replaces an unknown question by a token request only while a caller waits', async () => {
    const { time, endpoint, page, source } = await arrangeStale();
    page.isVisible = false;
    const leaving = new AbortController();
    const verdict = verdictOf(source.verify(leaving.signal));
    leaving.abort();
    await endpoint.fail(misconfigured('400'));
    expect([reasonsOf(endpoint), verdict.value]).toEqual([['initial', 'verify'], false]);
    void source.verify(new AbortController().signal);
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify', 'expiring']);
  });

  it('A hidden page replaces an unknown question by a token request for the caller that waits', async () => {
    const { endpoint, page, source } = await arrangeStale();
    page.isVisible = false;
    void source.verify(new AbortController().signal);
    await endpoint.fail(misconfigured('400'));
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify', 'expiring']);
  });

  it('A page that was hidden meanwhile does not replace an unknown question if no caller waits', async () => {
    const { endpoint, page, source } = await arrangeStale();
    void source.verify();
    page.isVisible = false;
    await endpoint.fail(misconfigured('400'));
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify']);
  });

  it('verify() leaves no listener at the signal of its caller', async () => {
    const { endpoint, source } = await arrangeStale();
    const { signal } = new AbortController();
    const verdict = verdictOf(source.verify(signal));
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await endpoint.confirm();
    expect([verdict.value, getEventListeners(signal, 'abort').length]).toEqual([true, 0]);
  });

  it.each([invalidResponse('html'), misconfigured('400')])(
    'A backend that does not know the question is asked by a token request from then on (%o)',
    async (failure) => {
      const { time, endpoint, source } = await arrangeStale();
      const verdict = verdictOf(source.verify());
      await endpoint.fail(failure);
      expect(reasonsOf(endpoint)).toEqual(['initial', 'verify', 'expiring']);
      await endpoint.succeed();
      expect(verdict.value).toBe(true);
      await time.advance(FRESH_MS);
      void source.verify();
      await time.advance(0);
      expect(reasonsOf(endpoint)).toEqual(['initial', 'verify', 'expiring', 'expiring']);
    },
  );

  it('The first token request asks for the subject if there is no token', async () => {
    const { time, endpoint, source } = arrange();
    const verdict = verdictOf(source.verify());
    await time.advance(0);
    await endpoint.succeed();
    expect([reasonsOf(endpoint), verdict.value]).toEqual([['initial'], true]);
  });

  it('A token request that is due asks for the subject', async () => {
    const { time, endpoint, page, source } = await arrangeIssued();
    page.isVisible = false;
    await time.advance(DUE_MS);
    void source.verify();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring']);
  });

  it('A token request that is due in a millisecond does not ask for the subject', async () => {
    const { time, endpoint, page, source } = await arrangeIssued();
    page.isVisible = false;
    await time.advance(DUE_MS - 1);
    void source.verify();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify']);
  });

  it('The subject is proven by a token request that is under way', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    const verdict = verdictOf(source.verify());
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring']);
    await endpoint.succeed();
    expect(verdict.value).toBe(true);
  });

  it('A disposed source neither asks for the subject nor proves it', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(FRESH_MS);
    const verdict = verdictOf(source.verify());
    source.dispose();
    await time.advance(0);
    expect(verdict.value).toBe(false);
    await endpoint.confirm();
    expect([await source.verify(), source.isProven, endpoint.seen.length, time.timerCount]).toEqual([false, false, 2, 0]);
  });

  it.each(['confirm', 'fail'] as const)('A disposed source reports nothing about a late response (%s)', async (respond) => {
    const { endpoint, updates, source } = await arrangeStale();
    void source.verify();
    source.dispose();
    const { length } = updates;
    await endpoint[respond]();
    expect(updates).toHaveLength(length);
  });

  it('A source that has ended asks no more while the window has no focus', async () => {
    const { time, endpoint, source } = await arrangeStale();
    source.proof.noteAbsence();
    void source.verify();
    await endpoint.fail(signedOut('401'));
    expect([endpoint.seen.length, time.timerCount]).toEqual([2, 0]);
  });

  it.each([
    ['a backend that names no subject', { isVerifiable: undefined }, undefined],
    ['a configuration that alone decides the subject', { isVerifiable: () => false }, 'alice'],
  ] as const)('The subject counts as proven with %s', async (_, options, subject) => {
    const { time, endpoint, source } = arrange(options);
    source.start();
    await time.advance(0);
    await endpoint.succeed({ subject });
    await time.advance(HOUR_MS / 4);
    source.revalidateSubject();
    await time.advance(0);
    expect([source.isProven, endpoint.seen.length]).toEqual([true, 1]);
  });
});

describe('A doubt about the subject', () => {
  it('A doubt ends the proof, and a response to an earlier question does not restore it', async () => {
    const { endpoint, source } = await arrangeStale();
    const earlier = verdictOf(source.verify());
    source.proof.doubt();
    expect([source.proof.isDoubted, source.isProven]).toEqual([true, false]);
    const later = verdictOf(source.verify());
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify', 'verify']);
    await endpoint.seen[1]?.answer({ ok: true, value: { subject: 'alice', requestedAt: endpoint.last.at } });
    expect([earlier.value, later.value, source.proof.isDoubted]).toEqual([false, undefined, true]);
    await endpoint.confirm();
    expect([later.value, source.proof.isDoubted]).toEqual([true, false]);
  });

  it('A doubt causes one question, even if the response to an earlier one arrives meanwhile', async () => {
    const { endpoint, source } = await arrangeStale();
    void source.verify();
    source.proof.doubt();
    void source.verify();
    await endpoint.seen[1]?.answer({ ok: true, value: { subject: 'alice', requestedAt: endpoint.last.at } });
    const verdict = verdictOf(source.verify());
    expect(endpoint.seen).toHaveLength(3);
    await endpoint.confirm();
    expect(verdict.value).toBe(true);
  });

  it('A doubt does not end with a token that was requested before it', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    source.proof.doubt();
    void source.verify();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring', 'verify']);
    await endpoint.seen[1]?.answer({ ok: true, value: { value: 'x', subject: 'alice', requestedAt: time.now, lifetimeMs: HOUR_MS } });
    expect(source.proof.isDoubted).toBe(true);
    await endpoint.confirm();
    expect(source.proof.isDoubted).toBe(false);
  });

  it('A new visitor is in doubt until the backend names them again', async () => {
    const { time, endpoint, source } = arrange();
    source.start();
    await time.advance(0);
    await endpoint.succeed({ isNewVisitor: true });
    expect([reasonsOf(endpoint), source.isProven]).toEqual([['initial', 'verify'], false]);
    await endpoint.confirm();
    expect([endpoint.seen.length, source.isProven]).toEqual([2, true]);
  });
});

describe('Retry-After', () => {
  it('A Retry-After in the response to a question is obeyed by the next question', async () => {
    const { time, endpoint, source } = await arrangeStale();
    void source.verify();
    await endpoint.fail(unavailable('busy', 20_000));
    await time.advance(19_999);
    expect([await source.verify(), endpoint.seen.length]).toEqual([false, 2]);
    await time.advance(1);
    void source.verify();
    expect(endpoint.seen).toHaveLength(3);
    await endpoint.fail();
    void source.verify();
    expect(endpoint.seen).toHaveLength(4);
  });

  it('A Retry-After in the response to a token request is obeyed by a question', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    await endpoint.fail(unavailable('busy', 60_000));
    expect([await source.verify(), endpoint.seen.length]).toEqual([false, 2]);
  });

  it('A Retry-After of several failures delays a question for that time only, however long the retry waits', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    for (let failures = 1; failures <= 8; failures++) {
      await endpoint.fail(unavailable('busy', 1_000));
      if (failures < 8) await time.advance(61_000);
    }
    const asked = endpoint.seen.length;
    await time.advance(1_000);
    void source.verify();
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(asked + 1);
  });
});

describe('A visitor who returns to the window', () => {
  it('A return within 30 s causes a question when the 30 s are over', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    source.proof.noteAbsence();
    await time.advance(10_000);
    source.noteReturn();
    await time.advance(19_999);
    expect(endpoint.seen).toHaveLength(1);
    await time.advance(1);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify']);
  });

  it('A return after 30 s causes a question at once', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    source.proof.noteAbsence();
    await time.advance(FRESH_MS);
    source.noteReturn();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify']);
  });

  it('A return without an absence causes no question within 30 s, nor when they are over', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(FRESH_MS - 1);
    source.noteReturn();
    await time.advance(DUE_MS - FRESH_MS);
    expect(endpoint.seen).toHaveLength(1);
  });

  it('A return without an absence causes a question after 30 s', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(FRESH_MS);
    expect(endpoint.seen).toHaveLength(1);
    source.noteReturn();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify']);
  });

  it('A return causes no question on a page that is hidden by then', async () => {
    const { time, endpoint, page, source } = await arrangeIssued();
    source.proof.noteAbsence();
    source.noteReturn();
    page.isVisible = false;
    await time.advance(FRESH_MS);
    expect(endpoint.seen).toHaveLength(1);
  });

  it.each([
    [0, 15_000],
    [0.5, 11_250],
  ])('The question after a return is repeated until there is a response, with the random value %f every %i ms', async (chance, pauseMs) => {
    const { time, endpoint, source } = await arrangeIssued({ random: () => chance });
    source.proof.noteAbsence();
    await time.advance(FRESH_MS);
    source.noteReturn();
    for (let count = 2; count < 5; count++) {
      await endpoint.fail();
      await time.advance(pauseMs - 1);
      expect(endpoint.seen).toHaveLength(count);
      await time.advance(1);
      expect(endpoint.seen).toHaveLength(count + 1);
    }
    await endpoint.confirm();
    await time.advance(FRESH_MS * 10);
    expect(endpoint.seen).toHaveLength(5);
  });

  it('A window without the focus causes no question once the backend has confirmed the visitor', async () => {
    const { time, endpoint, source } = await arrangeStale();
    source.proof.noteAbsence();
    void source.verify();
    await endpoint.confirm();
    await time.advance(FRESH_MS * 10);
    expect(endpoint.seen).toHaveLength(2);
  });

  it('Several returns share one timer', async () => {
    const { time, source } = await arrangeIssued();
    source.proof.noteAbsence();
    for (let count = 0; count < 5; count++) source.noteReturn();
    expect(time.timerCount).toBe(2);
    source.dispose();
    expect(time.timerCount).toBe(0);
  });

  it('A visitor who stayed causes no further question after one without a response', async () => {
    const { time, endpoint, source } = await arrangeStale();
    void source.verify();
    await endpoint.fail();
    await time.advance(FRESH_MS);
    expect([endpoint.seen.length, source.proof.isUndisturbed]).toEqual([2, true]);
    source.proof.distrust();
    expect(source.proof.isUndisturbed).toBe(false);
  });
});

describe('A replaced function of the page', () => {
  it('A replaced function is asked for its subject at once, and the subject is unproven until then', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    source.handleReplacement();
    expect(source.isProven).toBe(false);
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify']);
    await endpoint.confirm();
    expect(source.isProven).toBe(true);
  });

  it('A function that is replaced at every rendering is asked once in 30 s', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    source.handleReplacement();
    await endpoint.confirm();
    for (let count = 0; count < 50; count++) source.handleReplacement();
    await time.advance(29_999);
    expect([endpoint.seen.length, source.isProven]).toEqual([2, false]);
    await time.advance(1);
    expect(endpoint.seen).toHaveLength(3);
  });
});
