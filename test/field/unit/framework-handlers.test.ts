/** Passes the endpoint directly to frameworks as their handler: real servers and real sockets. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect } from 'node:net';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Identify, TokenEndpoint } from '../../../src/server/index.js';
import { listen } from '../../support/loopback.js';
import { arrange, json, tokenRequest } from '../../unit/server/arrange.js';
import { hang } from '../../unit/server/coze/fake-coze.js';

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  return listen(server);
}

interface AskOptions {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

function ask(origin: string, { method = 'POST', body = '{}', headers = {} }: AskOptions = {}): Promise<Response> {
  return fetch(`${origin}/token`, {
    method,
    headers: { 'content-type': 'application/json', origin, connection: 'close', ...headers },
    ...(method === 'POST' && { body }),
  });
}

const warningsOf = ({ events }: { readonly events: readonly { readonly type: string; readonly code?: unknown }[] }) =>
  events.flatMap(({ type, code }) => (type === 'warning' ? [code] : []));

function withExpress(endpoint: TokenEndpoint, ...parsers: readonly express.RequestHandler[]): RequestListener {
  const app = express();
  for (const parser of parsers) app.use(parser);
  app.all('/token', endpoint);
  return app;
}

describe('N8: endpoint as a handler of Express', () => {
  it('Express returns a token, and an uncached 405 for a GET', async () => {
    const origin = await serve(withExpress(arrange().endpoint));
    const response = await ask(origin);
    expect([response.status, await json(response)]).toEqual([
      200,
      expect.objectContaining({ access_token: expect.stringMatching(/^czs_/) }),
    ]);
    const refused = await ask(origin, { method: 'GET' });
    expect([refused.status, refused.headers.get('allow'), refused.headers.get('cache-control')]).toEqual([
      405,
      'POST, OPTIONS',
      'no-store',
    ]);
  });

  it('The endpoint reads the body, the cookie and the origin of an Express request', async () => {
    const identify: Identify = (request) => ({ id: request.headers.get('cookie') ?? '', setCookie: 'a=1' });
    const origin = await serve(withExpress(arrange({ identify }).endpoint));
    const headers = { cookie: 'session=1' };
    expect((await ask(origin, { body: '{"user_id":"session=1"}', headers })).status).toBe(200);
    expect((await ask(origin, { body: '{"user_id":"bob"}', headers })).status).toBe(403);
    expect((await ask(origin, { headers: { ...headers, origin: 'https://evil.example' } })).status).toBe(403);
    expect((await ask(origin, { headers })).headers.getSetCookie()).toEqual(['a=1']);
  });

  it('The function identify gets the request of Express and its session', async () => {
    const identify: Identify<{ readonly incoming: { readonly userId: string } }> = (_request, _claims, { incoming }) => ({
      id: incoming.userId,
    });
    const { endpoint } = arrange({ identify });
    const app = express();
    app.use((request, _response, next) => {
      Object.assign(request, { userId: 'alice' });
      next();
    });
    app.all('/token', endpoint);
    expect((await ask(await serve(app), { body: '{"user_id":"alice"}' })).status).toBe(200);
  });

  it.each(['?next=/cart?step=2&tenant=acme', '?tenant=acme&next=?', '?', ''])(
    'The function identify gets the whole query %j',
    async (query) => {
      const seen: string[] = [];
      const identify: Identify = (request) => {
        seen.push(request.url);
        return { id: 'alice' };
      };
      const origin = await serve(withExpress(arrange({ identify }).endpoint));
      const headers = { 'content-type': 'application/json', origin, connection: 'close' };
      await fetch(`${origin}/token${query}`, { method: 'POST', headers, body: '{}' });
      expect(seen.map((url) => new URL(url).search)).toEqual([new URL(`${origin}/token${query}`).search]);
    },
  );

  it('A body that is too large is refused with a response that arrives', async () => {
    const origin = await serve(withExpress(arrange().endpoint));
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(5000).fill(32)) }, { highWaterMark: 0 });
    const endless = fetch(`${origin}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, connection: 'close' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect((await endless).status).toBe(413);
    expect((await ask(origin, { body: ' '.repeat(50_000) })).status).toBe(413);
  });

  it('The exchange is aborted when the browser disconnects', async () => {
    const { endpoint, coze, events } = arrange({ coze: hang });
    const origin = await serve(withExpress(endpoint));
    const browser = new AbortController();
    const pending = fetch(`${origin}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: '{}',
      signal: browser.signal,
    });
    await vi.waitFor(() => expect(coze.seen).toHaveLength(1));
    browser.abort();
    await expect(pending).rejects.toThrow();
    await vi.waitFor(() => expect(events).toEqual([expect.objectContaining({ reason: 'client_disconnected' })]));
  });

  it('A host in the target of a request does not count as the endpoint’s own origin', async () => {
    const origin = await serve(withExpress(arrange().endpoint));
    const { host, port } = new URL(origin);
    const head = `POST http://evil.example/token HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://evil.example\r\nContent-Type: application/json\r\n`;
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(`${head}Content-Length: 2\r\nConnection: close\r\n\r\n{}`));
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 (403|404)/);
  });
});

describe('N8: endpoint as a handler of other frameworks', () => {
  it('Node’s own http server returns a token', async () => {
    const { endpoint } = arrange();
    expect((await ask(await serve((incoming, outgoing) => void endpoint(incoming, outgoing)))).status).toBe(200);
  });

  it('Hono returns a token', async () => {
    const { endpoint } = arrange();
    const app = new Hono();
    app.all('/api/coze/token', endpoint as never);
    expect((await app.fetch(tokenRequest())).status).toBe(200);
  });

  it.each(['SvelteKit', 'Astro', 'Remix'])('A token is returned for %s, which wraps the request in an event', async () => {
    const { endpoint } = arrange();
    const response = await (endpoint as (event: unknown) => Promise<Response>)({ request: tokenRequest(), params: {} });
    expect(response.status).toBe(200);
  });

  it('Fastify gets an error that says how to wrap the endpoint, because its reply cannot be used', async () => {
    const { endpoint } = arrange();
    const app = Fastify();
    const seen: unknown[] = [];
    app.setErrorHandler((error, _request, reply) => {
      seen.push((error as Error).message);
      return reply.code(500).send();
    });
    app.all('/token', endpoint as never);
    const response = await app.inject({ method: 'POST', url: '/token', payload: {} });
    expect([response.statusCode, seen]).toEqual([
      500,
      [expect.stringMatching(/neither a web Request .* getRequestListener\(tokenEndpoint\)/)],
    ]);
    await app.close();
  });

  it.each([undefined, null, {}, 'POST', { headers: {} }])('Any other argument (%j) causes the same error', (nothing) => {
    const { endpoint } = arrange();
    expect(() => (endpoint as (request: unknown) => unknown)(nothing)).toThrow(/Wrap it in/);
  });
});

describe('N5: endpoint behind a body parser', () => {
  const claiming = (id: string): AskOptions => ({ body: JSON.stringify({ user_id: id }) });

  it('A body that express.json() has parsed is compared with the identity', async () => {
    const arranged = arrange();
    const origin = await serve(withExpress(arranged.endpoint, express.json()));
    expect((await ask(origin, claiming('alice'))).status).toBe(200);
    expect(await json(await ask(origin, claiming('mallory')))).toMatchObject({ error: 'identity_mismatch' });
    expect(warningsOf(arranged)).toEqual(['user_id_mismatch']);
  });

  it.each<[string, unknown]>([
    ['Node’s request', { incoming: { body: { user_id: 'mallory' } } }],
    ['the framework’s request', { body: { user_id: 'mallory' } }],
    ['a text', { body: '{"user_id":"mallory"}' }],
    ['bytes', { incoming: { body: new TextEncoder().encode('{"user_id":"mallory"}') } }],
  ])('A parsed body is found on %s', async (_case, context) => {
    const { endpoint } = arrange();
    const response = await endpoint(tokenRequest({ body: '', headers: { 'content-length': '21' } }), context);
    expect(await json(response)).toMatchObject({ error: 'identity_mismatch' });
  });

  it.each<[string, Record<string, string>]>([
    ['its length', { 'content-length': '21' }],
    ['its chunks', { 'transfer-encoding': 'chunked' }],
  ])('A missing body that was announced by %s is refused, and the operator is warned once', async (_case, headers) => {
    const arranged = arrange();
    const statuses = [];
    for (let turn = 0; turn < 3; turn += 1) statuses.push((await arranged.endpoint(tokenRequest({ body: '', headers }))).status);
    expect([statuses, arranged.coze.seen.length]).toEqual([[400, 400, 400], 0]);
    expect(arranged.events.filter(({ type }) => type === 'warning')).toEqual([
      expect.objectContaining({ code: 'body_lost', message: expect.stringContaining('express.json()') }),
    ]);
  });

  it('A request whose body has been read is refused with the same warning', async () => {
    const arranged = arrange();
    const request = tokenRequest();
    await request.text();
    expect((await arranged.endpoint(request)).status).toBe(400);
    expect(warningsOf(arranged)).toEqual(['body_lost']);
  });

  it('A parsed body has the same size limit as any other', async () => {
    const { endpoint } = arrange();
    const context = { body: { pad: 'x'.repeat(5000) } };
    expect((await endpoint(tokenRequest({ body: '', headers: { 'content-length': '5010' } }), context)).status).toBe(413);
  });

  it('A request that never had a body is answered without a warning', async () => {
    const arranged = arrange();
    const statuses = await Promise.all(
      [{}, { 'content-length': '0' }].map(async (headers) => (await arranged.endpoint(tokenRequest({ body: null, headers }))).status),
    );
    expect([statuses, warningsOf(arranged)]).toEqual([[200, 200], []]);
  });
});
