import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../../src/core/errors.js';
import { invalidResponse, misconfigured, signedOut, unavailable } from '../../../../src/token/token-failure.js';
import { arrangeIssued, DUE_MS, HOUR_MS, reasonsOf, watch } from './arrange-source.js';

describe('a token that Coze refuses', () => {
  it('is replaced by one request for all who were refused', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    const tokens = Array.from({ length: 10 }, () => watch(source.refreshAfterRejection('token-1')));
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'rejected']);
    await endpoint.succeed();
    expect(new Set(tokens.map(({ value }) => value))).toEqual(new Set(['token-2']));
  });

  it('is never handed out again, while its successor is on its way and when that does not come', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    const hook = watch(source.refreshAfterRejection('token-1'));
    const fresh = watch(source.getToken());
    await time.advance(0);
    await endpoint.fail();
    await time.advance(15_000);
    expect([hook.value, fresh.value]).toEqual(['', '']);
  });

  it('is answered at once by the successor that is already there', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    await endpoint.succeed();
    expect(await source.refreshAfterRejection('token-1')).toBe('token-2');
    expect(endpoint.seen).toHaveLength(2);
  });

  it('is not accepted from an endpoint that hands it out again, also when it was replaced before it was refused', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    await endpoint.succeed();
    await source.refreshAfterRejection('token-1');
    await time.advance(DUE_MS);
    await endpoint.succeed({ value: 'token-1' });
    expect(await source.getToken()).toBe('token-2');
    await time.advance(500);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring', 'expiring', 'rejected']);
  });

  it('is never handed out again, also when its successor was already on its way and does not come', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    const hook = watch(source.refreshAfterRejection('token-1'));
    await endpoint.fail();
    await time.advance(2_500);
    const fresh = watch(source.getToken());
    await time.advance(15_000);
    expect([hook.value, fresh.value]).toEqual(['', '']);
  });

  it('is asked for again, by name of the reason, when the endpoint hands it out again', async () => {
    const { time, endpoint, updates, source } = await arrangeIssued();
    const hook = watch(source.refreshAfterRejection('token-1'));
    await time.advance(0);
    await endpoint.succeed({ value: 'token-1' });
    expect(updates.at(-1)).toMatchObject({
      phase: 'failed',
      failure: {
        kind: 'transient',
        code: ErrorCode.TokenRejected,
        message: expect.stringContaining('does not keep tokens beyond their life'),
      },
    });
    await time.advance(500);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'rejected', 'rejected']);
    await endpoint.succeed();
    expect(hook.value).toBe('token-2');
  });

  it('by an endpoint that always hands it out again is asked for three times, then never by itself', async () => {
    const { time, endpoint, updates, source } = await arrangeIssued();
    const hook = watch(source.refreshAfterRejection('token-1'));
    for (let seconds = 0; seconds < 300; seconds++) {
      const count = endpoint.seen.length;
      await time.advance(1_000);
      if (endpoint.seen.length > count) await endpoint.succeed({ value: 'token-1' });
    }
    expect(endpoint.seen).toHaveLength(1 + 3);
    expect(hook.value).toBe('');
    expect(updates.at(-1)).toMatchObject({ phase: 'failed', failure: { kind: 'terminal', code: ErrorCode.TokenRejected } });
  });

  it('like every one before it is replaced three times a minute, then the hook answers at once and nothing is asked', async () => {
    const { time, endpoint, updates, source } = await arrangeIssued();
    let current = 'token-1';
    for (let count = 0; count < 3; count++) {
      const hook = watch(source.refreshAfterRejection(current));
      await time.advance(1_000);
      current = await endpoint.succeed();
      expect(hook.value).toBe(current);
    }
    expect(await source.refreshAfterRejection(current)).toBe('');
    expect(updates.at(-1)).toMatchObject({
      phase: 'failed',
      reason: 'rejected',
      attempt: 1,
      failure: { kind: 'terminal', code: ErrorCode.TokenRejected },
    });
    expect(await Promise.all([source.refreshAfterRejection(current), source.getToken()])).toEqual(['', '']);
    await time.advance(HOUR_MS);
    expect([endpoint.seen.length, time.timerCount]).toEqual([1 + 3, 0]);
  });

  it('is replaced however often, when there is a minute between', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    let current = 'token-1';
    for (let count = 0; count < 10; count++) {
      const hook = watch(source.refreshAfterRejection(current));
      await time.advance(0);
      current = await endpoint.succeed();
      expect(hook.value).toBe(current);
      await time.advance(20_001);
    }
  });

  it('does not count again for every request it has failed, nor while the endpoint is down', async () => {
    const { time, endpoint, updates, source } = await arrangeIssued();
    for (let count = 0; count < 10; count++) {
      void source.refreshAfterRejection('token-1');
      void source.refreshAfterRejection('');
      await time.advance(1_000);
      await endpoint.fail();
    }
    expect(updates.filter((update) => update.phase === 'failed' && update.failure.kind === 'terminal')).toEqual([]);
  });

  it('can be asked about again by hand after the source has given up', async () => {
    const { time, endpoint, updates, source } = await arrangeIssued();
    for (let count = 0; count < 3; count++) {
      void source.refreshAfterRejection(`token-${count + 1}`);
      await time.advance(0);
      await endpoint.succeed();
    }
    await source.refreshAfterRejection('token-4');
    const answered = source.refresh();
    await time.advance(0);
    await endpoint.succeed();
    await answered;
    expect(updates.at(-1)).toMatchObject({ phase: 'refreshed', reason: 'manual' });
    expect(await source.getToken()).toBe('token-5');

    const hook = watch(source.refreshAfterRejection('token-5'));
    await time.advance(0);
    await endpoint.succeed();
    expect(hook.value).toBe('token-6');
  });
});

