import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { succeed } from '../../../../src/core/result.js';
import { TokenReason } from '../../../../src/token/protocol.js';
import { serializeFirstRequest } from '../../../../src/token/request/first-request.js';
import type { TokenRequester } from '../../../../src/token/request/token-requester.js';
import { FakeLocks } from '../../../support/fake-locks.js';
import { ScriptedRequester } from '../../../support/scripted-requester.js';
import { VirtualTime } from '../../../support/virtual-time.js';

function arrange(locks: Pick<LockManager, 'request'> = new FakeLocks()) {
  const time = new VirtualTime();
  const endpoint = new ScriptedRequester(time.clock);
  const ofKey = (sessionKey: string): TokenRequester => serializeFirstRequest(endpoint.request, { locks, timers: time.timers, sessionKey });
  const ask = (reason: TokenReason = TokenReason.Initial, sessionKey = '/token', signal = new AbortController().signal) => {
    const request = ofKey(sessionKey)({ reason, signal });
    void time.advance(0);
    return request;
  };
  return { time, endpoint, ask };
}

describe('The first requests of chats that begin at once', () => {
  it('First requests are sent one after the other, so that each can carry the cookie that the former was given', async () => {
    const { time, endpoint, ask } = arrange();
    const responses = [ask(), ask(), ask()];
    for (let count = 1; count <= 3; count++) {
      await time.advance(0);
      expect(endpoint.seen).toHaveLength(count);
      await endpoint.succeed({ value: `token-${count}` });
    }
    expect((await Promise.all(responses)).map((response) => response.ok && response.value)).toMatchObject([
      { value: 'token-1' },
      { value: 'token-2' },
      { value: 'token-3' },
    ]);
    expect(time.timerCount).toBe(0);
  });

  it('First requests to different endpoints do not wait for each other', async () => {
    const { time, endpoint, ask } = arrange();
    void ask(TokenReason.Initial, '/one');
    void ask(TokenReason.Initial, '/other');
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(2);
  });

  it('Later requests of a chat do not wait for first requests', async () => {
    const { time, endpoint, ask } = arrange();
    void ask();
    void ask(TokenReason.Expiring);
    void ask(TokenReason.Verify);
    await time.advance(0);
    expect(endpoint.seen.map(({ reason }) => reason).sort()).toEqual(['expiring', 'initial', 'verify']);
  });

  it('A first request waits no more than 10 s for the others, such as one of a frozen tab', async () => {
    const { time, endpoint, ask } = arrange();
    void ask();
    await time.advance(0);
    const second = ask();
    await time.advance(9_999);
    expect(endpoint.seen).toHaveLength(1);
    await time.advance(1);
    expect(endpoint.seen).toHaveLength(2);
    await endpoint.succeed();
    expect(await second).toMatchObject({ ok: true });
  });

  it('A first request may take longer than 10 s once it is sent', async () => {
    const { time, endpoint, ask } = arrange();
    const first = ask();
    await time.advance(20_000);
    await endpoint.succeed();
    expect([await first, endpoint.seen.length]).toMatchObject([{ ok: true }, 1]);
  });

  it('A first request leaves no timer and no listener behind', async () => {
    const { time, endpoint, ask } = arrange();
    const { signal } = new AbortController();
    const response = ask(TokenReason.Initial, '/token', signal);
    await time.advance(0);
    await endpoint.succeed();
    await response;
    expect([time.timerCount, getEventListeners(signal, 'abort')]).toEqual([0, []]);
  });

  it('A first request leaves the queue when its chat goes', async () => {
    const { time, endpoint, ask } = arrange();
    void ask();
    await time.advance(0);
    const gone = new AbortController();
    void ask(TokenReason.Initial, '/token', gone.signal);
    await time.advance(0);
    gone.abort();
    await time.advance(0);
    expect(endpoint.seen.at(-1)?.signal.aborted).toBe(true);
    await endpoint.seen[0]?.answer(succeed({ value: 'x', subject: 'alice', requestedAt: time.now, lifetimeMs: 1_000 }));
    void ask();
    await time.advance(0);
    expect(endpoint.seen).toHaveLength(3);
  });

  it('First requests are sent without a lock on a page that may have none', async () => {
    const request = vi.fn(() => Promise.reject(new DOMException('opaque origin', 'SecurityError')));
    const { time, endpoint, ask } = arrange({ request });
    void ask();
    await time.advance(0);
    expect([endpoint.seen.length, request.mock.calls.length, time.timerCount]).toEqual([1, 1, 0]);
  });

  it('The lock of first requests is named after the package and the endpoint', async () => {
    const locks = new FakeLocks();
    const { time, ask } = arrange(locks);
    void ask();
    await time.advance(0);
    expect(locks.names).toEqual(['coze-chat-embed:first-request:/token']);
  });
});
