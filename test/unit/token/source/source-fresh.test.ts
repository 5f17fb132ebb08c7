import { describe, expect, it } from 'vitest';
import { arrange, arrangeIssued, DUE_MS, HOUR_MS, reasonsOf, watch } from './arrange-source.js';

describe('the first token', () => {
  it('is asked for at the start and announced without its value', async () => {
    const { endpoint, updates, source } = await arrangeIssued();
    expect(reasonsOf(endpoint)).toEqual(['initial']);
    expect(updates).toMatchObject([
      { phase: 'requested', reason: 'initial', attempt: 1 },
      { phase: 'issued', reason: 'initial', attempt: 1, subject: 'alice' },
    ]);
    expect(JSON.stringify(updates)).not.toContain('token-1');
    expect(source.subject).toBe('alice');
  });

  it('tells when it expires and when the next is due, by the wall clock', async () => {
    const { time, updates } = arrange();
    const { wallMs } = time.now;
    const { updates: later } = await arrangeIssued();
    expect(updates).toEqual([]);
    expect(later[1]).toMatchObject({ expiresAtMs: wallMs + HOUR_MS, refreshAtMs: wallMs + DUE_MS });
  });

  it('is not what a response that names only the subject holds.', async () => {
    const { time, endpoint, updates, source } = arrange();
    source.start();
    await time.advance(0);
    await endpoint.confirm();
    const failure = { code: 'invalid_token_response', message: 'The token response has no "access_token".' };
    expect([updates.at(-1), source.hasUsableToken]).toMatchObject([{ phase: 'failed', failure }, false]);
  });

  it('waits until a hidden page is looked at', async () => {
    const { time, endpoint, page, source } = arrange();
    page.isVisible = false;
    source.start();
    await time.advance(HOUR_MS);
    expect([endpoint.seen.length, time.timerCount]).toEqual([0, 0]);
    page.isVisible = true;
    source.retryNow();
    await time.advance(0);
    expect(reasonsOf(endpoint)).toEqual(['initial']);
  });

  it('is asked for in a hidden page when somebody needs it', async () => {
    const { time, endpoint, page, source } = arrange();
    page.isVisible = false;
    source.start();
    const token = watch(source.getToken());
    await time.advance(0);
    await endpoint.succeed();
    expect(token.value).toBe('token-1');
    await time.advance(HOUR_MS);
    expect(endpoint.seen).toHaveLength(1);
  });
});

describe('a fresh token', () => {
  it('is at hand without a request', async () => {
    const { endpoint, source } = await arrangeIssued();
    expect(await source.getToken()).toBe('token-1');
    expect(endpoint.seen).toHaveLength(1);
  });

  it.each([10, 100])('is asked for once by %i callers at a time', async (count) => {
    const { time, endpoint, source } = arrange();
    const tokens = Array.from({ length: count }, () => watch(source.getToken()));
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(1);
    await endpoint.succeed();
    expect(new Set(tokens.map(({ value }) => value))).toEqual(new Set(['token-1']));
  });

  it('is none that would expire on its way', async () => {
    const { time, endpoint, page, source } = await arrangeIssued();
    page.isVisible = false;
    await time.advance(HOUR_MS - 10_000);
    const token = watch(source.getToken());
    await time.advance(0);
    expect(token.value).toBeUndefined();
    expect(reasonsOf(endpoint)).toEqual(['initial', 'expiring']);
    await endpoint.succeed();
    expect(token.value).toBe('token-2');
  });

  it('is asked for at once after a token of ten seconds, although that is replaced ahead only every fifteen', async () => {
    const { time, endpoint, source } = arrange();
    source.start();
    await time.advance(0);
    await endpoint.succeed({ lifetimeMs: 10_000 });
    await time.advance(7_500);
    const token = watch(source.getToken());
    await time.advance(0);
    await endpoint.succeed({ lifetimeMs: 10_000 });
    expect(token.value).toBe('token-2');
  });

  it('is waited for through failures, for 15 s and no longer', async () => {
    const { time, endpoint, source } = arrange();
    const token = watch(source.getToken());
    for (let passedMs = 0; passedMs < 14_900; passedMs += 100) {
      await time.advance(100);
      if (endpoint.seen.length > 0) await endpoint.fail();
    }
    expect([token.value, endpoint.seen.length]).toEqual([undefined, 5]);
    await time.advance(200);
    expect(token.value).toBe('');
  });

  it('reaches those who wait when the third try succeeds', async () => {
    const { time, endpoint, source } = arrange();
    const token = watch(source.getToken());
    await time.advance(0);
    await endpoint.fail();
    await time.advance(500);
    await endpoint.fail();
    await time.advance(1_000);
    await endpoint.succeed();
    expect(token.value).toBe('token-1');
  });

  it('is asked for again after a second at the latest, when somebody needs it during a long back-off', async () => {
    const { time, endpoint, source } = arrange();
    source.start();
    for (let failures = 0; failures < 8; failures++) {
      await time.advance(60_000);
      await endpoint.fail();
    }
    await time.advance(300);
    const token = watch(source.getToken());
    await time.advance(699);
    expect(endpoint.seen).toHaveLength(8);
    await time.advance(1);
    expect(endpoint.seen).toHaveLength(9);
    await endpoint.succeed();
    expect(token.value).toBe('token-1');
  });
});

it('A source knows of each token whether it is a gateway’s.', async () => {
  const { time, endpoint, source } = arrange();
  source.start();
  expect(source.isGateway).toBe(false);
  for (const isGateway of [true, undefined, true, false]) {
    void source.refresh();
    await time.advance(0);
    await endpoint.succeed({ isGateway });
    expect(source.isGateway).toBe(isGateway === true);
  }
});
