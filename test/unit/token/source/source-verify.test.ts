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

describe('the subject', () => {
  it('is proven by a token for 30 s', async () => {
    const { time, source } = await arrangeIssued();
    await time.advance(FRESH_MS - 1);
    expect(source.isProven).toBe(true);
    await time.advance(1);
    expect(source.isProven).toBe(false);
  });

  it('is proven by a response that names it, with no token and no other change', async () => {
    const { endpoint, updates, source } = await arrangeStale();
    const before = updates.length;
    const verdict = verdictOf(source.verify());
    await endpoint.confirm();
    expect([verdict.value, source.isProven, await source.getToken()]).toEqual([true, true, 'token-1']);
    expect(updates.slice(before)).toEqual([{ phase: 'verified', reason: 'verify', attempt: 1, subject: 'alice' }]);
  });

  it('is asked for once by many', async () => {
    const { endpoint, source } = await arrangeStale();
    const verdicts = [source.verify(), source.verify(), source.verify()].map(verdictOf);
    await endpoint.confirm();
    expect([reasonsOf(endpoint), verdicts.map(({ value }) => value)]).toEqual([
      ['initial', 'verify'],
      [true, true, true],
    ]);
  });

  it('is proven by a token that comes instead, which is used', async () => {
    const { endpoint, updates, source } = await arrangeStale();
    const verdict = verdictOf(source.verify());
    await endpoint.succeed();
    expect([verdict.value, await source.getToken()]).toEqual([true, 'token-2']);
    expect(updates.at(-1)).toMatchObject({ phase: 'refreshed', reason: 'verify', attempt: 1 });
  });

  it('is proven by a token that Coze has rejected, which is not used', async () => {
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

  it('that is another ends the source', async () => {
    const { endpoint, updates, source } = await arrangeStale();
    const verdict = verdictOf(source.verify());
    await endpoint.confirm('bob');
    expect(verdict.value).toBe(false);
    expect(updates.at(-1)).toEqual({ phase: 'subject-changed', reason: 'verify', attempt: 1, subject: 'bob' });
    expect([await source.getToken(), source.isProven]).toEqual(['', false]);
  });

  it('that nobody is any more ends the source', async () => {
    const { endpoint, updates, source } = await arrangeStale();
    const verdict = verdictOf(source.verify());
    await endpoint.fail(signedOut('401'));
    expect([verdict.value, updates.at(-1)]).toMatchObject([false, { phase: 'failed', reason: 'verify', retryAtMs: undefined }]);
  });

  it('stays unproven without a response, and the token good', async () => {
    const { endpoint, updates, source } = await arrangeStale();
    const verdict = verdictOf(source.verify());
    const failure = unavailable('down');
    await endpoint.fail(failure);
    expect([verdict.value, await source.getToken()]).toEqual([false, 'token-1']);
    expect(updates.at(-1)).toEqual({ phase: 'unverified', reason: 'verify', attempt: 1, failure });
  });

  it('is asked of a backend that does not know the question by a token on a hidden page only while somebody waits', async () => {
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

  it('is asked by a token on a hidden page where somebody waits for a question that the backend does not know', async () => {
    const { endpoint, page, source } = await arrangeStale();
    page.isVisible = false;
    void source.verify(new AbortController().signal);
    await endpoint.fail(misconfigured('400'));
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify', 'expiring']);
  });

  it('is not asked by a token on a page that was hidden meanwhile, where nobody waits.', async () => {
    const { endpoint, page, source } = await arrangeStale();
    void source.verify();
    page.isVisible = false;
    await endpoint.fail(misconfigured('400'));
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify']);
  });

  it('leaves nothing at the signal of whoever has waited for the answer.', async () => {
    const { endpoint, source } = await arrangeStale();
    const { signal } = new AbortController();
    const verdict = verdictOf(source.verify(signal));
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await endpoint.confirm();
    expect([verdict.value, getEventListeners(signal, 'abort').length]).toEqual([true, 0]);
  });

  it.each([invalidResponse('html'), misconfigured('400')])(
    'is asked for by a token from then on where the backend does not know the question (%o)',
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

  it('is asked for by the first token, where there is none.', async () => {
    const { time, endpoint, source } = arrange();
    const verdict = verdictOf(source.verify());
    await time.advance(0);
    await endpoint.succeed();
    expect([reasonsOf(endpoint), verdict.value]).toEqual([['initial'], true]);
  });

  it('is asked for by the token that is due', async () => {
    const { time, endpoint, page, source } = await arrangeIssued();
    page.isVisible = false;
    await time.advance(DUE_MS);
    void source.verify();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring']);
  });

  it('is not asked for by a token that is due in a millisecond', async () => {
    const { time, endpoint, page, source } = await arrangeIssued();
    page.isVisible = false;
    await time.advance(DUE_MS - 1);
    void source.verify();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify']);
  });

  it('is proven by the request for a token that is under way', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    const verdict = verdictOf(source.verify());
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring']);
    await endpoint.succeed();
    expect(verdict.value).toBe(true);
  });

  it('is not asked for, nor proven, once the source is disposed', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(FRESH_MS);
    const verdict = verdictOf(source.verify());
    source.dispose();
    await time.advance(0);
    expect(verdict.value).toBe(false);
    await endpoint.confirm();
    expect([await source.verify(), source.isProven, endpoint.seen.length, time.timerCount]).toEqual([false, false, 2, 0]);
  });

  it.each(['confirm', 'fail'] as const)('is no news once the source is disposed, whatever comes late (%s).', async (respond) => {
    const { endpoint, updates, source } = await arrangeStale();
    void source.verify();
    source.dispose();
    const { length } = updates;
    await endpoint[respond]();
    expect(updates).toHaveLength(length);
  });

  it('is not asked for again in a window that was left, once the source has ended.', async () => {
    const { time, endpoint, source } = await arrangeStale();
    source.proof.noteAbsence();
    void source.verify();
    await endpoint.fail(signedOut('401'));
    expect([endpoint.seen.length, time.timerCount]).toEqual([2, 0]);
  });

  it.each([
    ['a backend that names none', { isVerifiable: undefined }, undefined],
    ['a configuration that decides alone', { isVerifiable: () => false }, 'alice'],
  ] as const)('counts as proven with %s', async (_, options, subject) => {
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

describe('a doubt', () => {
  it('makes the proof of before worthless, and the response to a question of before, too', async () => {
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

  it('is asked about by one question, although the response to an earlier one arrives meanwhile.', async () => {
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

  it('is not dispelled by a token that was asked for before it', async () => {
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

  it('there is about a visitor who is new, until the backend knows them again', async () => {
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
  it('of a response to the question is obeyed by the next', async () => {
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

  it('of a response to a request for a token is obeyed, too', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    await endpoint.fail(unavailable('busy', 60_000));
    expect([await source.verify(), endpoint.seen.length]).toEqual([false, 2]);
  });

  it('of many responses in a row keeps the question from being asked for that time only, however long the retry waits', async () => {
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

describe('whoever comes back', () => {
  it('within 30 s is asked about as soon as they are over', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    source.proof.noteAbsence();
    await time.advance(10_000);
    source.noteReturn();
    await time.advance(19_999);
    expect(endpoint.seen).toHaveLength(1);
    await time.advance(1);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify']);
  });

  it('later is asked about at once', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    source.proof.noteAbsence();
    await time.advance(FRESH_MS);
    source.noteReturn();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify']);
  });

  it('and was never away is asked about only after 30 s', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    source.noteReturn();
    await time.advance(DUE_MS - 1);
    expect(endpoint.seen).toHaveLength(1);
  });

  it('is not asked about in a page that is hidden by then', async () => {
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
  ])('is asked about again while there is no response, with chance at %f every %i ms', async (chance, pauseMs) => {
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

  it('is not asked about while the window is left, once the backend has confirmed the visitor.', async () => {
    const { time, endpoint, source } = await arrangeStale();
    source.proof.noteAbsence();
    void source.verify();
    await endpoint.confirm();
    await time.advance(FRESH_MS * 10);
    expect(endpoint.seen).toHaveLength(2);
  });

  it('is asked about by one timer, however often they come', async () => {
    const { time, source } = await arrangeIssued();
    source.proof.noteAbsence();
    for (let count = 0; count < 5; count++) source.noteReturn();
    expect(time.timerCount).toBe(2);
    source.dispose();
    expect(time.timerCount).toBe(0);
  });

  it('and stayed is not asked about again after a message without a response', async () => {
    const { time, endpoint, source } = await arrangeStale();
    void source.verify();
    await endpoint.fail();
    await time.advance(FRESH_MS);
    expect([endpoint.seen.length, source.proof.isUndisturbed]).toEqual([2, true]);
    source.proof.distrust();
    expect(source.proof.isUndisturbed).toBe(false);
  });
});

describe('another function of the page', () => {
  it('is asked at once whose tokens it has, and until then nothing is proven', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    source.handleReplacement();
    expect(source.isProven).toBe(false);
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify']);
    await endpoint.confirm();
    expect(source.isProven).toBe(true);
  });

  it('that comes at every render is asked once in 30 s', async () => {
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
