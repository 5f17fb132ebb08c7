import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Line } from '../../../bench/distance/line.js';
import { Link, type VisitorLine } from '../../../bench/distance/link.js';

const LARGE = 'x'.repeat(300_000);

let server: Server;
let line: VisitorLine;
let link: Link;
let closedByVisitor: PromiseWithResolvers<void>;

beforeEach(async () => {
  closedByVisitor = withResolvers();
  server = createServer((request, response) => {
    response.on('close', () => void (response.writableFinished || closedByVisitor.resolve()));
    if (request.url === '/endless') return void response.write('begun');
    if (request.url === '/broken') return void request.socket.destroy();
    let received = '';
    request.on('data', (text) => (received += text));
    request.on('end', () => response.end(received));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  line = { up: new Line(), down: new Line() };
  link = await Link.open(line);
  link.leadTo((server.address() as AddressInfo).port);
});

afterEach(async () => {
  await link.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('A link carries whole requests and responses, however large', async () => {
  const response = await fetch(urlOf('/echo'), { method: 'POST', body: LARGE });
  expect(await response.text()).toBe(LARGE);
});

test('A server notices a visitor who leaves in the middle of a response', async () => {
  const leaving = new AbortController();
  await fetch(urlOf('/endless'), { signal: leaving.signal });
  leaving.abort();
  await closedByVisitor.promise;
});

test('A visitor notices a server that breaks the connection', async () => {
  await expect(fetch(urlOf('/broken'))).rejects.toThrow('fetch failed');
});

const urlOf = (path: string): string => `http://127.0.0.1:${link.port}${path}`;

interface PromiseWithResolvers<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
}

function withResolvers(): PromiseWithResolvers<void> {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}
