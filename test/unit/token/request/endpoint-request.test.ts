import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { ErrorCode } from '../../../../src/core/errors.js';
import { requestToken } from '../../../../src/token/request/endpoint-request.js';
import type { EarlyRequest } from '../../../../src/token/request/post-token-request.js';
import { VirtualTime } from '../../../support/virtual-time.js';

const good = { access_token: 'czs_1', expires_in: 3600, subject: 'alice' };
const answer = (body: BodyInit | null = JSON.stringify(good), init: ResponseInit = {}): Response =>
  new Response(body, { ...init, headers: { 'content-type': 'application/json', ...init.headers } });

function arrange(respond: (time: VirtualTime, signal: AbortSignal) => Response | Promise<Response> = () => answer()) {
  const time = new VirtualTime();
  const abort = new AbortController();
  const sent: { url: string; init: RequestInit | undefined }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    sent.push({ url: String(input), init });
    const signal = init?.signal ?? new AbortController().signal;
    signal.throwIfAborted();
    return respond(time, signal);
  };
  const ask = (early?: EarlyRequest) =>
    requestToken(
      {
        endpoint: 'https://site.example/api/token',
        credentials: 'same-origin',
        body: { user_id: 'alice', reason: 'initial' },
        signal: abort.signal,
        early,
      },
      { fetch, clock: time.clock, timers: time.timers, pageOrigin: 'https://site.example' },
    );
  return { time, abort, sent, ask };
}

describe('what is sent', () => {
  it('is a POST with a JSON body that no cache keeps and no redirect carries away', async () => {
    const { sent, ask } = arrange();
    await ask();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      url: 'https://site.example/api/token',
      init: {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: '{"user_id":"alice","reason":"initial"}',
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'manual',
        referrerPolicy: 'no-referrer',
      },
    });
  });
});

describe('a request that was sent early', () => {
  function arrangeEarly() {
    const { time, abort, sent, ask } = arrange();
    let respond = (_: Response): void => {};
    const response = new Promise<Response>((resolve) => (respond = resolve));
    const early = { sentAt: time.now, sent: '', response, abort: vi.fn(), take: () => true };
    return { time, abort, sent, early, respond: () => respond(answer()), ask: () => ask(early) };
  }

  it('is the request, and the life of its token is counted from when it was sent', async () => {
    const { time, sent, early, respond, ask } = arrangeEarly();
    await time.advance(3_000);
    const asked = ask();
    respond();
    expect(await asked).toMatchObject({ ok: true, value: { value: 'czs_1', requestedAt: early.sentAt } });
    expect(sent).toEqual([]);
  });

  it('is aborted when its answer is not wanted any more', async () => {
    const { abort, early, ask } = arrangeEarly();
    const asked = ask();
    expect(early.abort).not.toHaveBeenCalled();
    abort.abort();
    expect(await asked).toMatchObject({ ok: false });
    expect(early.abort).toHaveBeenCalledOnce();
  });
});

describe('the life of a token', () => {
  it('is counted from the moment the request was sent', async () => {
    const { time, ask } = arrange(async (time) => {
      await time.advance(3_000);
      return answer();
    });
    const { now } = time;
    expect(await ask()).toMatchObject({ ok: true, value: { requestedAt: now, lifetimeMs: 3_600_000 } });
  });

  it.each([-24, 24])('is right with an absolute expiry and a visitor’s clock that is %i h off', async (hours) => {
    const serverMs = Date.UTC(2026, 0, 1) - hours * 3_600_000;
    const body = JSON.stringify({ access_token: 'czs_1', expires_in: serverMs / 1000 + 3600 });
    const { ask } = arrange(() => answer(body, { headers: { date: new Date(serverMs).toUTCString() } }));
    expect(await ask()).toMatchObject({ ok: true, value: { lifetimeMs: 3_600_000 } });
  });

  it('is taken by the visitor’s clock when the server’s Date is missing or nonsense', async () => {
    const body = JSON.stringify({ access_token: 'czs_1', expires_at: Date.UTC(2026, 0, 1) / 1000 + 600 });
    expect(await arrange(() => answer(body)).ask()).toMatchObject({ ok: true, value: { lifetimeMs: 600_000 } });
    expect(await arrange(() => answer(body, { headers: { date: 'soon' } })).ask()).toMatchObject({
      ok: true,
      value: { lifetimeMs: 600_000 },
    });
  });
});

