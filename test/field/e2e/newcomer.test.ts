/**
 * B22, N2, N4: the mistakes of a first setup, reproduced: the console tells the site's developer once; the visitor's text does not blame
 * the visitor; and no request is repeated that cannot succeed.
 */
import { generateKeyPairSync } from 'node:crypto';
import type { Server } from 'node:http';
import { pathToFileURL } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import type { Page } from 'playwright';
import { afterEach, expect, test } from 'vitest';
import { type CozeStandIn, startCozeStandIn } from '../../../demo/coze-stand-in/index.js';
import type { CozeChatElement } from '../../../src/index.js';
import { type CozeChatOptions, createCozeChat, createTokenEndpoint, fromCozeOAuthConfig } from '../../../src/server/index.js';
import { setUpWorld, type World } from '../../e2e/support/world.js';
import { close, listen } from '../../support/loopback.js';

let world: World;
setUpWorld((created) => (world = created));

const files = pathToFileURL(`${process.cwd()}/dist/`);
const servers: Server[] = [];
afterEach(() => Promise.all(servers.splice(0).map(close)));

type Handler = (request: Request) => Response | Promise<Response>;

async function serve(handle: Handler, host = '127.0.0.1'): Promise<string> {
  const server = createAdaptorServer({ fetch: handle }) as Server;
  servers.push(server);
  return (await listen(server)).replace('127.0.0.1', host);
}

interface Mistake {
  readonly oauth?: { readonly keyId?: string; readonly privateKey?: string; readonly apiBaseUrl?: string };
  readonly data?: Readonly<Record<string, string>>;
  /** Replaces the token endpoint. */
  readonly token?: Handler;
}

interface Outcome {
  readonly page: Page;
  readonly status: string;
  readonly text: string;
  /** Our messages in the console. */
  readonly lines: readonly string[];
  /** Number of token requests that the site has received. */
  readonly asked: () => number;
}

const html = (text: string, status = 200): Response => new Response(text, { status, headers: { 'content-type': 'text/html' } });
const redirect = (location: string, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(null, { status: 302, headers: { location, ...headers } });

/** A site with the single mount and the single script tag; resolves when the chat says that it cannot continue. */
async function open({ oauth, data = {}, token }: Mistake): Promise<Outcome> {
  const mount = createCozeChat({
    files,
    oauth: { ...fromCozeOAuthConfig(world.coze.oauthConfig), ...oauth } as CozeChatOptions['oauth'],
    identify: () => ({ id: 'alice' }),
    onEvent: () => undefined,
  });
  const attributes = Object.entries({ 'bot-id': world.coze.botId, 'api-base-url': world.coze.origin, mode: 'inline', ...data });
  const line = `<script src="/coze/embed.js" defer ${attributes.map(([name, value]) => `data-${name}="${value}"`).join(' ')}></script>`;
  const posts: string[] = [];
  const origin = await serve((request) => {
    const { pathname } = new URL(request.url);
    if (request.method === 'POST') posts.push(pathname);
    if (pathname === '/') return html(`<!doctype html><html lang="en"><title>A shop</title><body>${line}`);
    if (pathname === '/favicon.ico') return new Response(null, { status: 204 });
    if (pathname === '/login') return html('<form>');
    return pathname === '/coze/token' && token !== undefined ? token(request) : mount(request);
  }, 'localhost');
  const page = await (await world.newContextWithClock()).newPage();
  const lines: string[] = [];
  page.on('console', (message) => {
    if (message.text().startsWith('[coze-chat]')) lines.push(message.text());
  });
  await page.goto(origin);
  const chat = page.locator('coze-chat');
  const look = () =>
    chat.evaluate((element: CozeChatElement) => ({
      status: element.status,
      text: element.shadowRoot?.querySelector<HTMLElement>('.status')?.innerText ?? '',
    }));
  await expect.poll(async () => (await look()).status).toMatch(/^(?:failed|signed-out)$/);
  await expect.poll(() => lines.length).toBeGreaterThan(0);
  return { page, ...(await look()), lines, asked: () => posts.length };
}

/** Advances an hour, including the requests that are due in it. */
async function passHour({ page }: Outcome): Promise<void> {
  await page.clock.fastForward('01:00:00');
  await page.evaluate(() => fetch('/favicon.ico').then(({ status }) => status));
}

const NOT_SET_UP = /^This chat is not set up correctly\s+Please tell the people who run this site\./;
const NOT_AVAILABLE = /^This assistant is not available\s+It cannot be used at the moment\. Please come back later\./;
const SIGNED_OUT = /^You are signed out\s+Sign in on this site/;

function createForeignKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}

