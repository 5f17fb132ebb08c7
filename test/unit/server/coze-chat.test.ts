/** The mount below one path: as a function of requests, and as servers call it. */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import express from 'express';
import { Hono } from 'hono';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CozeChatOptions, createCozeChat, type OperatorEvent } from '../../../src/server/index.js';
import { close, listen } from '../../support/loopback.js';
import { createServedPackage, FILES, type ServedPackage } from '../../support/served-package.js';
import { json, keyPair, NOW_MS, oauth, SITE_ORIGIN, tokenRequest } from './arrange.js';
import { createFakeCoze } from './coze/fake-coze.js';

let served: ServedPackage;
const events: OperatorEvent[] = [];
const servers: Server[] = [];

beforeAll(() => {
  served = createServedPackage();
});
afterAll(() => served.remove());
afterEach(async () => {
  events.length = 0;
  await Promise.all(servers.splice(0).map(close));
});

function create(options: Partial<CozeChatOptions> = {}) {
  const coze = createFakeCoze(keyPair, () => NOW_MS);
  return createCozeChat({
    oauth,
    identify: () => ({ id: 'alice' }),
    files: served.url,
    fetch: coze.fetch,
    now: () => NOW_MS,
    onEvent: (event) => events.push(event),
    ...options,
  } as CozeChatOptions);
}