describe('the content type', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON', 'application/problem+json', 'application/json ;x'])(
    '%s is read',
    async (type) => {
      expect((await arrange(() => answer(undefined, { headers: { 'content-type': type } })).ask()).ok).toBe(true);
    },
  );

  it.each([
    '',
    'text/html',
    'text/plain',
    'text/json',
    'application/jsonp',
    'application/json-seq',
    'application/javascript',
    'x application/json',
  ])('“%s” is not read', async (type) => {
    const asked = await arrange(() => answer(undefined, { headers: { 'content-type': type } })).ask();
    expect(asked).toMatchObject({ ok: false, error: { kind: 'invalid', code: ErrorCode.InvalidTokenResponse } });
  });
});

describe('the body', () => {
  it.each([
    ['empty', ''],
    ['blank', ' \n '],
    ['no JSON', '{oops'],
    ['cut short', '{"access_token":"czs_1"'],
    ['null', 'null'],
    ['an array', '[]'],
    ['nested beyond reason', '['.repeat(60_000)],
  ])('that is %s is no token', async (_, text) => {
    expect(await arrange(() => answer(text)).ask()).toMatchObject({ ok: false, error: { kind: 'invalid' } });
  });

  it('that is absent is no token', async () => {
    expect(await arrange(() => answer(null)).ask()).toMatchObject({ ok: false, error: { kind: 'invalid' } });
  });

  it('may begin with a byte order mark', async () => {
    expect((await arrange(() => answer(`\ufeff${JSON.stringify(good)}`)).ask()).ok).toBe(true);
  });

  it('takes the last of two fields with one name, as JSON does', async () => {
    const asked = await arrange(() => answer('{"access_token":"czs_1","access_token":"czs_2"}')).ask();
    expect(asked).toMatchObject({ ok: true, value: { value: 'czs_2' } });
  });

  it.each([
    [65_536, true],
    [65_537, false],
  ])('of %i bytes is read: %s', async (bytes, isRead) => {
    const text = JSON.stringify(good);
    expect((await arrange(() => answer(text + ' '.repeat(bytes - text.length))).ask()).ok).toBe(isRead);
  });

  it('whose bytes are no text is said to be no JSON', async () => {
    const asked = await arrange(() => answer(new Uint8Array([0x22, 0xff, 0x22]))).ask();
    expect(asked.ok ? undefined : asked.error.message).toBe('The token endpoint answered a body that is not JSON.');
  });

  it.each([401, 429])('is not waited for with a %i, and let go', async (status) => {
    const cancel = vi.fn();
    const { ask } = arrange(() => answer(new ReadableStream({ cancel }), { status }));
    expect(await ask()).toMatchObject({ ok: false });
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('is not read beyond the cap', async () => {
    let pulled = 0;
    const endless = new ReadableStream(
      { pull: (controller) => controller.enqueue(new Uint8Array(1024).fill((pulled++, 32))) },
      { highWaterMark: 0 },
    );
    expect(await arrange(() => answer(endless)).ask()).toMatchObject({ ok: false, error: { kind: 'invalid' } });
    expect(pulled).toBe(65);
  });
});

describe('a status other than 200', () => {
  it.each([
    [401, { kind: 'terminal', code: ErrorCode.SignedOut }],
    [403, { kind: 'terminal', code: ErrorCode.Forbidden }],
    [404, { kind: 'terminal', code: ErrorCode.TokenEndpointMisconfigured }],
    [503, { kind: 'transient', code: ErrorCode.TokenEndpointUnavailable }],
  ])('%i', async (status, expected) => {
    expect(await arrange(() => answer('{}', { status })).ask()).toMatchObject({ ok: false, error: expected });
  });

  it('is explained by its body where that is allowed', async () => {
    const mismatch = await arrange(() => answer('{"error":"identity_mismatch"}', { status: 403 })).ask();
    expect(mismatch).toMatchObject({ error: { code: ErrorCode.IdentityMismatch } });
    const retryable = await arrange(() => answer('{"retryable":true}', { status: 409 })).ask();
    expect(retryable).toMatchObject({ error: { kind: 'transient' } });
  });

  it('is not explained by a body that is too long or no JSON', async () => {
    for (const body of ['{"retryable":true}'.padEnd(70_000), '{"retryable":true', 'retryable']) {
      expect(await arrange(() => answer(body, { status: 409 })).ask()).toMatchObject({ error: { kind: 'terminal' } });
    }
  });

  it('brings its Retry-After, a date read by the server’s clock', async () => {
    const serverMs = Date.UTC(2030, 0, 1);
    const headers = { date: new Date(serverMs).toUTCString(), 'retry-after': new Date(serverMs + 45_000).toUTCString() };
    expect(await arrange(() => answer('{}', { status: 429, headers })).ask()).toMatchObject({ error: { retryAfterMs: 45_000 } });
  });
});

describe('a request that comes to nothing', () => {
  it.each([
    [
      'a page',
      () => answer('<html>', { headers: { 'content-type': 'text/html' } }),
      "perhaps a log-in page: then mount the chat's path before the middleware that requires a log-in",
    ],
    ['a flood', () => answer(' '.repeat(65_537)), 'more than 64 KiB'],
    ['half a body', () => answer('{"access_token":'), 'a body that is not JSON'],
    ['a redirect', () => answer('', { status: 302 }), 'redirects, as to a log-in page: the visitor is not signed in'],
  ])('because of %s says so to the page’s author', async (_, respond, message) => {
    const asked = await arrange(respond).ask();
    expect(asked.ok ? undefined : asked.error.message).toContain(message);
  });

  it('is a failure to reach the endpoint, with what may be wrong', async () => {
    const asked = await arrange(() => Promise.reject(new TypeError('Failed to fetch'))).ask();
    expect(asked).toMatchObject({ ok: false, error: { kind: 'transient', code: ErrorCode.TokenEndpointUnavailable } });
    expect(JSON.stringify(asked)).toMatch(/network.*CORS.*connect-src/);
  });

  it('takes no longer than 10 s, headers and body together', async () => {
    let sendHeaders = (): void => {};
    const headersSent = new Promise<void>((resolve) => (sendHeaders = resolve));
    const { time, ask } = arrange(async (_, signal) => {
      await headersSent;
      const start = (controller: ReadableStreamDefaultController): void =>
        signal.addEventListener('abort', () => controller.error(signal.reason));
      return answer(new ReadableStream({ start }));
    });
    const outcomes: string[] = [];
    void ask().then((asked) => outcomes.push(asked.ok ? 'token' : asked.error.message));
    await time.advance(9_000);
    sendHeaders();
    await time.advance(999);
    expect(outcomes).toEqual([]);
    await time.advance(1);
    expect(outcomes).toEqual(['The token endpoint took longer than 10 s.']);
  });

  it('leaves no timer behind, and nobody who listens', async () => {
    const { time, abort, ask } = arrange(() => Promise.reject(new TypeError('Failed to fetch')));
    await ask();
    expect([time.timerCount, getEventListeners(abort.signal, 'abort')]).toEqual([0, []]);
  });

  it('was not wanted any more: nothing is sent', async () => {
    let calls = 0;
    const { abort, ask } = arrange(() => (calls++, answer()));
    abort.abort();
    expect(await ask()).toMatchObject({ ok: false, error: { kind: 'transient' } });
    expect(calls).toBe(0);
  });
});
