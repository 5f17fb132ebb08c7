// @vitest-environment node
// Of its own: the metrics observe the garbage collector for the life of the process, and other files change Object.prototype.
/** `serve`: its configuration, and the sidecar with real sockets and the stand-in as Coze. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CozeStandIn } from '../../../demo/coze-stand-in/index.js';
import { serve, type ServeOptions } from '../../../src/cli/serve/serve.js';
import { type Environment, parseEnvironment, type ServeSettings, VARIABLES } from '../../../src/cli/serve/settings.js';
import { type Sidecar, startSidecar } from '../../../src/cli/serve/sidecar.js';
import { nameVariables } from '../../../src/cli/serve/variable-names.js';
import { HAS_REDIS, startRedis } from '../../support/redis.js';
import { createServedPackage, FILES, type ServedPackage } from '../../support/served-package.js';
import { startSharedApp } from '../../support/stand-in.js';
import { json } from '../server/arrange.js';
import { type } from './arrange.js';

/** What only code can give. */
const NODE_OPTIONS =
  /createCozeChat|createTokenEndpoint|verifyIdentityToken|anonymousVisitor|allowedOrigins|cookieSecret|clientAddress|rateLimit|oauth\.|identify returns/;

const HAS_IPV6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));
const SECRET = 'only for the tests of the sidecar, long enough';
const COOKIE_SECRET = 'only for the cookies of these tests, long enough';

let coze: CozeStandIn;
let served: ServedPackage;
const sidecars: Sidecar[] = [];
const logged: Record<string, unknown>[] = [];

beforeAll(async () => {
  coze = await startSharedApp();
  served = createServedPackage();
});
afterAll(async () => {
  await coze.stop();
  served.remove();
});
beforeEach(() => {
  coze.resetFaults();
  coze.clearRequests();
  logged.length = 0;
});
afterEach(async () => {
  await Promise.all(sidecars.splice(0).map((sidecar) => sidecar.stop()));
});

function usual(): Environment {
  return { COZE_OAUTH_CONFIG: JSON.stringify(coze.oauthConfig), IDENTITY_SECRET: SECRET, IDENTITY_AUDIENCE: 'chat', PORT: '0' };
}

function settingsOf(changes: Environment = {}): ServeSettings {
  const parsed = parseEnvironment({ ...usual(), ...changes }, () => '');
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

async function start(changes: Environment = {}): Promise<Sidecar> {
  const log = (entry: object): void => void logged.push(entry as Record<string, unknown>);
  const sidecar = await startSidecar({ settings: settingsOf(changes), log, files: served.url });
  sidecars.push(sidecar);
  return sidecar;
}

function identityToken(user: string, key = SECRET): Promise<string> {
  const jwt = new SignJWT({ sub: user }).setProtectedHeader({ alg: 'HS256' }).setAudience('chat').setIssuedAt().setExpirationTime('5m');
  return jwt.sign(new TextEncoder().encode(key));
}

async function ask({ origin }: Sidecar, body: object = {}, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${origin}/coze/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
    body: JSON.stringify(body),
  });
}

