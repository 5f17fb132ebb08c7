/** M6: caches use the URL as their key, but the owner of a response is named in a header. */
import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import http from '../../../src/frame/platform/axios/index.js';
import { request } from '../../../src/frame/platform/taro/api/request.js';
import { uploadFile } from '../../../src/frame/platform/taro/api/upload-file.js';
import { close, listen } from '../../support/loopback.js';

let server: Server;
let origin: string;
/** Paths of the requests. */
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((incoming, response) => {
    asked.push(incoming.url ?? '');
    if (incoming.url === '/moved') response.writeHead(307, { location: '/elsewhere' }).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  origin = await listen(server);
});
afterEach(() => {
  vi.restoreAllMocks();
  asked.length = 0;
});
afterAll(() => close(server));

const FILE = 'data:text/plain,hello';
const requests: Readonly<Record<string, (url: string) => Promise<unknown>>> = {
  'a request of the API client': (url) => http.create()({ url }),
  'a message of the API client': (url) => http.create()({ url, method: 'POST', data: {}, responseType: 'stream' }),
  'a file of the API client': (url) => http.create()({ url, method: 'POST', data: new FormData() }),
  'a request of the SDK’s platform': (url) => request({ url }),
  'a recording': (url) => uploadFile({ url, filePath: FILE, name: 'file' }),
};

it.each(Object.entries(requests))('The request uses no cache, follows no redirect and sends no referrer: %s', async (_, send) => {
  const fetch = vi.spyOn(globalThis, 'fetch');
  await send(`${origin}/api`).catch(() => undefined);
  expect(fetch).toHaveBeenCalled();
  for (const [, init] of fetch.mock.calls) {
    // No cache answers a POST; with `no-store`, each would be sent twice.
    const cache = init?.method === 'POST' ? 'default' : 'no-store';
    expect(init).toMatchObject({ cache, redirect: 'error', referrerPolicy: 'no-referrer' });
  }
});

it.each(Object.entries(requests))('The request sends no token to the target of a redirect: %s', async (_, send) => {
  await send(`${origin}/moved`).catch(() => undefined);
  expect(asked).toEqual(['/moved']);
});