function refused(status: number, error: string): Handler {
  return () => Response.json({ error, request_id: '0123456789abcdef' }, { status });
}

test.each<readonly [string, () => Mistake | Promise<Mistake>, RegExp, RegExp]>([
  [
    'the key id is wrong',
    () => ({ oauth: { keyId: 'wrong' } }),
    NOT_SET_UP,
    /500 \(upstream_rejected\): .*wrong key id, region or apiBaseUrl/,
  ],
  [
    'the key belongs to another app',
    () => ({ oauth: { privateKey: createForeignKey() } }),
    NOT_SET_UP,
    /500 \(upstream_rejected\): .*coze-chat-embed doctor/,
  ],
  [
    'the server calls another API than that of Coze',
    async () => ({ oauth: { apiBaseUrl: await serve(() => html('404', 404)) } }),
    NOT_SET_UP,
    /500 \(upstream_rejected\): .*wrong key id, region or apiBaseUrl/,
  ],
  [
    'token-endpoint names a path that does not exist',
    () => ({ data: { 'token-endpoint': '/nowhere' } }),
    NOT_SET_UP,
    /404\. Check that token-endpoint points at it/,
  ],
  ['the origin is not allowed', () => ({ token: refused(403, 'forbidden_origin') }), NOT_SET_UP, /forbidden_origin\): .*allowedOrigins/],
  [
    'the body was consumed by other code',
    () => ({ token: refused(400, 'invalid_request') }),
    NOT_SET_UP,
    /invalid_request\): .*express\.json\(\)/,
  ],
  [
    'the method was changed',
    () => ({ token: refused(405, 'method_not_allowed') }),
    NOT_SET_UP,
    /method_not_allowed\): .*Route every method/,
  ],
  [
    'the header was dropped',
    () => ({ token: refused(415, 'unsupported_media_type') }),
    NOT_SET_UP,
    /unsupported_media_type\): content-type/,
  ],
  ['the body is too large', () => ({ token: refused(413, 'body_too_large') }), NOT_SET_UP, /body_too_large\): user-id and identity-token/],
  [
    'a log-in page responds in place of the endpoint',
    () => ({ token: () => redirect('/login?next=czs_secret') }),
    SIGNED_OUT,
    /redirects to http:\/\/localhost:\d+\/login, which is taken for a log-in page\. Have it answer 401/,
  ],
  [
    'a log-in page of another origin responds in place of the endpoint',
    async () => {
      const idp = await serve(() => html('<form>'));
      return { token: () => redirect(`${idp}/login`) };
    },
    SIGNED_OUT,
    /redirects to where this page cannot look, which is taken for a log-in page .*coze\/token tells where/,
  ],
  [
    'the endpoint redirects to another place',
    async () => {
      const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
      const api = await serve(({ method, url }) => {
        if (method === 'OPTIONS') return new Response(null, { headers: cors });
        return url.endsWith('/token') ? redirect('/next/', cors) : new Response('{}', { status: 405, headers: cors });
      });
      return { data: { 'token-endpoint': `${api}/token`, credentials: 'omit' } };
    },
    NOT_SET_UP,
    /token_endpoint_misconfigured: The token endpoint redirects to http:\/\/127\.0\.0\.1:\d+\/next\//,
  ],
])('The console reports once that %s, and no request is repeated', async (_, make, text, line) => {
  const outcome = await open(await make());
  expect(outcome.text).toMatch(text);
  const before = outcome.asked();
  await passHour(outcome);
  expect(outcome.asked()).toBe(before);
  expect(outcome.lines).toEqual([expect.stringMatching(line)]);
  expect(outcome.lines.join()).not.toMatch(/czs_|next=/);
});

