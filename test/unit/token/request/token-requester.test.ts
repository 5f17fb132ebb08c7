import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ErrorCode } from '../../../../src/core/errors.js';
import type { TokenReason } from '../../../../src/token/protocol.js';
import { endpointRequester, functionRequester, type GetToken } from '../../../../src/token/request/token-requester.js';
import type { TokenResponse } from '../../../../src/token/request/token-response-body.js';
import { VirtualTime } from '../../../support/virtual-time.js';

describe('Requests to a token endpoint', () => {
  const arrange = (identity: { userId?: string; identityToken?: () => string | undefined } = {}) => {
    const time = new VirtualTime();
    const bodies: unknown[] = [];
    const fetch: typeof globalThis.fetch = (_, init) => {
      bodies.push(JSON.parse(String(init?.body)));
      return Promise.resolve(Response.json({ access_token: 'czs_1' }));
    };
    const request = endpointRequester(
      { endpoint: 'https://site.example/t', credentials: 'include', userId: undefined, identityToken: () => undefined, ...identity },
      { fetch, clock: time.clock, timers: time.timers, pageOrigin: 'https://shop.example' },
    );
    return { bodies, ask: () => request({ reason: 'expiring', signal: new AbortController().signal }) };
  };

  it('A request contains only the reason if the page names no visitor', async () => {
    const { bodies, ask } = arrange();
    await ask();
    expect(bodies).toEqual([{ reason: 'expiring' }]);
  });

  it('A response that only names the subject is valid for a verification, and no token otherwise', async () => {
    const time = new VirtualTime();
    const request = endpointRequester(
      { endpoint: 'https://site.example/t', credentials: 'include', userId: undefined, identityToken: () => undefined },
      {
        fetch: () => Promise.resolve(Response.json({ subject: 'alice' })),
        clock: time.clock,
        timers: time.timers,
        pageOrigin: 'https://site.example',
      },
    );
    const ask = (reason: TokenReason) => request({ reason, signal: new AbortController().signal });
    expect(await ask('verify')).toEqual({ ok: true, value: { subject: 'alice', requestedAt: time.now } });
    expect(await ask('initial')).toMatchObject({ ok: false, error: { code: ErrorCode.InvalidTokenResponse } });
  });

  it('A request contains the user id, and the identity token of that moment', async () => {
    let proof = 'first';
    const { bodies, ask } = arrange({ userId: 'alice', identityToken: () => proof });
    await ask();
    proof = 'second';
    await ask();
    expect(bodies).toEqual([
      { user_id: 'alice', identity_token: 'first', reason: 'expiring' },
      { user_id: 'alice', identity_token: 'second', reason: 'expiring' },
    ]);
  });
});