describe('Configuration of serve by environment variables', () => {
  it.each<[Environment, RegExp]>([
    [{ COZE_OAUTH_CONFIG: '' }, /^COZE_OAUTH_CONFIG is missing/],
    [
      { COZE_OAUTH_CONFIG: 'nowhere.json' },
      /^COZE_OAUTH_CONFIG: there is no such file: \/.*\/nowhere\.json\. "npx coze-chat-embed stand-in" writes one/,
    ],
    [{ COZE_OAUTH_CONFIG: '.' }, /^COZE_OAUTH_CONFIG: this is a folder, not a file: \//],
    [{ COZE_OAUTH_CONFIG: '-----BEGIN PRIVATE KEY-----' }, /^COZE_OAUTH_CONFIG: .*not shown\.$/],
    [{ COZE_OAUTH_CONFIG: '{"client_id": "1"}' }, /^COZE_OAUTH_CONFIG: /],
    [
      { COZE_OAUTH_CONFIG: '{"private_key": "-----BEGIN PRIVATE KEY-----\n' },
      /^COZE_OAUTH_CONFIG: .*not JSON at line 1: .*Write them as \\n\.$/,
    ],
    [{ COZE_OAUTH_CONFIG: 'package.md' }, /^COZE_OAUTH_CONFIG: .*not JSON: /],
    [{ IDENTITY_AUDIENCE: '' }, /IDENTITY_AUDIENCE is missing/],
    [{ IDENTITY_AUDIENCE: '"chat"' }, /^IDENTITY_AUDIENCE has quotation marks around its value/],
    [{ IDENTITY_AUDIENCE: 'chat\r', HOST: "'::'" }, /^IDENTITY_AUDIENCE has .* a carriage return after it\..*\nHOST has quotation marks/],
    [{ COZE_OAUTH_CONFIG: '"config.json"' }, /^COZE_OAUTH_CONFIG has quotation marks/],
    [{ IDENTITY_JWKS_URL: 'https://shop.example/keys' }, /not both/],
    [{ IDENTITY_SECRET: '' }, /Nothing says who a visitor is/],
    ...['80a', ' ', '0x50', '8e3', '-1', '65536'].map((PORT): [Environment, RegExp] => [{ PORT }, /^PORT must be a port\.$/]),
    [{ TOKEN_CACHE: 'yes' }, /TOKEN_CACHE must be true or false/],
    [{ REDIS_URL: 'http://redis' }, /REDIS_URL must be redis:/],
    [{ REDIS_URL: 'redis://:only%for the tests@redis' }, /^REDIS_URL is not a valid URL; in its password, a % is written as %25/],
    [{ REDIS_URL: 'redis://redis:99999' }, /^REDIS_URL is not a valid URL/],
    [{ CLIENT_ADDRESS_HEADER: 'x real ip' }, /CLIENT_ADDRESS_HEADER must be the name of a header/],
  ])('The error about the variables %o says what is wrong and shows no value', (changes, message) => {
    const parsed = parseEnvironment({ ...usual(), ...changes }, (path) => (path === 'package.md' ? 'notes' : readFileSync(path, 'utf8')));
    expect(parsed).toEqual({ ok: false, error: expect.stringMatching(message) });
    expect(JSON.stringify(parsed)).not.toMatch(/PRIVATE KEY|only for the tests|shop\.example|x real ip|80a/);
  });

  it('--help names each variable', async () => {
    const { output } = await type(['--help']);
    for (const name of Object.keys(VARIABLES)) expect(output).toContain(name);
  });

  it.each([
    ['--stand-in', '--config', 'a.json'],
    ['--config', 'a.json'],
    ['--bot-id', '7'],
    ['--config', 'a.json', '--bot-id', 'a b'],
    ['--port', 'x'],
  ])('Options that cannot be combined are refused with exit code 2: serve %s %s %s', async (...args) => {
    expect((await type(['serve', ...args])).exitCode).toBe(2);
  });
});

describe('Sidecar', () => {
  it('Each visitor with a valid identity token gets a subject of their own, and other requests get no token', async () => {
    const sidecar = await start();
    const subjectOf = async (user: string) => (await json(await ask(sidecar, { identity_token: await identityToken(user) })))['subject'];
    const [alice, bob, aliceAgain] = [await subjectOf('alice'), await subjectOf('bob'), await subjectOf('alice')];
    expect([typeof alice, alice === aliceAgain, alice === bob]).toEqual(['string', true, false]);
    expect((await ask(sidecar)).status).toBe(401);
    expect((await ask(sidecar, { identity_token: await identityToken('alice', COOKIE_SECRET) })).status).toBe(401);
    expect((await ask(sidecar, { identity_token: await identityToken('alice'), user_id: 'bob' })).status).toBe(403);
    expect((await ask(sidecar, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  it('A visitor without an identity token is recognised by a cookie when VISITOR_COOKIE_SECRET is set', async () => {
    const sidecar = await start({ VISITOR_COOKIE_SECRET: COOKIE_SECRET });
    const first = await ask(sidecar);
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(first.headers.get('set-cookie')).toMatch(/^__Host-coze-visitor=.*; Secure; SameSite=Lax/);
    const { subject } = await json(first);
    expect((await json(await ask(sidecar, {}, { cookie })))['subject']).toBe(subject);
    expect((await json(await ask(sidecar)))['subject']).not.toBe(subject);
    expect((await ask(sidecar, { identity_token: await identityToken('alice', COOKIE_SECRET) })).status).toBe(401);
  });

  it('The sidecar serves the files, a health check and metrics', async () => {
    const sidecar = await start({ COZE_CHAT_PATH: '/chat' });
    const get = async (path: string) => {
      const response = await fetch(`${sidecar.origin}${path}`);
      return [response.status, await response.text()] as const;
    };
    expect(await get('/chat/embed.js')).toEqual([200, FILES['embed.js']]);
    expect(await get('/healthz')).toEqual([200, 'ok\n']);
    expect((await get('/coze/embed.js'))[0]).toBe(404);
    expect((await get('/'))[0]).toBe(404);
    await fetch(`${sidecar.origin}/chat/token`, { method: 'POST' });
    const [, metrics] = await get('/metrics');
    expect(metrics).toMatch(/coze_chat_token_requests_total\{outcome="no_origin"\} 1/);
    expect(metrics).toMatch(/coze_chat_http_responses_total\{status="200"\} \d/);
    expect(metrics).toContain('process_cpu_seconds_total');
  });

  it('The sidecar answers a request whose target is an absolute URL, as proxies send it', async () => {
    const { port } = new URL((await start()).origin);
    for (const target of ['http://shop.example/healthz', 'HTTPS://shop.example:8443/coze/embed.js?v=1']) {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(`GET ${target} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n`);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.1 200/);
      socket.destroy();
    }
  });

  it('Each response is logged without secrets', async () => {
    const sidecar = await start();
    const token = await identityToken('alice');
    await ask(sidecar, { identity_token: token });
    await ask(sidecar);
    coze.setFaults({ oauth: 'reject-jwt' });
    await ask(sidecar, { identity_token: token });
    expect(logged.map(({ level, type: kind }) => [level, kind])).toEqual([
      ['info', 'token_issued'],
      ['info', 'request_refused'],
      ['warn', 'warning'],
      ['error', 'request_refused'],
    ]);
    expect(JSON.stringify(logged)).not.toMatch(/alice|czs_|eyJ|PRIVATE/);
  });

  it.each<[code: string, Environment, Parameters<typeof ask>[1], Readonly<Record<string, string>>, RegExp]>([
    [
      'origin_refused',
      {},
      {},
      { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' },
      /add https:\/\/shop\.example to ALLOWED_ORIGINS\.$/,
    ],
    ['client_address_missing', { VISITOR_COOKIE_SECRET: COOKIE_SECRET }, {}, {}, /CLIENT_ADDRESS_HEADER is missing/],
    [
      'client_address_invalid',
      { CLIENT_ADDRESS_HEADER: 'x-real-ip' },
      {},
      { 'x-real-ip': '1.2.3.4, 5.6.7.8' },
      /header of CLIENT_ADDRESS_HEADER/,
    ],
    ['nobody_signed_in', {}, {}, {}, /without an identity token/],
    ['user_id_mismatch', { VISITOR_COOKIE_SECRET: COOKIE_SECRET }, { user_id: 'bob' }, {}, /than its identity token or its cookie says/],
    [
      'rate_limit_store_failed',
      { REDIS_URL: 'redis://127.0.0.1:1', CLIENT_ADDRESS_HEADER: 'x-real-ip' },
      {},
      { 'x-real-ip': '1.2.3.4' },
      /The Redis of REDIS_URL/,
    ],
    [
      'cookie_not_kept',
      { VISITOR_COOKIE_SECRET: COOKIE_SECRET, ALLOWED_ORIGINS: 'http://shop.example' },
      {},
      { origin: 'http://shop.example', 'sec-fetch-site': 'cross-site' },
      /for development, serve with --stand-in/,
    ],
  ])('The warning %s names environment variables in place of options', async (code, environment, body, headers, message) => {
    await ask(await start(environment), body, headers);
    await expect.poll(() => logged.map((entry) => entry['code'])).toContain(code);
    const warnings = logged.filter(({ level }) => level === 'warn');
    expect(warnings.find((entry) => entry['code'] === code)).toMatchObject({ message: expect.stringMatching(message) });
    for (const { message: text } of warnings) expect(text).not.toMatch(NODE_OPTIONS);
  });

  it('The sidecar answers running requests before it stops, and accepts no new ones', async () => {
    const sidecar = await start();
    coze.setFaults({ oauthDelayMs: 300 });
    const asked = ask(sidecar, { identity_token: await identityToken('alice') });
    await expect.poll(() => coze.requests.length).toBeGreaterThan(0);
    const stopped = sidecar.stop();
    expect((await asked).status).toBe(200);
    await stopped;
    await expect(fetch(`${sidecar.origin}/healthz`)).rejects.toThrow();
  });

  it('The sidecar closes the connection of a request that it answers while it stops', async () => {
    const sidecar = await start();
    coze.setFaults({ oauthDelayMs: 300 });
    const body = JSON.stringify({ identity_token: await identityToken('alice') });
    const { hostname, port } = new URL(sidecar.origin);
    const client = connect(Number(port), hostname);
    const closed = once(client, 'close');
    client
      .resume()
      .write(
        ['POST /coze/token HTTP/1.1', `host: ${hostname}`, 'sec-fetch-site: same-origin', 'content-type: application/json']
          .concat(`content-length: ${body.length}`, '', body)
          .join('\r\n'),
      );
    await expect.poll(() => coze.requests.length).toBeGreaterThan(0);
    const stopped = sidecar.stop();
    // Node itself closes an idle connection after five seconds (`keepAliveTimeout`), by a timer that no clock of ours commands.
    const isLate = new Promise((resolve) => setTimeout(resolve, 3000, 'late'));
    expect(await Promise.race([Promise.all([stopped, closed]), isLate])).not.toBe('late');
  });

  it.skipIf(!HAS_REDIS)('The rate limits of two apps in the same Redis are separate for visitors with the same id', async () => {
    const redis = await startRedis();
    try {
      const theirs = JSON.stringify({ ...coze.oauthConfig, client_id: '7400000000000000123' });
      const [mine, other] = [await start({ REDIS_URL: redis.path }), await start({ REDIS_URL: redis.path, COZE_OAUTH_CONFIG: theirs })];
      const body = { identity_token: await identityToken('alice'), reason: 'verify' };
      await Promise.all(Array.from({ length: 61 }, () => ask(mine, body)));
      expect([(await ask(mine, body)).status, (await ask(other, body)).status]).toEqual([429, 200]);
    } finally {
      await redis.stop();
    }
  });

  it.skipIf(!HAS_IPV6)('The origin of the sidecar can be opened, also with an IPv6 address', async () => {
    const sidecar = await start({ HOST: '::1' });
    expect(sidecar.origin).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await fetch(`${sidecar.origin}/healthz`)).status).toBe(200);
  });

  it.skipIf(!HAS_REDIS)('Sidecars with one Redis count requests together, and each by itself while the Redis is down', async () => {
    const redis = await startRedis();
    try {
      const [one, other] = [await start({ REDIS_URL: redis.path }), await start({ REDIS_URL: redis.path })];
      const body = { identity_token: await identityToken('alice'), reason: 'verify' };
      // The connection to Redis may not be established yet.
      await expect.poll(async () => (await ask(one, body), logged.filter(({ level }) => level === 'warn').length)).toBe(0);
      await Promise.all(Array.from({ length: 60 }, (_, index) => ask(index % 2 === 0 ? one : other, body)));
      expect([(await ask(one, body)).status, (await ask(other, body)).status]).toEqual([429, 429]);
      await redis.kill();
      expect((await ask(other, { ...body, identity_token: await identityToken('bob') })).status).toBe(200);
      expect(logged).toContainEqual(expect.objectContaining({ code: 'rate_limit_store_failed' }));
    } finally {
      await redis.stop();
    }
  });
});

const IPV6_HOSTS: [host: string, name: string][] = HAS_IPV6
  ? [
      ['::', 'localhost'],
      ['::1', '[::1]'],
    ]
  : [];

describe('Command serve', () => {
  const run = async (
    options: Partial<ServeOptions>,
    whileRunning: (printed: () => string) => Promise<void>,
    environment: Environment = {},
  ) => {
    let output = '';
    let errors = '';
    const terminal = { useColour: false, write: (text: string) => (output += text), writeError: (text: string) => (errors += text) };
    const exitCode = await serve(
      { usesStandIn: false, configPath: undefined, botId: undefined, port: 0, ...options },
      { environment, startStandIn: () => startSharedApp(), untilStopped: () => whileRunning(() => output), files: served.url },
      terminal,
    );
    return { exitCode, output, errors };
  };

  it('With --stand-in, serve offers a page with a chat that works without an account and a backend', async () => {
    let page = '';
    let status = 0;
    const { exitCode } = await run({ usesStandIn: true }, async (printed) => {
      const [origin = ''] = /http:\/\/localhost:\d+/.exec(printed()) ?? [];
      page = await (await fetch(origin)).text();
      const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
      ({ status } = await fetch(`${origin}/coze/token`, { method: 'POST', headers, body: '{}' }));
    });
    expect([exitCode, status]).toEqual([0, 200]);
    expect(page).toMatch(
      /<script src="\/coze\/embed\.js" defer data-bot-id="\d+" data-api-base-url="http:\/\/127\.0\.0\.1:\d+"><\/script>/,
    );
  });

  it('In production serve logs JSON from start to end', async () => {
    const { exitCode, output } = await run({}, () => Promise.resolve(), usual());
    expect([
      exitCode,
      output
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { type: string }).type),
    ]).toEqual([0, ['started', 'stopping', 'stopped']]);
  });

  it('serve ends with an error that names a missing variable', async () => {
    const { exitCode, errors } = await run({}, () => Promise.resolve());
    expect([exitCode, errors]).toEqual([1, 'COZE_OAUTH_CONFIG is missing.\n']);
  });

  it.each<[Environment, string]>([
    [{ COZE_CHAT_PATH: 'chat' }, 'COZE_CHAT_PATH: must be a path like'],
    [{ ALLOWED_ORIGINS: 'https://shop.example *' }, 'ALLOWED_ORIGINS (entry 2): must be one exact origin like'],
    [{ IDENTITY_SECRET: 'short' }, 'IDENTITY_SECRET: must have at least 32 bytes; make one with: openssl'],
    [{ IDENTITY_SECRET: '', IDENTITY_JWKS_URL: 'http://shop.example/keys' }, 'IDENTITY_JWKS_URL: must be an https URL\n'],
    [{ VISITOR_COOKIE_SECRET: 'short' }, 'VISITOR_COOKIE_SECRET: must have at least 32 bytes'],
  ])('serve ends with an error that names the variable for %o', async (changes, message) => {
    const { exitCode, errors } = await run({}, () => Promise.resolve(), { ...usual(), ...changes });
    expect(exitCode).toBe(1);
    expect(errors.startsWith(message)).toBe(true);
    expect(errors).not.toMatch(NODE_OPTIONS);
  });

  it('serve ends with an error when HOST is not an address of this machine', async () => {
    // RFC 5737: an address for documentation.
    const { exitCode, errors } = await run({}, () => Promise.resolve(), { ...usual(), HOST: '203.0.113.9' });
    expect([exitCode, errors]).toEqual([1, expect.stringMatching(/^HOST must be an address of this machine/)]);
  });

  it.each<[host: string, name: string]>([['0.0.0.0', 'localhost'], ...IPV6_HOSTS])(
    'serve with HOST %s logs a URL that can be opened: http://%s',
    async (HOST, name) => {
      const { output } = await run({}, () => Promise.resolve(), { ...usual(), HOST });
      const { origin } = JSON.parse(output.split('\n').find((line) => line.includes('started')) ?? '{}') as { readonly origin: string };
      expect(new URL(origin).hostname).toBe(name);
    },
  );

  it('An error about the config names its field and the variable or option with the config', async () => {
    const COZE_OAUTH_CONFIG = JSON.stringify({ ...coze.oauthConfig, private_key: 'key.pem' });
    const { errors } = await run({}, () => Promise.resolve(), { ...usual(), COZE_OAUTH_CONFIG });
    expect(errors).toMatch(/^COZE_OAUTH_CONFIG: private_key: this is not a PEM key/);
    const two = 'createTokenEndpoint: oauth.apiBaseUrl: must use https; oauth: too old; allowedOrigins.0: wrong';
    expect(nameVariables(two, '--config')).toBe(
      '--config: coze_api_base: must use https; --config: too old; ALLOWED_ORIGINS (entry 1): wrong',
    );
    expect(nameVariables("createCozeChat: the package's files are not beside its server part …", '')).toMatch(
      /Install coze-chat-embed anew/,
    );
  });

  it.each(['{"client_type":"jwt"}', 'x\0y', '', '{'])('The error about the config %j ends with one full stop', (content) => {
    const parsed = parseEnvironment({ ...usual(), COZE_OAUTH_CONFIG: 'config.json' }, () => content);
    expect(parsed.ok ? '' : parsed.error).toMatch(/[^.]\.$/);
  });

  it('The error about a missing file of --config contains its absolute path', async () => {
    const { exitCode, errors } = await run({ configPath: 'confg.json', botId: '7' }, () => Promise.resolve());
    expect(exitCode).toBe(1);
    expect(errors).toContain(`--config: there is no such file: ${join(process.cwd(), 'confg.json')}. `);
  });
});
