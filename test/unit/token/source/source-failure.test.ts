import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../../src/core/errors.js';
import { misconfigured, signedOut, unavailable } from '../../../../src/token/token-failure.js';
import { arrange, arrangeIssued, DUE_MS, HOUR_MS, reasonsOf } from './arrange-source.js';

describe('A failed request', () => {
  it('A failed request is repeated with growing delays, and each attempt is reported', async () => {
    const { time, endpoint, updates, source } = arrange();
    source.start();
    const delaysMs: (number | undefined)[] = [];
    for (let count = 0; count < 9; count++) {
      await time.advance(time.nextTimerInMs ?? 0);
      await endpoint.fail();
      const update = updates.at(-1);
      delaysMs.push(update?.phase === 'failed' ? (update.retryAtMs ?? 0) - time.now.wallMs : undefined);
    }
    expect(delaysMs).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    expect(updates.at(-1)).toMatchObject({ reason: 'initial', attempt: 9 });
  });

  it('A failed request does not affect the token that is still valid', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    await endpoint.fail();
    expect(await source.getToken()).toBe('token-1');
  });

  it('An outage of 0.4 lifetimes leaves a valid token at all times', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    const outageEndsMs = time.now.wallMs + 0.4 * HOUR_MS;
    while (time.now.wallMs < outageEndsMs) {
      await endpoint.fail();
      expect(await source.getToken()).not.toBe('');
      await time.advance(time.nextTimerInMs ?? 0);
    }
    await endpoint.succeed();
    expect(await source.getToken()).toBe('token-2');
  });

  it('The delays start anew after a success', async () => {
    const { time, endpoint, updates } = await arrangeIssued();
    for (const outcome of ['fail', 'fail', 'succeed', 'fail'] as const) {
      await time.advance(DUE_MS);
      await endpoint[outcome]();
    }
    expect(updates.at(-1)).toMatchObject({ attempt: 1, retryAtMs: time.now.wallMs + 500 });
  });

  it('A failed request is not repeated on a hidden page', async () => {
    const { time, endpoint, page, source } = arrange();
    source.start();
    await time.advance(0);
    page.isVisible = false;
    await endpoint.fail();
    await time.advance(HOUR_MS);
    expect([endpoint.seen.length, time.timerCount]).toEqual([1, 0]);
  });

  it('A failed request is repeated within a second after retryNow()', async () => {
    const { time, endpoint, source } = arrange({ random: () => 0.8 });
    source.start();
    for (let count = 0; count < 8; count++) {
      await time.advance(60_000);
      await endpoint.fail();
    }
    await time.advance(5_000);
    source.retryNow();
    await time.advance(799);
    expect(endpoint.seen).toHaveLength(8);
    await time.advance(1);
    expect(endpoint.seen).toHaveLength(9);
  });

  it('A failed request is repeated soon after retryNow(), even if that is called again and again', async () => {
    const { time, endpoint, source } = arrange({ random: () => 0.8 });
    source.start();
    await time.advance(0);
    await endpoint.fail(unavailable('down'));
    for (let count = 0; count < 4; count++) {
      source.retryNow();
      await time.advance(200);
    }
    expect(endpoint.seen).toHaveLength(2);
  });

  it('The delays start anew after retryNow(), and the attempts are counted on', async () => {
    const { time, endpoint, updates, source } = arrange();
    source.start();
    for (let count = 0; count < 5; count++) {
      await time.advance(60_000);
      await endpoint.fail();
    }
    source.retryNow();
    await time.advance(0);
    await endpoint.fail();
    expect(updates.at(-1)).toMatchObject({ attempt: 6, retryAtMs: time.now.wallMs + 500 });
  });
});

describe('Retry-After', () => {
  it.each([30_000, 900_000])('A Retry-After of %i ms is obeyed, and the usual delay is added', async (retryAfterMs) => {
    const { time, endpoint, source } = arrange();
    source.start();
    await time.advance(0);
    await endpoint.fail(unavailable('busy', retryAfterMs));
    await time.advance(retryAfterMs + 499);
    expect(endpoint.seen).toHaveLength(1);
    await time.advance(1);
    expect(endpoint.seen).toHaveLength(2);
  });

  it('A Retry-After is obeyed by getToken(), refreshAfterRejection() and retryNow()', async () => {
    const { time, endpoint, source } = arrange();
    source.start();
    await time.advance(0);
    await endpoint.fail(unavailable('busy', 120_000));
    for (let count = 0; count < 10; count++) {
      void source.getToken();
      void source.refreshAfterRejection('');
      source.retryNow();
      await time.advance(11_000);
    }
    expect(endpoint.seen).toHaveLength(1);
    await time.advance(12_000);
    expect(endpoint.seen).toHaveLength(2);
  });

  it('A Retry-After does not prevent refresh()', async () => {
    const { time, endpoint, source } = arrange();
    source.start();
    await time.advance(0);
    await endpoint.fail(unavailable('busy', 120_000));
    void source.refresh();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'manual']);
  });
});