describe('Requests to a function of the host', () => {
  const arrange = (getToken: GetToken, userId?: string) => {
    const time = new VirtualTime();
    const abort = new AbortController();
    const request = functionRequester(getToken, userId, time);
    return { time, abort, ask: () => request({ reason: 'initial', signal: abort.signal }) };
  };
  const throwing =
    (error: unknown): GetToken =>
    () => {
      throw error;
    };
  const failed = { kind: 'transient', code: ErrorCode.TokenEndpointUnavailable };
  const transient = { ok: false, error: { ...failed, message: expect.stringMatching(/^getToken failed(?: \(Error\))?\.$/) as string } };
  const late = { ok: false, error: { ...failed, message: 'getToken took longer than 10 s.' } };
  const signedOut = {
    ok: false,
    error: { kind: 'terminal', code: ErrorCode.SignedOut, message: 'getToken says that nobody is signed in.' },
  };

  it('getToken() may return the same forms as an endpoint, and the lifetime counts from the call', async () => {
    const { time, abort, ask } = arrange(async () => {
      await time.advance(2_000);
      return { token: 'czs_1', expiresAt: time.now.wallMs + 60_000, subject: 'alice' };
    });
    const { now } = time;
    expect(await ask()).toEqual({ ok: true, value: { value: 'czs_1', subject: 'alice', requestedAt: now, lifetimeMs: 60_000 } });
    expect([time.timerCount, getEventListeners(abort.signal, 'abort')]).toEqual([0, []]);
  });

  it('getToken() gets the reason and the user id', async () => {
    const contexts: unknown[] = [];
    const { ask } = arrange(async ({ reason, userId }) => (contexts.push([reason, userId]), { token: 'czs_1' }), 'alice');
    await ask();
    expect(contexts).toEqual([['initial', 'alice']]);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('canary7f3a'))],
    ['throws', throwing(new Error('canary7f3a'))],
    ['throws nothing', throwing(undefined)],
    ['throws a text', throwing('canary7f3a')],
    [
      'throws an object whose fields cannot be read',
      throwing({
        get name() {
          throw new Error('canary7f3a');
        },
      }),
    ],
    ['throws a revoked proxy', throwing(overProxy())],
  ] satisfies [string, GetToken][])(
    'A getToken function that %s is a transient failure whose message does not contain the error',
    async (_, getToken) => {
      const asked = await arrange(getToken).ask();
      expect(asked).toMatchObject(transient);
      expect(JSON.stringify(asked)).not.toContain('canary');
    },
  );

  it.each([
    ['by the name of the error', Object.assign(new Error('no'), { name: 'UnauthorizedError' })],
    ['by a field of the error', { terminal: true }],
  ])('getToken() can report a signed-out visitor, %s', async (_, error) => {
    expect(await arrange(throwing(error)).ask()).toMatchObject(signedOut);
    expect(await arrange(() => Promise.reject(error)).ask()).toMatchObject(signedOut);
  });

  it.each([
    ['a text', 'czs_1'],
    ['nothing', undefined],
    ['an empty object', {}],
    ['a token that is a number', { token: 7 }],
  ])('A getToken function that returns %s is an invalid response', async (_, answer) => {
    const { ask } = arrange(() => Promise.resolve(answer as TokenResponse));
    expect(await ask()).toMatchObject({ ok: false, error: { kind: 'invalid', code: ErrorCode.InvalidTokenResponse } });
  });

  it('getToken() may return only the subject for a verification, and not otherwise', async () => {
    const time = new VirtualTime();
    const request = functionRequester(() => Promise.resolve({ subject: 'alice' }), undefined, time);
    const ask = (reason: TokenReason) => request({ reason, signal: new AbortController().signal });
    expect(await ask('verify')).toEqual({ ok: true, value: { subject: 'alice', requestedAt: time.now } });
    expect(await ask('initial')).toMatchObject({ ok: false, error: { code: ErrorCode.InvalidTokenResponse } });
  });

  it.each([
    ['TypeError', 'getToken failed (TypeError).'],
    ['x'.repeat(40), `getToken failed (${'x'.repeat(40)}).`],
    ['x'.repeat(41), 'getToken failed.'],
    ['secret: Error', 'getToken failed.'],
    ['Error: secret', 'getToken failed.'],
    ['', 'getToken failed.'],
    [7, 'getToken failed.'],
  ])('The failure message contains the error name %o of getToken() only if it looks like a class name', async (name, message) => {
    expect(await arrange(throwing({ name })).ask()).toMatchObject({ error: { message } });
  });

  it('getToken() may return a value without a promise', async () => {
    const getToken = (() => ({ token: 'czs_1' })) as unknown as GetToken;
    expect(await arrange(getToken).ask()).toMatchObject({ ok: true });
  });

  it('A getToken function whose result cannot be read is a transient failure', async () => {
    const { ask } = arrange(() =>
      Promise.resolve({
        get token(): string {
          throw new Error();
        },
      }),
    );
    expect(await ask()).toMatchObject(transient);
  });

  it('A getToken function that never returns fails after 10 s, and its signal aborts', async () => {
    const signals: AbortSignal[] = [];
    const { time, ask } = arrange(({ signal }) => (signals.push(signal), new Promise(() => {})));
    const asked = ask();
    await time.advance(9_999);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    await time.advance(1);
    expect([await asked, signals[0]?.aborted, time.timerCount]).toMatchObject([late, true, 0]);
  });

  it('A getToken function that never returns ends with the signal of the request', async () => {
    const { time, abort, ask } = arrange(() => new Promise(() => {}));
    const asked = ask();
    abort.abort();
    expect([await asked, time.timerCount]).toMatchObject([{ ok: false, error: failed }, 0]);
  });
});

function overProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
