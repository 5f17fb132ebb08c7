/** Whatever comes from the network is answered: what a handler rejects with and nobody handles would end the host's process. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type CozeChat, createCozeChat } from '../../../src/server/index.js';
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

/** The status with which the bytes are answered; `undefined` when the connection ends without an answer. */
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

/** As an adapter mounts it, with what it rejects with. */
function mount(handler: CozeChat): { readonly listener: Listener; readonly rejections: unknown[] } {
  const rejections: unknown[] = [];
  const listener: Listener = (request, response) =>
    void handler(request, response).catch((error: unknown) => {
      rejections.push(error);
      response.destroy();
    });
  return { listener, rejections };
}

describe('A request of Node’s', () => {
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

  it.each(hosts)('with the host %j is answered', async (host) => {
    const { listener, rejections } = mount(cozeChat);
    const port = await open(listener);
    expect(await send(port, `GET /coze/health HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toBe(200);
    expect(rejections).toEqual([]);
  });

  it('of which no web request can be made is answered with 400', async () => {
    const { listener, rejections } = mount(cozeChat);
    const port = await open((request, response) => {
      request.method = 'no method';
      listener(request, response);
    });
    expect(await send(port, 'GET /coze/health HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n')).toBe(400);
    expect(rejections).toEqual([]);
  });

  it('that somebody else has answered meanwhile is left to them', async () => {
    const { listener, rejections } = mount(cozeChat);
    const port = await open((request, response) => {
      listener(request, response);
      response.writeHead(503).end();
    });
    expect(await send(port, 'GET /coze/health HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n')).toBe(503);
    expect(rejections).toEqual([]);
  });
});