describe('A source without a network', () => {
  it('An offline source sends a request at the start and then once a minute', async () => {
    const { time, endpoint, page, source } = arrange();
    page.isOnline = false;
    source.start();
    for (let seconds = 0; seconds <= 180; seconds++) {
      const count = endpoint.seen.length;
      await time.advance(1_000);
      if (endpoint.seen.length > count) await endpoint.fail();
    }
    expect(endpoint.seen).toHaveLength(4);
  });

  it('A pending retry waits for a minute when the network goes', async () => {
    const { time, endpoint, page, source } = arrange();
    source.start();
    await time.advance(0);
    await endpoint.fail();
    page.isOnline = false;
    await time.advance(59_999);
    expect(endpoint.seen).toHaveLength(1);
    await time.advance(1);
    expect(endpoint.seen).toHaveLength(2);
  });

  it('An offline source sends a request within a second after the network is back', async () => {
    const { time, endpoint, page, source } = arrange({ random: () => 0.999 });
    page.isOnline = false;
    source.start();
    await time.advance(0);
    await endpoint.fail();
    await time.advance(20_000);
    page.isOnline = true;
    source.retryNow();
    await time.advance(1_000);
    expect(endpoint.seen).toHaveLength(2);
  });

  it('An offline source sends a request for a caller of getToken()', async () => {
    const { time, endpoint, page, source } = arrange();
    page.isOnline = false;
    source.start();
    await time.advance(0);
    await endpoint.fail();
    await time.advance(5_000);
    void source.getToken();
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(2);
  });
});

describe('A terminal failure', () => {
  it('A signed-out visitor has no token any more, and the source sends no further request', async () => {
    const { time, endpoint, updates, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    await endpoint.fail();
    await time.advance(500);
    await endpoint.fail(signedOut('401'));
    expect(await source.getToken()).toBe('');
    expect(updates.at(-1)).toMatchObject({ phase: 'failed', failure: { code: ErrorCode.SignedOut }, retryAtMs: undefined });
    source.retryNow();
    await time.advance(24 * HOUR_MS);
    expect([endpoint.seen.length, time.timerCount]).toEqual([3, 0]);
  });

  it('A terminal failure of an endpoint that has just worked keeps the valid token and is retried', async () => {
    const { time, endpoint, updates, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    await endpoint.fail(misconfigured('404'));
    expect(await source.getToken()).toBe('token-1');
    expect(updates.at(-1)).toMatchObject({ failure: { kind: 'invalid', code: ErrorCode.TokenEndpointMisconfigured } });
    await time.advance(500);
    await endpoint.succeed();
    expect(await source.getToken()).toBe('token-2');
  });

  it('A terminal failure of that kind is final once no token is left', async () => {
    const { time, endpoint, updates, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    await endpoint.fail(misconfigured('404'));
    while (time.nextTimerInMs !== undefined) {
      const count = endpoint.seen.length;
      await time.advance(time.nextTimerInMs);
      if (endpoint.seen.length > count) await endpoint.fail(misconfigured('404'));
    }
    expect(updates.at(-1)).toMatchObject({ failure: { kind: 'terminal', code: ErrorCode.TokenEndpointMisconfigured } });
    expect(await source.getToken()).toBe('');
  });

  it('An attempt that was not made is not counted', async () => {
    const { time, endpoint, updates, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    await endpoint.fail(signedOut('401'));
    for (let count = 0; count < 3; count++) {
      source.retryNow();
      await time.advance(1_000);
    }
    void source.refresh();
    await time.advance(0);
    expect(updates.at(-1)).toMatchObject({ phase: 'requested', reason: 'manual', attempt: 2 });
  });

  it('A terminal failure ends with a successful refresh()', async () => {
    const { time, endpoint, source } = arrange();
    source.start();
    await time.advance(0);
    await endpoint.fail(signedOut('401'));
    const answered = source.refresh();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'manual']);
    await endpoint.succeed();
    await answered;
    expect(await source.getToken()).toBe('token-1');
  });
});
