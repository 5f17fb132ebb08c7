/** Every request from the network gets a response: an unhandled rejection of a handler would end the host's process. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { type CozeChat, createCozeChat } from '../../../src/server/index.js';
import { startGatewayWorld } from '../../support/gateway-world.js';
import { close, listen } from '../../support/loopback.js';
import { quickApp } from '../../unit/server/arrange.js';

const cozeChat = createCozeChat({ oauth: quickApp, identify: () => ({ id: 'alice' }), files: false, onEvent: () => undefined });

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

let stop = async (): Promise<void> => undefined;
afterEach(() => stop());

async function open(listener: Listener): Promise<number> {
  const server = createServer(listener);
  stop = () => close(server);
  return Number(new URL(await listen(server)).port);
}

/** The status of the response to these bytes; `undefined` if the connection ends without a response. */
function send(port: number, bytes: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (text) => (answer += String(text)));
    socket.on('error', reject);
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]) || undefined));
    socket.write(bytes, 'latin1');
  });
}

/** Mounts the handler like an adapter, and records its rejections. */
function mount(handler: CozeChat): { readonly listener: Listener; readonly rejections: unknown[] } {
  const rejections: unknown[] = [];
  const listener: Listener = (request, response) =>
    void handler(request, response).catch((error: unknown) => {
      rejections.push(error);
      response.destroy();
    });
  return { listener, rejections };
}

/** The statuses of two requests on one connection, as a proxy sends requests of two visitors. */
function sendBoth(port: number, first: string, second: string): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answers = '';
    const statuses = (): readonly number[] => [...answers.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      const before = statuses().length;
      answers += String(text);
      if (before === 0 && statuses().length === 1) socket.write(second, 'latin1');
      if (statuses().length === 2) socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(statuses()));
    socket.write(first, 'latin1');
  });
}

describe('Request with a body that is not read', () => {
  const json = 'Host: shop.example\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json';

  it.each([
    ['/coze/nothing', 404],
    ['/coze/health', 405],
    ['/coze/token', 413],
  ])('A request to %s with an unread body leaves the connection usable for the next one', async (path, status) => {
    const { listener } = mount(cozeChat);
    const port = await open(listener);
    const length = 600_000;
    const first = `POST ${path} HTTP/1.1\r\n${json}\r\nContent-Length: ${length}\r\n\r\n${'x'.repeat(length)}`;
    expect(await sendBoth(port, first, `GET /coze/health HTTP/1.1\r\n${json}\r\n\r\n`)).toEqual([status, 200]);
  });

  it('An upload whose form is refused after its first lines leaves the connection usable for the next request', async () => {
    const gateway = { bots: ['7400'], secret: 'a secret of thirty-two bytes or more' };
    const { listener } = mount(
      createCozeChat({ oauth: quickApp, identify: () => ({ id: 'alice' }), files: false, onEvent: () => undefined, gateway }),
    );
    const port = await open(listener);
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
    const issued = await fetch(`http://127.0.0.1:${port}/coze/token`, { method: 'POST', headers, body: '{}' });
    const { access_token: token } = (await issued.json()) as { readonly access_token: string };
    const form = `--X\r\nContent-Disposition: form-data; name="other"\r\n\r\n${'x'.repeat(600_000)}\r\n--X--\r\n`;
    const head = `Host: shop.example\r\nAuthorization: Bearer ${token}\r\nContent-Type: multipart/form-data; boundary=X`;
    const first = `POST /coze/v1/files/upload HTTP/1.1\r\n${head}\r\nContent-Length: ${form.length}\r\n\r\n${form}`;
    expect(await sendBoth(port, first, `GET /coze/health HTTP/1.1\r\n${json}\r\n\r\n`)).toEqual([200, 200]);
  });

  it('A chunked body that is read only in part leaves the connection usable for the next request', async () => {
    const { listener } = mount(cozeChat);
    const port = await open(listener);
    const piece = `1000\r\n${'x'.repeat(4096)}\r\n`;
    const first = `POST /coze/token HTTP/1.1\r\n${json}\r\nTransfer-Encoding: chunked\r\n\r\n${piece.repeat(200)}0\r\n\r\n`;
    expect(await sendBoth(port, first, `GET /coze/health HTTP/1.1\r\n${json}\r\n\r\n`)).toEqual([413, 200]);
  });
});