test.each<readonly [string, () => Mistake | Promise<Mistake>, RegExp, RegExp]>([
  [
    'Coze cannot be reached from the server',
    () => ({ oauth: { apiBaseUrl: 'http://127.0.0.1:9' } }),
    NOT_AVAILABLE,
    /upstream_unavailable\): .*proxy/,
  ],
  [
    'the URL of the API is that of a page',
    async () => ({ oauth: { apiBaseUrl: await serve(() => html('x')) } }),
    NOT_AVAILABLE,
    /upstream_invalid\): .*apiBaseUrl/,
  ],
  [
    'a proxy responds in place of the endpoint',
    () => ({ token: () => html('Bad gateway', 502) }),
    NOT_AVAILABLE,
    /502 without JSON, as a proxy does/,
  ],
  ['identify() fails', () => ({ token: refused(500, 'identity_error') }), NOT_AVAILABLE, /identity_error\): identify\(\) failed/],
  ['the server cannot sign', () => ({ token: refused(500, 'server_error') }), NOT_AVAILABLE, /server_error\): .*log \(onEvent\)/],
  ['Coze is slow', () => ({ token: refused(504, 'upstream_timeout') }), NOT_AVAILABLE, /upstream_timeout\): .*apiBaseUrl/],
  [
    'the endpoint is on another origin and allows no page to read its response',
    async () => {
      const endpoint = createTokenEndpoint({
        oauth: fromCozeOAuthConfig(world.coze.oauthConfig),
        identify: () => ({ id: 'alice' }),
        onEvent: () => undefined,
      });
      return {
        data: {
          'token-endpoint': `${await serve((request) => (request.url.endsWith('/token') ? endpoint(request) : html('404', 404)))}/token`,
        },
      };
    },
    NOT_AVAILABLE,
    /answers, but the endpoint does not let this page read it \(CORS\): add http:\/\/localhost:\d+ to its allowedOrigins/,
  ],
])('A temporary failure is retried, and the console reports it once: %s', async (_, make, text, line) => {
  const outcome = await open(await make());
  expect(outcome.text).toMatch(text);
  await passHour(outcome);
  expect(outcome.lines).toEqual([expect.stringMatching(line)]);
});

test('A token of the other region is reported as a fault of the site, and the console says what to compare', async () => {
  const other: CozeStandIn = await startCozeStandIn();
  try {
    const { text, lines } = await open({ data: { 'api-base-url': other.origin } });
    expect(text).toMatch(NOT_SET_UP);
    expect(lines).toEqual([
      `[coze-chat] token_rejected: ${other.origin} refuses the token: api-base-url must be of the server's region (code 700012006).`,
    ]);
  } finally {
    await other.stop();
  }
});

test.each([
  ['token-endpoint', 'http://shop.example/coze/token'],
  ['api-base-url', 'http://api.coze.cn'],
])('An http URL in %s on an https page is reported, and no request is sent to it', async (name, address) => {
  const page = await (await world.newContext()).newPage();
  const requests: string[] = [];
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  const mount = createCozeChat({
    files,
    oauth: fromCozeOAuthConfig(world.coze.oauthConfig),
    identify: () => null,
    onEvent: () => undefined,
  });
  await page.route('**/*', async (route) => {
    const url = route.request().url();
    requests.push(url);
    const line = `<script src="/coze/embed.js" defer data-mode="inline" data-bot-id="7" data-${name}="${address}"></script>`;
    const response = url.includes('/coze/') ? await mount(new Request(url)) : html(`<!doctype html><title>A shop</title><body>${line}`);
    const headers = Object.fromEntries([...response.headers].filter(([header]) => header !== 'content-encoding'));
    await route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) });
  });
  await page.goto('https://shop.example/');
  const ours = (): readonly string[] => lines.filter((text) => text.startsWith('[coze-chat]'));
  await expect
    .poll(ours)
    .toEqual([`[coze-chat] invalid_configuration: <coze-chat>: ${name} is an http URL on an https page, which browsers block.`]);
  expect(requests.filter((url) => url.startsWith('http:'))).toEqual([]);
});