describe('a hook that does not know what was refused', () => {
  it('is given a token that was issued within five seconds', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(4_999);
    expect(await source.refreshAfterRejection('')).toBe('token-1');
    expect(endpoint.seen).toHaveLength(1);
  });

  it('is given a new one for an older token, with one request for all', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(5_000);
    const tokens = Array.from({ length: 10 }, () => watch(source.refreshAfterRejection('')));
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'rejected']);
    await endpoint.succeed();
    expect(new Set(tokens.map(({ value }) => value))).toEqual(new Set(['token-2']));
  });

  it('is given the token that is still valid when no other comes by 2.5 s', async () => {
    const { time, source } = await arrangeIssued();
    await time.advance(5_000);
    const token = watch(source.refreshAfterRejection(''));
    await time.advance(2_499);
    expect(token.value).toBeUndefined();
    await time.advance(1);
    expect(token.value).toBe('token-1');
  });

  it('does not make an expired token a refused one', async () => {
    const { time, endpoint, page, source } = await arrangeIssued();
    page.isVisible = false;
    await time.advance(HOUR_MS);
    void source.refreshAfterRejection('');
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring']);
  });

  it('does not make a token a refused one whose successor is asked for again anyway', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    await endpoint.fail();
    void source.refreshAfterRejection('');
    await time.advance(500);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring', 'expiring']);
  });

  it('cannot ask more than three times a minute', async () => {
    const { time, endpoint, updates, source } = await arrangeIssued();
    for (let count = 0; count < 4; count++) {
      await time.advance(6_000);
      void source.refreshAfterRejection('');
      await time.advance(0);
      await endpoint.succeed();
    }
    expect(updates.at(-1)).toMatchObject({
      retryAtMs: undefined,
      failure: {
        kind: 'terminal',
        code: ErrorCode.TokenRejected,
        message: expect.stringContaining('bot-id, api-base-url and the OAuth app belong together'),
      },
    });
    await time.advance(HOUR_MS);
    expect(endpoint.seen).toHaveLength(1 + 3);
  });
});

describe('the hook', () => {
  it('settles by 2.5 s when the endpoint does not answer', async () => {
    const { time, source } = await arrangeIssued();
    const token = watch(source.refreshAfterRejection('token-1'));
    await time.advance(2_499);
    expect(token.value).toBeUndefined();
    await time.advance(1);
    expect(token.value).toBe('');
  });

  it.each([
    ['down', unavailable('down')],
    ['no endpoint', misconfigured('404')],
    ['signed out', signedOut('401')],
    ['answering nonsense', invalidResponse('html')],
  ])('resolves empty when the endpoint is %s', async (_, failure) => {
    const { time, endpoint, source } = await arrangeIssued();
    const token = watch(source.refreshAfterRejection('token-1'));
    await time.advance(0);
    await endpoint.fail(failure);
    await time.advance(2_500);
    expect(token.value).toBe('');
  });

  it('gets the token that a retry brings in time', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    const token = watch(source.refreshAfterRejection('token-1'));
    await time.advance(0);
    await endpoint.fail();
    await time.advance(500);
    await endpoint.succeed();
    expect(token.value).toBe('token-2');
  });
});
