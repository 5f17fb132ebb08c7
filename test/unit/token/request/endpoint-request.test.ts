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

describe('Sent request', () => {
  it('A token request is a POST with a JSON body that bypasses caches and follows no redirect', async () => {
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

describe('Early request', () => {
  function arrangeEarly() {
    const { time, abort, sent, ask } = arrange();
    let respond = (_: Response): void => {};
    const response = new Promise<Response>((resolve) => (respond = resolve));
    const early = { sentAt: time.now, sent: '', response, abort: vi.fn(), take: () => true };
    return { time, abort, sent, early, respond: () => respond(answer()), ask: () => ask(early) };
  }

  it('An early request replaces the token request, and the lifetime of its token counts from when it was sent', async () => {
    const { time, sent, early, respond, ask } = arrangeEarly();
    await time.advance(3_000);
    const asked = ask();
    respond();
    expect(await asked).toMatchObject({ ok: true, value: { value: 'czs_1', requestedAt: early.sentAt } });
    expect(sent).toEqual([]);
  });

  it('An early request is aborted when the signal of the token request aborts', async () => {
    const { abort, early, ask } = arrangeEarly();
    const asked = ask();
    expect(early.abort).not.toHaveBeenCalled();
    abort.abort();
    expect(await asked).toMatchObject({ ok: false });
    expect(early.abort).toHaveBeenCalledOnce();
  });
});

describe('Lifetime of a token', () => {
  it('The lifetime of a token counts from the moment when the request was sent', async () => {
    const { time, ask } = arrange(async (time) => {
      await time.advance(3_000);
      return answer();
    });
    const { now } = time;
    expect(await ask()).toMatchObject({ ok: true, value: { requestedAt: now, lifetimeMs: 3_600_000 } });
  });

  it.each([-24, 24])('An absolute expiry gives the right lifetime with a visitor’s clock that is %i h off', async (hours) => {
    const serverMs = Date.UTC(2026, 0, 1) - hours * 3_600_000;
    const body = JSON.stringify({ access_token: 'czs_1', expires_in: serverMs / 1000 + 3600 });
    const { ask } = arrange(() => answer(body, { headers: { date: new Date(serverMs).toUTCString() } }));
    expect(await ask()).toMatchObject({ ok: true, value: { lifetimeMs: 3_600_000 } });
  });

  it('An absolute expiry is read by the visitor’s clock if the server’s Date is missing or invalid', async () => {
    const body = JSON.stringify({ access_token: 'czs_1', expires_at: Date.UTC(2026, 0, 1) / 1000 + 600 });
    expect(await arrange(() => answer(body)).ask()).toMatchObject({ ok: true, value: { lifetimeMs: 600_000 } });
    expect(await arrange(() => answer(body, { headers: { date: 'soon' } })).ask()).toMatchObject({
      ok: true,
      value: { lifetimeMs: 600_000 },
    });
  });
});

describe('Content type', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON', 'application/problem+json', 'application/json ;x'])(
    'A body with the content type %s is read',
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
  ])('A body with the content type “%s” is not read', async (type) => {
    const asked = await arrange(() => answer(undefined, { headers: { 'content-type': type } })).ask();
    expect(asked).toMatchObject({ ok: false, error: { kind: 'invalid', code: ErrorCode.InvalidTokenResponse } });
  });
});

describe('Body of the response', () => {
  it.each([
    ['empty', ''],
    ['blank', ' \n '],
    ['no JSON', '{oops'],
    ['cut short', '{"access_token":"czs_1"'],
    ['null', 'null'],
    ['an array', '[]'],
    ['nested 60,000 levels deep', '['.repeat(60_000)],
  ])('A body that is %s is an invalid response', async (_, text) => {
    expect(await arrange(() => answer(text)).ask()).toMatchObject({ ok: false, error: { kind: 'invalid' } });
  });

  it('A response without a body is an invalid response', async () => {
    expect(await arrange(() => answer(null)).ask()).toMatchObject({ ok: false, error: { kind: 'invalid' } });
  });

  it('A body may begin with a byte order mark', async () => {
    expect((await arrange(() => answer(`\ufeff${JSON.stringify(good)}`)).ask()).ok).toBe(true);
  });

  it('The last of two fields with the same name is used, as JSON defines it', async () => {
    const asked = await arrange(() => answer('{"access_token":"czs_1","access_token":"czs_2"}')).ask();
    expect(asked).toMatchObject({ ok: true, value: { value: 'czs_2' } });
  });

  it.each([
    [65_536, true],
    [65_537, false],
  ])('A body of %i bytes is read: %s', async (bytes, isRead) => {
    const text = JSON.stringify(good);
    expect((await arrange(() => answer(text + ' '.repeat(bytes - text.length))).ask()).ok).toBe(isRead);
  });

  it('A body whose bytes are not UTF-8 is reported as not JSON', async () => {
    const asked = await arrange(() => answer(new Uint8Array([0x22, 0xff, 0x22]))).ask();
    expect(asked.ok ? undefined : asked.error.message).toBe('The token endpoint answered a body that is not JSON.');
  });

  it.each([401, 429])('The body of a %i is not awaited but cancelled', async (status) => {
    const cancel = vi.fn();
    const { ask } = arrange(() => answer(new ReadableStream({ cancel }), { status }));
    expect(await ask()).toMatchObject({ ok: false });
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('A body is not read beyond the size limit', async () => {
    let pulled = 0;
    const endless = new ReadableStream(
      { pull: (controller) => controller.enqueue(new Uint8Array(1024).fill((pulled++, 32))) },
      { highWaterMark: 0 },
    );
    expect(await arrange(() => answer(endless)).ask()).toMatchObject({ ok: false, error: { kind: 'invalid' } });
    expect(pulled).toBe(65);
  });
});

describe('A status other than 200', () => {
  it.each([
    [401, { kind: 'terminal', code: ErrorCode.SignedOut }],
    [403, { kind: 'terminal', code: ErrorCode.Forbidden }],
    [404, { kind: 'terminal', code: ErrorCode.TokenEndpointMisconfigured }],
    [503, { kind: 'transient', code: ErrorCode.TokenEndpointUnavailable }],
  ])('The status %i is a failure with its kind and code', async (status, expected) => {
    expect(await arrange(() => answer('{}', { status })).ask()).toMatchObject({ ok: false, error: expected });
  });

  it('The JSON body of a 403 or 409 refines the failure', async () => {
    const mismatch = await arrange(() => answer('{"error":"identity_mismatch"}', { status: 403 })).ask();
    expect(mismatch).toMatchObject({ error: { code: ErrorCode.IdentityMismatch } });
    const retryable = await arrange(() => answer('{"retryable":true}', { status: 409 })).ask();
    expect(retryable).toMatchObject({ error: { kind: 'transient' } });
  });

  it('A body that is too long or no JSON does not refine the failure', async () => {
    for (const body of ['{"retryable":true}'.padEnd(70_000), '{"retryable":true', 'retryable']) {
      expect(await arrange(() => answer(body, { status: 409 })).ask()).toMatchObject({ error: { kind: 'terminal' } });
    }
  });

  it('A Retry-After with a date is read by the server’s clock', async () => {
    const serverMs = Date.UTC(2030, 0, 1);
    const headers = { date: new Date(serverMs).toUTCString(), 'retry-after': new Date(serverMs + 45_000).toUTCString() };
    expect(await arrange(() => answer('{}', { status: 429, headers })).ask()).toMatchObject({ error: { retryAfterMs: 45_000 } });
  });
});

describe('A failed request', () => {
  it.each([
    [
      'a page',
      () => answer('<html>', { headers: { 'content-type': 'text/html' } }),
      "perhaps a log-in page: then mount the chat's path before the middleware that requires a log-in",
    ],
    ['a body that is too long', () => answer(' '.repeat(65_537)), 'more than 64 KiB'],
    ['a body that is cut off', () => answer('{"access_token":'), 'a body that is not JSON'],
    ['a redirect', () => answer('', { status: 302 }), 'redirects, as to a log-in page: the visitor is not signed in'],
  ])('The failure message for %s names the cause for the author of the page', async (_, respond, message) => {
    const asked = await arrange(respond).ask();
    expect(asked.ok ? undefined : asked.error.message).toContain(message);
  });

  it('A network error is a transient failure whose message names the possible causes', async () => {
    const asked = await arrange(() => Promise.reject(new TypeError('Failed to fetch'))).ask();
    expect(asked).toMatchObject({ ok: false, error: { kind: 'transient', code: ErrorCode.TokenEndpointUnavailable } });
    expect(JSON.stringify(asked)).toMatch(/network.*CORS.*connect-src/);
  });

  it('A request fails after 10 s, headers and body together', async () => {
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

  it('A failed request leaves no timer and no listener behind', async () => {
    const { time, abort, ask } = arrange(() => Promise.reject(new TypeError('Failed to fetch')));
    await ask();
    expect([time.timerCount, getEventListeners(abort.signal, 'abort')]).toEqual([0, []]);
  });

  it('A request whose signal has aborted already is not sent', async () => {
    let calls = 0;
    const { abort, ask } = arrange(() => (calls++, answer()));
    abort.abort();
    expect(await ask()).toMatchObject({ ok: false, error: { kind: 'transient' } });
    expect(calls).toBe(0);
  });
});
