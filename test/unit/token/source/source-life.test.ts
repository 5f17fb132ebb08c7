import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { TokenRequester } from '../../../../src/token/request/token-requester.js';
import { unavailable } from '../../../../src/token/token-failure.js';
import { arrange, arrangeIssued, DUE_MS, HOUR_MS, watch } from './arrange-source.js';

describe('Subject of the tokens', () => {
  it.each([
    ['another subject', 'alice', 'bob'],
    ['no subject', 'alice', undefined],
    ['a subject after one for no subject', undefined, 'alice'],
  ])('A token for %s is never returned and ends the source', async (_, subject, other) => {
    const { time, endpoint, updates, source } = arrange();
    const first = watch(source.getToken());
    await time.advance(0);
    await endpoint.succeed({ subject });
    const hook = watch(source.refreshAfterRejection('token-1'));
    await time.advance(0);
    await endpoint.succeed({ subject: other });
    expect([first.value, hook.value, await source.getToken()]).toEqual(['token-1', '', '']);
    expect(updates.at(-1)).toMatchObject({ phase: 'subject-changed', reason: 'rejected', subject: other });
    await time.advance(HOUR_MS);
    expect([endpoint.seen.length, time.timerCount]).toEqual([2, 0]);
  });

  it('A source with an expected subject compares the first token with it', async () => {
    const expectBob = await arrangeIssued({ expectedSubject: { subject: 'bob' } });
    expect(expectBob.updates.map(({ phase }) => phase)).toEqual(['requested', 'subject-changed']);
    const expectAlice = await arrangeIssued({ expectedSubject: { subject: 'alice' } });
    expect(expectAlice.updates.map(({ phase }) => phase)).toEqual(['requested', 'issued']);
  });

  it('A source whose backend names no subject accepts every token', async () => {
    const { time, endpoint, source } = arrange();
    source.start();
    await time.advance(0);
    await endpoint.succeed({ subject: undefined });
    await time.advance(DUE_MS);
    await endpoint.succeed({ subject: undefined });
    expect(await source.getToken()).toBe('token-2');
  });
});

describe('A disposed source', () => {
  it('dispose() resolves all waiting calls at once, aborts the request and leaves no timer', async () => {
    const { time, endpoint, source } = arrange();
    const [fresh, hook] = [watch(source.getToken()), watch(source.refreshAfterRejection(''))];
    await time.advance(0);
    source.dispose();
    await time.advance(0);
    expect([fresh.value, hook.value, endpoint.last.signal.aborted, time.timerCount]).toEqual(['', '', true, 0]);
  });

  it('dispose() stops the timer of the renewal', async () => {
    const { time, source } = await arrangeIssued();
    expect(time.timerCount).toBe(1);
    source.dispose();
    expect(time.timerCount).toBe(0);
  });

  it('A disposed source has no token, requests none and accepts none', async () => {
    const { time, endpoint, updates, source } = await arrangeIssued();
    await time.advance(DUE_MS);
    source.dispose();
    const reported = updates.length;
    await endpoint.succeed();
    source.start();
    source.retryNow();
    await source.refresh();
    expect(await Promise.all([source.getToken(), source.refreshAfterRejection('token-1'), source.refreshAfterRejection('')])).toEqual([
      '',
      '',
      '',
    ]);
    await time.advance(HOUR_MS);
    expect([endpoint.seen.length, updates.length, time.timerCount]).toEqual([2, reported, 0]);
  });

  it('dispose() resolves a waiting refresh()', async () => {
    const { time, source } = await arrangeIssued();
    let isAnswered = false;
    void source.refresh().then(() => (isAnswered = true));
    await time.advance(0);
    expect(isAnswered).toBe(false);
    source.dispose();
    await time.advance(0);
    expect(isAnswered).toBe(true);
  });

  it('A source that is disposed right after its start sends no request', async () => {
    const { time, endpoint, updates, source } = arrange();
    source.start();
    source.dispose();
    await time.advance(0);
    expect([endpoint.seen.length, updates.length]).toEqual([0, 0]);
  });

  it('A source that a listener disposes when it reports a request does not send it', async () => {
    const arranged = arrange({ onUpdate: () => arranged.source.dispose() });
    arranged.source.start();
    await arranged.time.advance(0);
    expect(arranged.endpoint.seen).toHaveLength(0);
  });
});

it('A source sends one request even if the host’s function asks for a token during the call', async () => {
  let calls = 0;
  const request: TokenRequester = async () => {
    calls++;
    void arranged.source.refresh();
    void arranged.source.getToken();
    return { ok: false, error: unavailable('down') };
  };
  const arranged = arrange({ request });
  arranged.source.start();
  await arranged.time.advance(0);
  expect(calls).toBe(1);
});

it('refresh() sends no second request while one is under way', async () => {
  const { time, endpoint, source } = await arrangeIssued();
  await time.advance(DUE_MS);
  void source.refresh();
  await time.advance(0);
  expect(endpoint.seen).toHaveLength(2);
});

it('A source keeps no listener for a refresh() that has resolved', async () => {
  const { time, endpoint, source } = await arrangeIssued();
  const listenerCount = (): number => getEventListeners(endpoint.last.signal, 'abort').length;
  const before = listenerCount();
  const answered = source.refresh();
  await time.advance(0);
  expect(listenerCount()).toBe(before + 1);
  await endpoint.succeed();
  await answered;
  expect(listenerCount()).toBe(before);
});
