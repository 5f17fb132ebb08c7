import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../../src/core/errors.js';
import { invalidResponse, misconfigured, signedOut, unavailable } from '../../../../src/token/token-failure.js';
import { arrangeIssued, DUE_MS, HOUR_MS, reasonsOf, watch } from './arrange-source.js';

describe('A token that Coze rejects', () => {
  it('A rejected token is replaced by one request for all callers', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    const tokens = Array.from({ length: 10 }, () => watch(source.refreshAfterRejection('token-1')));
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'rejected']);
    await endpoint.succeed();
    expect(new Set(tokens.map(({ value }) => value))).toEqual(new Set(['token-2']));
  });

  it('A rejected token is not returned again, even if no new token arrives', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    const hook = watch(source.refreshAfterRejection('token-1'));
    const fresh = watch(source.getToken());
    await time.advance(0);
    await endpoint.fail();
    await time.advance(15_000);
    expect([hook.value, fresh.value]).toEqual(['', '']);
  });

  it('A rejected token that was already replaced yields the new token without a request', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    await endpoint.succeed();
    expect(await source.refreshAfterRejection('token-1')).toBe('token-2');
    expect(endpoint.seen).toHaveLength(2);
  });

  it('A rejected token that the endpoint returns again is not accepted, even if it was replaced before', async () => {
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

  it('A token that is rejected during its renewal is not returned again when the renewal fails', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    const hook = watch(source.refreshAfterRejection('token-1'));
    await endpoint.fail();
    await time.advance(2_500);
    const fresh = watch(source.getToken());
    await time.advance(15_000);
    expect([hook.value, fresh.value]).toEqual(['', '']);
  });

  it('A rejected token that the endpoint returns again is a transient failure, and requested again', async () => {
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

  it('An endpoint that always returns the rejected token is asked three times and then no more', async () => {
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

  it('Tokens that are all rejected are replaced three times a minute, and then no request is sent', async () => {
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

  it('Rejected tokens are replaced any number of times if they come slowly', async () => {
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

  it('A rejected token counts once, however many requests it failed, and not while the endpoint is down', async () => {
    const { time, endpoint, updates, source } = await arrangeIssued();
    for (let count = 0; count < 10; count++) {
      void source.refreshAfterRejection('token-1');
      void source.refreshAfterRejection('');
      await time.advance(1_000);
      await endpoint.fail();
    }
    expect(updates.filter((update) => update.phase === 'failed' && update.failure.kind === 'terminal')).toEqual([]);
  });

  it('refresh() gets a token after the source has given up', async () => {
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

describe('A rejection of an unknown token', () => {
  it('A rejection of an unknown token yields the present token if it is less than five seconds old', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(4_999);
    expect(await source.refreshAfterRejection('')).toBe('token-1');
    expect(endpoint.seen).toHaveLength(1);
  });

  it('A rejection of an unknown token replaces an older token, with one request for all callers', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(5_000);
    const tokens = Array.from({ length: 10 }, () => watch(source.refreshAfterRejection('')));
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'rejected']);
    await endpoint.succeed();
    expect(new Set(tokens.map(({ value }) => value))).toEqual(new Set(['token-2']));
  });

  it('A rejection of an unknown token yields the valid token if no new one arrives within 2.5 s', async () => {
    const { time, source } = await arrangeIssued();
    await time.advance(5_000);
    const token = watch(source.refreshAfterRejection(''));
    await time.advance(2_499);
    expect(token.value).toBeUndefined();
    await time.advance(1);
    expect(token.value).toBe('token-1');
  });

  it('A rejection of an unknown token does not make an expired token a rejected one', async () => {
    const { time, endpoint, page, source } = await arrangeIssued();
    page.isVisible = false;
    await time.advance(HOUR_MS);
    void source.refreshAfterRejection('');
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring']);
  });

  it('A rejection of an unknown token does not make a token a rejected one while its renewal is retried', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    await endpoint.fail();
    void source.refreshAfterRejection('');
    await time.advance(500);
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring', 'expiring']);
  });

  it('Rejections of unknown tokens cause at most three requests a minute', async () => {
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

describe('The refresh hook of the SDK', () => {
  it('The hook resolves with an empty string after 2.5 s without a response', async () => {
    const { time, source } = await arrangeIssued();
    const token = watch(source.refreshAfterRejection('token-1'));
    await time.advance(2_499);
    expect(token.value).toBeUndefined();
    await time.advance(1);
    expect(token.value).toBe('');
  });

  it.each([
    ['down', unavailable('down')],
    ['not a token endpoint', misconfigured('404')],
    ['signed out', signedOut('401')],
    ['returning invalid responses', invalidResponse('html')],
  ])('The hook resolves with an empty string when the endpoint is %s', async (_, failure) => {
    const { time, endpoint, source } = await arrangeIssued();
    const token = watch(source.refreshAfterRejection('token-1'));
    await time.advance(0);
    await endpoint.fail(failure);
    await time.advance(2_500);
    expect(token.value).toBe('');
  });

  it('The hook resolves with the token that a retry brings in time', async () => {
    const { time, endpoint, source } = await arrangeIssued();
    const token = watch(source.refreshAfterRejection('token-1'));
    await time.advance(0);
    await endpoint.fail();
    await time.advance(500);
    await endpoint.succeed();
    expect(token.value).toBe('token-2');
  });
});
