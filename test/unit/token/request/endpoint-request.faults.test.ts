/** The token request with the real `fetch`, on a real network with faults. Only the deadline is in virtual time. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../../src/core/clock.js';
import { ErrorCode } from '../../../../src/core/errors.js';
import { requestToken } from '../../../../src/token/request/endpoint-request.js';
import { type FaultServer, startFaultServer } from '../../../support/fault-server.js';
import { VirtualTime } from '../../../support/virtual-time.js';

let server: FaultServer;
beforeEach(async () => {
  server = await startFaultServer();
});
afterEach(() => server[Symbol.asyncDispose]());

function arrange(path: string) {
  const time = new VirtualTime();
  const abort = new AbortController();
  const asked = requestToken(
    { endpoint: server.origin + path, credentials: 'same-origin', body: { reason: 'initial' }, signal: abort.signal },
    { fetch, clock: systemClock, timers: time.timers, pageOrigin: server.origin },
  );
  return { time, abort, asked };
}
const ask = (path: string) => arrange(path).asked;
const transient = { ok: false, error: { kind: 'transient', code: ErrorCode.TokenEndpointUnavailable } };
const invalid = { ok: false, error: { kind: 'invalid', code: ErrorCode.InvalidTokenResponse } };
/** Resolves when the response has begun, if it ever does. */
const begun = (path: string): Promise<void> =>
  vi.waitFor(() => expect(path === '/slow-body' ? server.drips() > 2 : server.seen.length > 0).toBe(true));

it('A token request on a real network has the form of the contract and gets a token', async () => {
  expect(await ask('/good')).toMatchObject({ ok: true, value: { value: 'czs_good', subject: 'alice', lifetimeMs: 3_600_000 } });
  expect(server.seen).toMatchObject([
    { method: 'POST', body: '{"reason":"initial"}', headers: { accept: 'application/json', 'content-type': 'application/json' } },
  ]);
  expect(server.seen[0]?.headers).not.toHaveProperty('referer');
});

describe('Network faults', () => {
  it('A refused connection is a transient failure and leaves no timer', async () => {
    const { origin } = server;
    await server[Symbol.asyncDispose]();
    const time = new VirtualTime();
    const asked = await requestToken(
      { endpoint: `${origin}/good`, credentials: 'omit', body: { reason: 'initial' }, signal: new AbortController().signal },
      { fetch, clock: systemClock, timers: time.timers, pageOrigin: 'https://shop.example' },
    );
    expect([asked, time.timerCount]).toMatchObject([transient, 0]);
  });

  it.each(['/reset', '/half-body'])('A connection that breaks is a transient failure: %s', async (path) => {
    expect(await ask(path)).toMatchObject(transient);
  });

  it.each(['/silence', '/slow-body'])(
    'A response that never ends is a failure after 10 s, and the connection is closed: %s',
    async (path) => {
      const { time, asked } = arrange(path);
      await begun(path);
      await time.advance(10_000);
      expect(await asked).toMatchObject({ error: { ...transient.error, message: 'The token endpoint took longer than 10 s.' } });
      await server.hungUp;
    },
  );

  it.each(['/silence', '/slow-body'])('An aborted request closes its connection and leaves no timer: %s', async (path) => {
    const { time, abort, asked } = arrange(path);
    await begun(path);
    abort.abort();
    expect(await asked).toMatchObject(transient);
    await server.hungUp;
    expect(time.timerCount).toBe(0);
  });
});

describe('Faults of the endpoint', () => {
  it('A redirect signs the visitor out, and the request to its target carries no cookie', async () => {
    expect(await ask('/redirect')).toMatchObject({ ok: false, error: { kind: 'terminal', code: ErrorCode.SignedOut } });
    expect(server.seen.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
      'POST /redirect {"reason":"initial"}',
      'GET /redirect ',
      'GET /trap ',
    ]);
    expect(server.seen.slice(1).flatMap(({ headers }) => Object.keys(headers))).not.toContain('cookie');
  });

  it.each([
    [404, 'terminal', ErrorCode.TokenEndpointMisconfigured],
    [403, 'terminal', ErrorCode.Forbidden],
    [503, 'transient', ErrorCode.TokenEndpointUnavailable],
  ])('A %i with an endless body is a failure after at most 3 s, and the connection is closed', async (status, kind, code) => {
    const { time, asked } = arrange(`/slow-body?status=${status}`);
    await begun('/slow-body');
    await time.advance(3_000);
    expect(await asked).toMatchObject({ ok: false, error: { kind, code, message: expect.stringContaining(String(status)) } });
    await server.hungUp;
    expect(time.timerCount).toBe(0);
  });

  it('A log-in page is an invalid response', async () => {
    expect(await ask('/log-in-page')).toMatchObject(invalid);
  });

  it('A body of 64 MiB is an invalid response, and most of it is not read', async () => {
    expect(await ask('/huge')).toMatchObject(invalid);
    await server.hungUp;
    // The maximum that the operating system buffers on both sides.
    expect(server.sentBytes()).toBeLessThan(16 * 1024 * 1024);
  });

  it('A small body that unpacks to 64 MiB is an invalid response', async () => {
    expect(await ask('/huge-when-unpacked')).toMatchObject(invalid);
  });

  it('A body that is not UTF-8 is an invalid response', async () => {
    expect(await ask('/not-utf-8')).toMatchObject(invalid);
  });

  it.each([
    [201, 'invalid'],
    [204, 'invalid'],
    [206, 'invalid'],
    [304, 'invalid'],
    [400, 'terminal'],
    [401, 'terminal'],
    [403, 'terminal'],
    [404, 'terminal'],
    [405, 'terminal'],
    [408, 'transient'],
    [409, 'terminal'],
    [410, 'terminal'],
    [413, 'terminal'],
    [415, 'terminal'],
    [418, 'invalid'],
    [422, 'terminal'],
    [425, 'transient'],
    [429, 'transient'],
    [500, 'transient'],
    [502, 'transient'],
    [503, 'transient'],
    [504, 'transient'],
    [522, 'transient'],
  ])('The status %i is a failure of the kind %s', async (status, kind) => {
    expect(await ask(`/answer?status=${status}`)).toMatchObject({ ok: false, error: { kind } });
  });

  it('The Retry-After of a 429 is part of the failure', async () => {
    expect(await ask('/answer?status=429&retry-after=30')).toMatchObject({ ok: false, error: { retryAfterMs: 30_000 } });
  });

  it.each(['none', 'text/html', 'text/plain'])('JSON with the content type %s is an invalid response', async (type) => {
    expect(await ask(`/answer?type=${type}`)).toMatchObject(invalid);
  });
});
