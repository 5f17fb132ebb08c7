import { describe, expect, it } from 'vitest';
import { arrange, arrangeIssued, DUE_MS, HOUR_MS, reasonsOf, watch } from './arrange-source.js';

describe('The first token', () => {
  it('The first token is requested at the start, and reported without its value', async () => {
    const { endpoint, updates, source } = await arrangeIssued();
    expect(reasonsOf(endpoint)).toEqual(['initial']);
    expect(updates).toMatchObject([
      { phase: 'requested', reason: 'initial', attempt: 1 },
      { phase: 'issued', reason: 'initial', attempt: 1, subject: 'alice' },
    ]);
    expect(JSON.stringify(updates)).not.toContain('token-1');
    expect(source.subject).toBe('alice');
  });

  it('The report of a token contains its expiry and its renewal time by the wall clock', async () => {
    const { time, updates } = arrange();
    const { wallMs } = time.now;
    const { updates: later } = await arrangeIssued();
    expect(updates).toEqual([]);
    expect(later[1]).toMatchObject({ expiresAtMs: wallMs + HOUR_MS, refreshAtMs: wallMs + DUE_MS });
  });

  it('A response that names only the subject is no first token', async () => {
    const { time, endpoint, updates, source } = arrange();
    source.start();
    await time.advance(0);
    await endpoint.confirm();
    const failure = { code: 'invalid_token_response', message: 'The token response has no "access_token".' };
    expect([updates.at(-1), source.hasUsableToken]).toMatchObject([{ phase: 'failed', failure }, false]);
  });

  it('A hidden page requests no first token until it is visible', async () => {
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

  it('A hidden page requests the first token for a caller of getToken()', async () => {
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

describe('A fresh token', () => {
  it('A fresh token is returned without a request', async () => {
    const { endpoint, source } = await arrangeIssued();
    expect(await source.getToken()).toBe('token-1');
    expect(endpoint.seen).toHaveLength(1);
  });

  it.each([10, 100])('A token is requested once for %i callers at the same time', async (count) => {
    const { time, endpoint, source } = arrange();
    const tokens = Array.from({ length: count }, () => watch(source.getToken()));
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(1);
    await endpoint.succeed();
    expect(new Set(tokens.map(({ value }) => value))).toEqual(new Set(['token-1']));
  });

  it('A token that would expire on its way is not returned but replaced', async () => {
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

  it('A token of ten seconds is replaced at once when it is needed, although renewals are 15 s apart', async () => {
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

  it('A caller waits for a token through failures for 15 s and no longer', async () => {
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

  it('A waiting caller gets the token when the third attempt succeeds', async () => {
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

  it('A caller during a long back-off causes a request within a second', async () => {
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

it('A source knows of each token whether a gateway issued it', async () => {
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
