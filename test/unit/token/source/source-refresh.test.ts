import { describe, expect, it } from 'vitest';
import { arrange, arrangeIssued, DUE_MS, HOUR_MS, reasonsOf, watch } from './arrange-source.js';

describe('a token that ages', () => {
  it('is replaced ahead of time, silently', async () => {
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

  it('costs two calls an hour and no more, for a day', async () => {
    const { time, endpoint } = await arrangeIssued();
    for (let passedMs = 0; passedMs < 24 * HOUR_MS; passedMs += DUE_MS) {
      await time.advance(DUE_MS);
      await endpoint.succeed();
    }
    expect(endpoint.seen).toHaveLength(1 + 48);
  });

  it('costs nothing in a hidden page, and is replaced when the page is looked at', async () => {
    const { time, endpoint, page, source } = await arrangeIssued();
    page.isVisible = false;
    await time.advance(8 * HOUR_MS);
    expect([endpoint.seen.length, time.timerCount]).toEqual([1, 0]);
    page.isVisible = true;
    source.retryNow();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring']);
  });

  it('costs a hidden page nothing even when it is used there', async () => {
    const { time, endpoint, page, source } = await arrangeIssued();
    page.isVisible = false;
    await time.advance(DUE_MS + 60_000);
    expect(await source.getToken()).toBe('token-1');
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(1);
  });

  it('is not replaced because the page is looked at', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS - 1_000);
    source.retryNow();
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(1);
  });

  it('is replaced at the first look at the clock after eight hours of sleep, and not handed out meanwhile', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    time.sleep(8 * HOUR_MS);
    const token = watch(source.getToken());
    await time.advance(0);
    expect([token.value, endpoint.seen.length]).toEqual([undefined, 2]);
    await endpoint.succeed();
    expect(token.value).toBe('token-2');
  });

  it('is replaced at its first use after it became due in sleep, and used meanwhile', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    time.sleep(DUE_MS);
    expect(await source.getToken()).toBe('token-1');
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(2);
  });

  it('is watched by one timer, however often it is used', async () => {
    const { time, source } = await arrangeIssued();
    for (let count = 0; count < 5; count++) {
      await source.getToken();
      source.retryNow();
    }
    expect(time.timerCount).toBe(1);
  });

  it('is replaced within a minute of waking when no event says so', async () => {
    const { time, endpoint } = await arrangeIssued();
    time.sleep(8 * HOUR_MS);
    await time.advance(60_000);
    expect(endpoint.seen).toHaveLength(2);
  });

  it.each([-24, -1])('is replaced in time although the wall clock was set by %i h', async (hours) => {
    const { time, endpoint } = await arrangeIssued();
    time.jumpWall(hours * HOUR_MS);
    await time.advance(DUE_MS);
    expect(endpoint.seen).toHaveLength(2);
  });

  it.each([2, 24])('is replaced early, but once, when the wall clock was set by +%i h', async (hours) => {
    const { time, endpoint } = await arrangeIssued();
    time.jumpWall(hours * HOUR_MS);
    await time.advance(60_000);
    expect(endpoint.seen).toHaveLength(2);
    await endpoint.succeed();
    await time.advance(DUE_MS - 1_000);
    expect(endpoint.seen).toHaveLength(2);
  });

  it.each([1_000, 10_000, 30_000])('is replaced at most four times a minute when it lives %i ms', async (lifetimeMs) => {
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

  it.each([0.1, 0.3, 0.7])(
    'is replaced at the first timer that is due, whatever fraction of a millisecond chance (%f) leaves',
    async (chance) => {
      const { time, endpoint, source } = arrange({ random: () => chance });
      source.start();
      await time.advance(0);
      await endpoint.succeed({ lifetimeMs: 40_001 });
      await time.advance(time.nextTimerInMs ?? 0);
      expect(endpoint.seen).toHaveLength(2);
    },
  );

  it('never sets a timer that overflows', async () => {
    const { time, endpoint, source } = arrange();
    source.start();
    await time.advance(0);
    await endpoint.succeed({ lifetimeMs: 24 * HOUR_MS });
    expect(time.nextTimerInMs).toBe(60_000);
    await time.advance(12 * HOUR_MS - 1);
    expect(endpoint.seen).toHaveLength(1);
  });
});

describe('whose tokens they are', () => {
  it('is asked again when the page is looked at, though the token is good, and nothing else changes', async () => {
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

  it('is not asked when that was said less than 30 s ago', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(29_999);
    source.revalidateSubject();
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(1);
  });

  it('is not asked before there is a token, though an owner is expected', async () => {
    const { time, endpoint, source } = arrange({ expectedSubject: { subject: 'alice' } });
    source.revalidateSubject();
    await time.advance(0);
    expect(endpoint.seen).toEqual([]);
  });

  it('is not asked of a backend that does not tell', async () => {
    const { time, endpoint, source } = arrange();
    source.start();
    await time.advance(0);
    await endpoint.succeed({ subject: undefined });
    await time.advance(60_000);
    source.revalidateSubject();
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(1);
  });

  it('is asked at once, by the token that is due anyway, while a retry waits', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    await endpoint.fail();
    source.revalidateSubject();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring', 'expiring']);
  });
});