function get(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Request {
  return new Request(`${SITE_ORIGIN}${path}`, { method, headers });
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  return listen(server);
}

const EMBED = FILES['embed.js'] ?? '';
const embedSize = EMBED.length;

describe('Warnings of createCozeChat for the operator', () => {
  const messages = () => events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
  const elsewhere = 'http://localhost:5173';
  const scriptTag = { referer: `${elsewhere}/`, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' };

  it.each([
    ['a script tag', scriptTag],
    ['a module', { origin: elsewhere, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }],
  ])('The operator is warned once about a page of another origin that cannot load the script, requested by %s', async (_, headers) => {
    const chat = create();
    const ask = (given: Readonly<Record<string, string>>) =>
      chat(new Request('http://localhost:3000/coze/embed.js', { headers: { ...given } }));
    for (const given of [headers, headers, { 'sec-fetch-site': 'same-origin', referer: 'http://localhost:3000/' }]) await ask(given);
    expect(messages()).toEqual([
      `A page of ${elsewhere} was refused. The request came to http://localhost:3000: another port is another origin. If the page is yours, give allowedOrigins: ['${elsewhere}'].`,
    ]);
  });

  it.each([
    ['without a gateway', {}],
    ['with a gateway', { gateway: { bots: ['7512'], secret: 'a secret of thirty-two characters' } }],
  ])('The operator is warned once about a page of another origin that is refused both a file and a token, %s', async (_, options) => {
    const chat = create(options);
    await chat(new Request('http://localhost:3000/coze/embed.js', { headers: scriptTag }));
    const headers = { origin: elsewhere, 'sec-fetch-site': 'same-site', 'content-type': 'application/json' };
    const response = await chat(new Request('http://localhost:3000/coze/token', { method: 'POST', headers, body: '{}' }));
    expect([response.status, messages().length]).toEqual([403, 1]);
  });

  it('The operator is not warned about the invalid origin with which the doctor sends requests', async () => {
    const headers = { origin: 'https://doctor.invalid', 'content-type': 'application/json' };
    const response = await create()(new Request('http://localhost:3000/coze/token', { method: 'POST', headers, body: '{}' }));
    expect([response.status, messages()]).toEqual([403, []]);
  });

  it.each([
    ['cookies', { cookie: 'session=1' }, /^identify returned null.* The request had cookies: .*mounted after the session\.$/],
    ['no cookies', {}, /^identify returned null.* The request had no cookie: .*another origin/],
  ])(
    'The operator is warned once, on localhost only, about a request with %s for which identify returns null',
    async (_, cookies, sentence) => {
      const ask = (origin: string, chat = create({ identify: () => null })) => {
        const headers = { origin, 'content-type': 'application/json', ...cookies };
        return chat(new Request(`${origin}/coze/token`, { method: 'POST', headers, body: '{}' }));
      };
      expect((await ask('https://site.example')).status).toBe(401);
      expect(messages()).toEqual([]);
      const chat = create({ identify: () => null });
      for (const origin of ['http://localhost:3000', 'http://localhost:3000']) await ask(origin, chat);
      expect(messages()).toEqual([expect.stringMatching(sentence)]);
    },
  );

  it('A request without cookies, such as one of the doctor, does not use up the warning about a request with cookies', async () => {
    const chat = create({ identify: () => null });
    for (const cookies of [[], [['cookie', 'session=1']]] as [string, string][][]) {
      const headers = new Headers([['origin', 'http://localhost:3000'], ['content-type', 'application/json'], ...cookies]);
      await chat(new Request('http://localhost:3000/coze/token', { method: 'POST', headers, body: '{}' }));
    }
    expect(messages()).toEqual([expect.stringContaining('had no cookie'), expect.stringContaining('had cookies')]);
  });

  it('The error about a wrong option names createCozeChat', () => {
    expect(() => create({ durationSeconds: 1 })).toThrow(/^createCozeChat: durationSeconds: /);
  });

  it('The operator is not warned when a page of an allowed origin loads the script', async () => {
    expect((await create({ allowedOrigins: [elsewhere] })(get('/coze/embed.js', scriptTag))).status).toBe(200);
    expect(messages()).toEqual([]);
  });
});

describe('Mount below its path', () => {
  it('The mount serves the token endpoint', async () => {
    const response = await create()(tokenRequest({ url: `${SITE_ORIGIN}/coze/token` }));
    expect([response.status, await json(response)]).toEqual([200, expect.objectContaining({ token_type: 'Bearer' })]);
    const refused = await create()(get('/coze/token'));
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });

  it('The mount has a health check, which fails while there are no files', async () => {
    const healthy = await create()(get('/coze/health'));
    expect([healthy.status, await json(healthy), healthy.headers.get('cache-control')]).toEqual([200, { status: 'ok' }, 'no-store']);
    const ill = await create({ files: new URL('nothing-here/', served.url) })(get('/coze/health'));
    expect([ill.status, await json(ill)]).toEqual([503, { status: 'failed', problem: 'configuration' }]);
    expect((await create()(get('/coze/health', {}, 'POST'))).status).toBe(405);
  });

  it.each(Object.keys(FILES))('The mount serves the file %s with its type, nosniff and a cache lifetime', async (name) => {
    const response = await create()(get(`/coze/${name}`));
    const type = name.endsWith('js')
      ? 'text/javascript; charset=utf-8'
      : name.endsWith('css')
        ? 'text/css; charset=utf-8'
        : 'image/svg+xml';
    expect([response.status, await response.text()]).toEqual([200, FILES[name]]);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const isLasting = /^(?:embed|define)\.js$/.test(name);
    expect(response.headers.get('cache-control')).toBe(isLasting ? 'public, no-cache' : 'public, max-age=31536000, immutable');
  });

  it('A request outside of the path gets 404, and the operator is warned once', async () => {
    const chat = create({ path: '/chat/' });
    expect((await chat(get('/chat/embed.js'))).status).toBe(200);
    expect([(await chat(get('/coze/embed.js'))).status, (await chat(get('/chats/embed.js'))).status]).toEqual([404, 404]);
    expect(events).toEqual([expect.objectContaining({ code: 'path_unknown' })]);
  });

  it('Where a framework adds a slash to each path, such as Next with `trailingSlash`, token, health and gateway respond as without it', async () => {
    const chat = create({ gateway: { bots: ['7400'], secret: 'the secret of the site, in thirty-two bytes and more' } });
    const { access_token: token } = await json(await chat(tokenRequest({ url: `${SITE_ORIGIN}/coze/token/` })));
    const headers = { authorization: `Bearer ${String(token)}` };
    expect((await chat(get('/coze/health/'))).status).toBe(200);
    expect(await json(await chat(get('/coze/v1/bots/7499/', headers)))).toMatchObject({ code: 4200 });
    expect((await chat(get('/coze/start/', headers))).status).toBe(400);
    for (const path of ['/coze/token//', '/coze//token', '/coze/v1/bots/7499//', '/coze/']) {
      expect((await chat(get(path, headers))).status, path).toBe(404);
    }
  });

  it.each([
    { path: 'coze' },
    { path: '/a b' },
    { path: '/a/../b' },
    { path: '/a//b' },
    { files: 'https://cdn.example/' },
    { files: 'dist' },
  ])('createCozeChat() throws for the invalid location %o', (options) => {
    expect(() => create(options as Partial<CozeChatOptions>)).toThrow(/createCozeChat: (?:path|files): must be/);
  });

  it('Without the files, ready() rejects with advice, and the token endpoint still works', async () => {
    const chat = create({ files: new URL('nothing-here/', served.url) });
    await expect(chat.ready()).rejects.toThrow(/Leave coze-chat-embed out of the server's bundle, or give "files"/);
    expect((await chat(get('/coze/embed.js'))).status).toBe(404);
    expect((await chat(tokenRequest({ url: `${SITE_ORIGIN}/coze/token` }))).status).toBe(200);
    expect(events).toEqual([expect.objectContaining({ code: 'files_unavailable' }), expect.objectContaining({ type: 'token_issued' })]);
  });

  it('With the option `gateway` the mount serves the gateway and the files', async () => {
    const gateway = { bots: ['7400'], secret: 'the secret of the site, in thirty-two bytes and more' };
    const chat = create({ gateway });
    await chat.ready();
    const { access_token: token } = await json(await chat(tokenRequest({ url: `${SITE_ORIGIN}/coze/token` })));
    expect(token).not.toMatch(/^czs_/);
    const headers = { authorization: `Bearer ${String(token)}` };
    const foreign = await chat(get('/coze/v1/bots/7499', headers));
    expect([foreign.status, await json(foreign)]).toEqual([200, expect.objectContaining({ code: 4200 })]);
    expect([(await chat(get('/coze/v1/workspaces', headers))).status, (await chat(get('/coze/embed.js'))).status]).toEqual([404, 200]);
    expect((await create()(get('/coze/v1/bots/7400', headers))).headers.get('content-type')).toBe('application/json');
    expect(() => create({ gateway: { ...gateway, bots: [] } })).toThrow(/createCozeChat: gateway: give "bots"/);
  });

  it('With `files: false` the mount serves no files, and its health check succeeds', async () => {
    const chat = create({ files: false });
    await chat.ready();
    expect([(await chat(get('/coze/embed.js'))).status, (await chat(get('/coze/health'))).status]).toEqual([404, 200]);
    expect(events).toEqual([]);
  });
});

describe('Files of the mount', () => {
  it.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['x-gzip', 'gzip'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['*', 'br'],
    ['*;q=0, gzip', 'gzip'],
    ['identity', null],
    ['br;q=0.000, gzip;q=0', null],
    ['', null],
  ])('A file is sent for "accept-encoding: %s" with the encoding %s', async (accepted, encoding) => {
    const response = await create()(get('/coze/embed.js', { 'accept-encoding': accepted }));
    const bytes = Readable.from(Buffer.from(await response.arrayBuffer()));
    const plain = encoding === 'br' ? bytes.pipe(createBrotliDecompress()) : encoding === 'gzip' ? bytes.pipe(createGunzip()) : bytes;
    expect([response.headers.get('content-encoding'), await textOf(plain)]).toEqual([encoding, EMBED]);
    expect(response.headers.get('vary')).toBe('Accept-Encoding, Origin');
  });

  it('A request with the ETag of the file in the same encoding gets 304', async () => {
    const chat = create();
    const tagOf = async (encoding: string): Promise<string> =>
      (await chat(get('/coze/embed.js', { 'accept-encoding': encoding }))).headers.get('etag') ?? '';
    const [plain, packed] = [await tagOf('identity'), await tagOf('br')];
    expect(plain).toMatch(/^"[\w-]{22}"$/);
    expect(packed).not.toBe(plain);
    const again = (tag: string) => chat(get('/coze/embed.js', { 'if-none-match': tag, 'accept-encoding': 'br' }));
    const unchanged = await again(`"other", W/${packed}`);
    expect([unchanged.status, await unchanged.text(), unchanged.headers.get('etag')]).toEqual([304, '', packed]);
    expect(unchanged.headers.get('cache-control')).toBe('public, no-cache');
    expect((await again(plain)).status).toBe(200);
    expect((await again('*')).status).toBe(304);
  });

  it('A file is sent uncompressed in a route handler of Next, which removes Content-Encoding', async () => {
    const request = get('/coze/embed.js', { 'accept-encoding': 'gzip, br' });
    const response = await create()(Object.assign(request, { nextUrl: new URL(request.url) }));
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(await response.text()).toBe(EMBED);
  });

  it('HEAD returns the length of a file without its content', async () => {
    const response = await create()(get('/coze/embed.js', { range: 'bytes=0-1' }, 'HEAD'));
    expect([response.status, await response.text(), response.headers.get('content-length')]).toEqual([200, '', String(embedSize)]);
  });

  it.each([
    ['bytes=0-3', EMBED.slice(0, 4), `bytes 0-3/${embedSize}`],
    ['bytes=-4', EMBED.slice(-4), `bytes ${embedSize - 4}-${embedSize - 1}/${embedSize}`],
    [`bytes=${embedSize - 2}-`, EMBED.slice(-2), `bytes ${embedSize - 2}-${embedSize - 1}/${embedSize}`],
    [`bytes=1-99999999`, EMBED.slice(1), `bytes 1-${embedSize - 1}/${embedSize}`],
    [`bytes=-99999999`, EMBED, `bytes 0-${embedSize - 1}/${embedSize}`],
  ])('A request with "range: %s" gets that part of the file', async (range, part, said) => {
    const response = await create()(get('/coze/embed.js', { range }));
    expect([response.status, await response.text(), response.headers.get('content-range')]).toEqual([206, part, said]);
    expect(response.headers.get('content-length')).toBe(String(part.length));
  });

  it.each(['bytes=5-2', 'bytes=0-1,4-5', 'bytes=a-b', 'chars=0-1', 'bytes=-', 'bytes'])(
    'A request with "range: %s" gets the whole file',
    async (range) => {
      const response = await create()(get('/coze/embed.js', { range }));
      expect([response.status, await response.text()]).toEqual([200, EMBED]);
    },
  );

  it.each([`bytes=${embedSize}-`, 'bytes=99999999-', 'bytes=-0'])('A request with "range: %s" gets 416', async (range) => {
    const response = await create()(get('/coze/embed.js', { range }));
    expect([response.status, response.headers.get('content-range')]).toEqual([416, `bytes */${embedSize}`]);
  });

  it('A range request whose If-Range does not match the ETag gets the whole file', async () => {
    const chat = create();
    const etag = (await chat(get('/coze/embed.js'))).headers.get('etag') ?? '';
    const status = async (ifRange: string) => (await chat(get('/coze/embed.js', { range: 'bytes=0-1', 'if-range': ifRange }))).status;
    expect([await status(etag), await status('"other"'), await status(`W/${etag}`), await status(new Date().toUTCString())]).toEqual([
      206, 200, 200, 200,
    ]);
  });

  it('A file can be read by pages of allowed origins only, and never with cookies', async () => {
    const chat = create({ allowedOrigins: ['https://shop.example'] });
    const of = async (origin: string, method = 'GET') => (await chat(get('/coze/define.js', { origin }, method))).headers;
    expect((await of('https://shop.example')).get('access-control-allow-origin')).toBe('https://shop.example');
    expect((await of('https://shop.example')).get('access-control-allow-credentials')).toBeNull();
    expect((await of('https://shop.example', 'OPTIONS')).get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS');
    for (const foreign of ['https://evil.example', 'https://shop.example.evil.example', 'null']) {
      expect((await of(foreign)).get('access-control-allow-origin')).toBeNull();
      expect((await of(foreign, 'OPTIONS')).get('access-control-allow-methods')).toBeNull();
    }
    const own = await create()(get('/coze/define.js'));
    expect(own.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  it.each(['POST', 'PUT', 'DELETE'])('A file requested with %s gets 405', async (method) => {
    const response = await create()(get('/coze/embed.js', {}, method));
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
});

/** Mounts as Connect does, which is in Vite, and as middie does, which is in Nest with Fastify. */
function connectTo(path: string, listener: (incoming: IncomingMessage, outgoing: ServerResponse) => unknown): RequestListener {
  return (incoming: IncomingMessage & { originalUrl?: string | undefined }, outgoing) => {
    incoming.originalUrl ??= incoming.url;
    incoming.url = incoming.url?.slice(path.length);
    void listener(incoming, outgoing);
  };
}

describe('Mount in servers', () => {
  it.each<[string, () => RequestListener]>([
    ['Node', () => (incoming, outgoing) => void create()(incoming, outgoing)],
    ['Express, which cuts off the path', () => express().use('/chat/of/ours', create())],
    ['Express, at the root of the path it is given', () => express().all('/coze/*rest', create())],
    ['Connect, which keeps only the whole URL', () => connectTo('/coze', create())],
    ['Connect, below a path of another', () => connectTo('/de', connectTo('/coze', create()))],
    ['Connect, after a path that is not the mount’s', () => connectTo('/de', create())],
  ])('In %s the mount serves files and tokens', async (_, listener) => {
    const origin = await serve(listener());
    const prefix = _.includes('cuts') ? '/chat/of/ours' : /Connect, (?:below|after)/.test(_) ? '/de/coze' : '/coze';
    const script = await fetch(`${origin}${prefix}/embed.js`);
    expect([script.status, await script.text(), script.headers.get('content-encoding')]).toEqual([200, EMBED, 'gzip']);
    const head = await fetch(`${origin}${prefix}/frame/assets/icon-22222222.svg`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(FILES['frame/assets/icon-22222222.svg']?.length)]);
    const token = await fetch(`${origin}${prefix}/token`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(token.status).toBe(200);
  });

  it.each([
    ['{}', 200],
    ['{"user_id":"somebody else, 你好"}', 403],
    ['99999999999999999', 400],
  ])('In Node the mount reads a body whose encoding other code has set: %s', async (body, status) => {
    const cozeChat = create();
    const origin = await serve((incoming, outgoing) => void cozeChat(incoming.setEncoding('utf8'), outgoing));
    const response = await fetch(`${origin}/coze/token`, { method: 'POST', headers: { origin, 'content-type': 'application/json' }, body });
    expect(response.status).toBe(status);
  });

  it('In Hono the mount serves files and tokens', async () => {
    const cozeChat = create();
    const app = new Hono().all('/coze/*', ({ req }) => cozeChat(req.raw));
    expect(await (await app.request('/coze/embed.js')).text()).toBe(EMBED);
    const response = await app.request(tokenRequest({ url: `${SITE_ORIGIN}/coze/token` }));
    expect(response.status).toBe(200);
    expect(await json(response)).toMatchObject({ access_token: expect.stringMatching(/^[\w.-]{20,}$/), subject: expect.any(String) });
  });
});
