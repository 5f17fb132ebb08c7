import { describe, expect, it } from 'vitest';
import { arrange, arrangeIssued, DUE_MS, HOUR_MS, reasonsOf, watch } from './arrange-source.js';

describe('Renewal of a token', () => {
  it('A token is replaced before it expires, and stays usable until the new one has arrived', async () => {
    const { time, endpoint, updates, source } = await arrangeIssued();
    await time.advance(DUE_MS - 1);
    expect(endpoint.seen).toHaveLength(1);
    await time.advance(1);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring']);
    expect(await source.getToken()).toBe('token-1');
    await endpoint.succeed();
    expect(await source.getToken()).toBe('token-2');
    expect(updates.at(-1)).toMatchObject({ phase: 'refreshed', reason: 'expiring', attempt: 1 });
  });

  it('A token of one hour costs two requests an hour for a whole day', async () => {
    const { time, endpoint } = await arrangeIssued();
    for (let passedMs = 0; passedMs < 24 * HOUR_MS; passedMs += DUE_MS) {
      await time.advance(DUE_MS);
      await endpoint.succeed();
    }
    expect(endpoint.seen).toHaveLength(1 + 48);
  });

  it('A hidden page does not renew its token, and does so when it is visible again', async () => {
    const { time, endpoint, page, source } = await arrangeIssued();
    page.isVisible = false;
    await time.advance(8 * HOUR_MS);
    expect([endpoint.seen.length, time.timerCount]).toEqual([1, 0]);
    page.isVisible = true;
    source.retryNow();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring']);
  });

  it('A hidden page does not renew its token even if the token is used', async () => {
    const { time, endpoint, page, source } = await arrangeIssued();
    page.isVisible = false;
    await time.advance(DUE_MS + 60_000);
    expect(await source.getToken()).toBe('token-1');
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(1);
  });

  it('A token that is not due is not renewed by retryNow()', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS - 1_000);
    source.retryNow();
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(1);
  });

  it('A token that expired during eight hours of sleep is not returned but replaced at its first use', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    time.sleep(8 * HOUR_MS);
    const token = watch(source.getToken());
    await time.advance(0);
    expect([token.value, endpoint.seen.length]).toEqual([undefined, 2]);
    await endpoint.succeed();
    expect(token.value).toBe('token-2');
  });

  it('A token that became due during sleep is replaced at its first use, and used meanwhile', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    time.sleep(DUE_MS);
    expect(await source.getToken()).toBe('token-1');
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(2);
  });

  it('A token has one timer, however often it is used', async () => {
    const { time, source } = await arrangeIssued();
    for (let count = 0; count < 5; count++) {
      await source.getToken();
      source.retryNow();
    }
    expect(time.timerCount).toBe(1);
  });

  it('A token that expired during sleep is replaced within a minute after waking, without any event', async () => {
    const { time, endpoint } = await arrangeIssued();
    time.sleep(8 * HOUR_MS);
    await time.advance(60_000);
    expect(endpoint.seen).toHaveLength(2);
  });

  it.each([-24, -1])('A token is renewed in time although the wall clock was set by %i h', async (hours) => {
    const { time, endpoint } = await arrangeIssued();
    time.jumpWall(hours * HOUR_MS);
    await time.advance(DUE_MS);
    expect(endpoint.seen).toHaveLength(2);
  });

  it.each([2, 24])('A token is renewed early, but only once, when the wall clock was set by +%i h', async (hours) => {
    const { time, endpoint } = await arrangeIssued();
    time.jumpWall(hours * HOUR_MS);
    await time.advance(60_000);
    expect(endpoint.seen).toHaveLength(2);
    await endpoint.succeed();
    await time.advance(DUE_MS - 1_000);
    expect(endpoint.seen).toHaveLength(2);
  });

  it.each([1_000, 10_000, 30_000])('A token is renewed at most four times a minute when it lives %i ms', async (lifetimeMs) => {
    const { time, endpoint, source } = arrange();
    source.start();
    await time.advance(0);
    await endpoint.succeed({ lifetimeMs });
    const before = endpoint.seen.length;
    for (let seconds = 0; seconds < 60; seconds++) {
      const count = endpoint.seen.length;
      await time.advance(1_000);
      if (endpoint.seen.length > count) await endpoint.succeed({ lifetimeMs });
    }
    expect(endpoint.seen.length - before).toBeLessThanOrEqual(4);
  });

  it.each([0.1, 0.3, 0.7])('A token is renewed at the first timer that is due, with the random value %f', async (chance) => {
    const { time, endpoint, source } = arrange({ random: () => chance });
    source.start();
    await time.advance(0);
    await endpoint.succeed({ lifetimeMs: 40_001 });
    await time.advance(time.nextTimerInMs ?? 0);
    expect(endpoint.seen).toHaveLength(2);
  });

  it('A source never sets a timer of more than a minute', async () => {
    const { time, endpoint, source } = arrange();
    source.start();
    await time.advance(0);
    await endpoint.succeed({ lifetimeMs: 24 * HOUR_MS });
    expect(time.nextTimerInMs).toBe(60_000);
    await time.advance(12 * HOUR_MS - 1);
    expect(endpoint.seen).toHaveLength(1);
  });
});

describe('Question for the subject of the tokens', () => {
  it('revalidateSubject() asks for the subject once, and the token stays in use', async () => {
    const { time, endpoint, updates, source } = await arrangeIssued();
    await time.advance(30_000);
    source.revalidateSubject();
    source.revalidateSubject();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'verify']);
    expect(await source.getToken()).toBe('token-1');
    await endpoint.confirm();
    expect(updates.at(-1)).toEqual({ phase: 'verified', reason: 'verify', attempt: 1, subject: 'alice' });
  });

  it('revalidateSubject() asks nothing if the subject was named less than 30 s ago', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(29_999);
    source.revalidateSubject();
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(1);
  });

  it('revalidateSubject() asks nothing before there is a token, even if a subject is expected', async () => {
    const { time, endpoint, source } = arrange({ expectedSubject: { subject: 'alice' } });
    source.revalidateSubject();
    await time.advance(0);
    expect(endpoint.seen).toEqual([]);
  });

  it('revalidateSubject() asks nothing of a backend that names no subject', async () => {
    const { time, endpoint, source } = arrange();
    source.start();
    await time.advance(0);
    await endpoint.succeed({ subject: undefined });
    await time.advance(60_000);
    source.revalidateSubject();
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(1);
  });

  it('revalidateSubject() sends the pending retry of a token request at once', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    await endpoint.fail();
    source.revalidateSubject();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring', 'expiring']);
  });
});