describe('Node request', () => {
  const hosts = [
    'shop.example',
    'a@shop.example',
    'a:b@shop.example',
    ':@shop.example',
    '@',
    'x y',
    '',
    '[::1',
    '%',
    'shop/x#y',
    'h:99999',
  ];

  it.each(hosts)('A request with the host %j gets a response', async (host) => {
    const { listener, rejections } = mount(cozeChat);
    const port = await open(listener);
    expect(await send(port, `GET /coze/health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toBe(200);
    expect(rejections).toEqual([]);
  });

  it.each([
    ['http://shop.example/coze/health', 200],
    ['HTTPS://SHOP.EXAMPLE:8443/coze/health?at=http://other.example/', 200],
    ['http://user@[::1]/coze/health', 200],
    ['http://shop.example', 404],
    ['http://shop.example?/coze/health', 404],
    ['/http://shop.example/coze/health', 404],
    ['//shop.example/coze/health', 404],
  ])('A request for %s, whose target may be an absolute URL (RFC 9112 section 3.2.2), gets %i', async (target, status) => {
    for (const front of [(listener: Listener) => listener, (listener: Listener) => express().use('/coze', listener) as Listener]) {
      const { listener, rejections } = mount(cozeChat);
      const port = await open(front(listener));
      expect(await send(port, `GET ${target} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n`)).toBe(status);
      expect(rejections).toEqual([]);
      await stop();
    }
    stop = async () => undefined;
  });

  it('The host of an absolute target makes no page the site’s own', async () => {
    const port = await open(mount(cozeChat).listener);
    const head = ['Host: shop.example', 'Origin: http://evil.example', 'Content-Type: application/json', 'Content-Length: 2'];
    const lines = ['POST http://evil.example/coze/token HTTP/1.1', ...head, 'Connection: close', '', '{}'];
    expect(await send(port, lines.join('\r\n'))).toBe(403);
  });

  it('Many requests that wait on one connection leave one listener on it, and hear of its loss', async () => {
    const listeners: number[] = [];
    const signals: AbortSignal[] = [];
    const chat = createCozeChat({
      oauth: quickApp,
      identify: (request) => {
        signals.push(request.signal);
        return new Promise(() => undefined);
      },
      files: false,
      onEvent: () => undefined,
    });
    const port = await open((request, response) => {
      void chat(request, response);
      listeners.push(request.socket.listenerCount('close'));
    });
    const head = ['Host: shop.example', 'Sec-Fetch-Site: same-origin', 'Content-Type: application/json', 'Content-Length: 2'];
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST /coze/token HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n{}`.repeat(20));
    await expect.poll(() => signals.length).toBe(20);
    expect(Math.max(...listeners) - Math.min(...listeners)).toBeLessThanOrEqual(1);
    socket.destroy();
    await expect.poll(() => signals.filter(({ aborted }) => !aborted)).toEqual([]);
  });

  it('A request that cannot become a web request is answered with 400', async () => {
    const { listener, rejections } = mount(cozeChat);
    const port = await open((request, response) => {
      request.method = 'no method';
      listener(request, response);
    });
    expect(await send(port, 'GET /coze/health HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n')).toBe(400);
    expect(rejections).toEqual([]);
  });

  it('A request that other code has answered meanwhile keeps that response', async () => {
    const { listener, rejections } = mount(cozeChat);
    const port = await open((request, response) => {
      listener(request, response);
      response.writeHead(503).end();
    });
    expect(await send(port, 'GET /coze/health HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n')).toBe(503);
    expect(rejections).toEqual([]);
  });
});

it('A TRACE request does nothing in a gateway, although it cannot become a web request', async () => {
  const world = await startGatewayWorld();
  stop = () => world.stop();
  const alice = await world.visitor('alice');
  const id = await alice.begin(world.coze.botId);
  world.coze.clearRequests();
  const { port } = new URL(world.url);
  const body = JSON.stringify({ name: 'renamed' });
  const head = `TRACE /coze/v1/conversations/${id} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${alice.token}`;
  const request = `${head}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  expect(await send(Number(port), request)).toBeGreaterThanOrEqual(400);
  expect(world.coze.requests).toEqual([]);
});
