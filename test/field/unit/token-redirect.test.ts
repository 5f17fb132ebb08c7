/**
 * N2: if a token endpoint redirects, the message names the target and the setting to change; only a redirect to a login page counts as
 * signed out.
 */
import { createServer, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.js';
import { requestToken } from '../../../src/token/request/endpoint-request.js';
import { close, listen } from '../../support/loopback.js';
import { VirtualTime } from '../../support/virtual-time.js';

const redirectTo =
  (location: string, status = 302) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { location }).end();
const routes: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/to-log-in': redirectTo('/login?next=%2Fapi&token=czs_secret#czs_secret'),
  '/login': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<form>'),
  '/to-json-log-in': redirectTo('/auth/sign-in'),
  '/auth/sign-in': (response) => response.writeHead(401, { 'content-type': 'application/json' }).end('{}'),
  '/to-page': redirectTo('/welcome'),
  '/welcome': (response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>'),
  '/api/token': redirectTo('/api/token/', 308),
  '/api/token/': (response) => response.writeHead(405, { 'content-type': 'application/json' }).end('{}'),
  '/API/Other': redirectTo('/api/other', 301),
  '/api/other': (response) => response.writeHead(405).end(),
  '/to-next': redirectTo('/v2/chat-token', 307),
  '/v2/chat-token': (response) => response.writeHead(405, { 'content-type': 'application/json' }).end('{}'),
  '/to-silence': redirectTo('/silence'),
  '/silence': () => {},
  '/round': redirectTo('/round'),
};

let origin: string;
const seen: string[] = [];
const server = createServer((request, response) => {
  const path = request.url?.split('?')[0] ?? '';
  seen.push(`${request.method} ${path} ${request.headers.cookie ?? ''}${request.headers['content-length'] ?? ''}`);
  routes[path]?.(response);
});
beforeAll(async () => {
  origin = await listen(server);
});
afterAll(() => close(server));

function ask(path: string, pageOrigin = origin, time = new VirtualTime()) {
  const { signal } = new AbortController();
  return requestToken(
    {
      endpoint: origin + path,
      credentials: 'include',
      body: { user_id: 'alice', identity_token: 'a.b.c', reason: 'initial' },
      signal,
    },
    { fetch, clock: systemClock, timers: time.timers, pageOrigin },
  );
}

test.each([
  ['/to-log-in', '/login'],
  ['/to-json-log-in', '/auth/sign-in'],
  ['/to-page', '/welcome'],
])('A redirect of %s to a log-in page signs the visitor out, and the advice names %s', async (path, target) => {
  expect(await ask(path)).toMatchObject({
    ok: false,
    error: {
      kind: 'terminal',
      code: 'signed_out',
      advice: expect.stringMatching(new RegExp(`redirects to ${origin}${target}, .* 401 .*mounted before the middleware`)),
    },
  });
});

test.each([
  ['/api/token', '/api/token/'],
  ['/API/Other', '/api/other'],
  ['/to-next', '/v2/chat-token'],
])('A redirect of %s to %s is reported as a misconfigured endpoint, and signs nobody out', async (path, target) => {
  expect(await ask(path)).toMatchObject({
    ok: false,
    error: {
      kind: 'terminal',
      code: 'token_endpoint_misconfigured',
      message: expect.stringMatching(new RegExp(`redirects to ${origin}${target}[:.] `)),
    },
  });
});

test('The query of a redirect’s target is not reported, and no data of the visitor is sent to it', async () => {
  seen.length = 0;
  expect(JSON.stringify(await ask('/to-log-in'))).not.toMatch(/czs_secret|next=/);
  expect(seen.slice(1)).toEqual(['GET /to-log-in ', 'GET /login ']);
});

test('An endless redirect is a misconfiguration at another origin, and may be a log-in page at the page’s own', async () => {
  expect(await ask('/round', 'https://shop.example')).toMatchObject({
    error: { code: 'token_endpoint_misconfigured', message: expect.stringMatching(/redirects, .* final address, .* doctor /) },
  });
  expect(await ask('/round')).toMatchObject({
    error: { code: 'signed_out', advice: expect.stringMatching(/doctor.*mounted before the middleware/) },
  });
});

test('The query of the endpoint’s own URL is not reported', async () => {
  for (const pageOrigin of [origin, 'https://shop.example'])
    expect(JSON.stringify(await ask('/round?key=secret', pageOrigin))).not.toContain('secret');
});

test('A target that does not respond delays the result by at most 3 s', async () => {
  const time = new VirtualTime();
  const asked = ask('/to-silence', origin, time);
  await expect.poll(() => seen.at(-1)).toBe('GET /silence ');
  await time.advance(3_000);
  expect(await asked).toMatchObject({ error: { code: 'signed_out' } });
});
