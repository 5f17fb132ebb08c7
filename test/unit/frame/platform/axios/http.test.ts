/** Compares our replacement of axios with axios, against a server on loopback. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import realAxios from '../../../../../node_modules/axios/index.js';
import type { HttpRequest, OutgoingRequest } from '../../../../../src/frame/platform/axios/contract.js';
import http, { toFormData } from '../../../../../src/frame/platform/axios/index.js';
import { close, listen } from '../../../../support/loopback.js';

let server: Server;
let origin: string;
/** The response to `/begun`, which a test continues. */
let begun: ServerResponse;

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => answer(request.url ?? '', { method: request.method, headers: request.headers, body }, response));
  });
  origin = await listen(server);
});
afterAll(() => close(server));

interface Received {
  readonly method: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

function answer(path: string, { method, headers, body }: Received, response: ServerResponse): void {
  if (path === '/drop') return void response.destroy();
  if (path === '/half') return void response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy());
  if (path === '/hang') return;
  if (path === '/begun') return void (begun = response.writeHead(200)).write('first ');
  if (path === '/text') return void response.writeHead(200, { 'content-type': 'text/plain' }).end('no JSON');
  if (path === '/empty') return void response.writeHead(200).end();
  if (path === '/429') return void response.writeHead(429, { 'content-type': 'application/json' }).end('{"code":4020,"msg":"m"}\n');
  if (path === '/429-page') return void response.writeHead(429, { 'content-type': 'text/html' }).end('<p>Too many</p>');
  const status = path === '/401' ? 401 : 200;
  const seen = { method, body, type: headers['content-type']?.toString().split(';')[0], authorization: headers['authorization'] };
  response.writeHead(status, { 'content-type': 'application/json', 'x-seen': 'yes' }).end(JSON.stringify(seen));
}

const axios = realAxios.create({ adapter: 'fetch', validateStatus: () => true });
const ours = http.create();

/** The response, or the kind of failure. */
async function outcome(send: (request: HttpRequest) => Promise<unknown>, request: HttpRequest): Promise<unknown> {
  try {
    const { data, status, headers } = (await send(request)) as { data: unknown; status: number; headers: Record<string, unknown> };
    return { data, status, type: headers['content-type'], seen: headers['x-seen'] };
  } catch (error) {
    const { isAxiosError, code } = error as { isAxiosError?: unknown; code?: unknown };
    return { isAxiosError, code };
  }
}

const requests: Readonly<Record<string, HttpRequest>> = {
  'a GET': { url: '/json', method: 'GET' },
  'a POST of an object': { url: '/json', method: 'POST', data: { a: [1, 'ü'] } },
  'a header': { url: '/json', method: 'GET', headers: { authorization: 'Bearer t' } },
  'an answer of 401': { url: '/401', method: 'GET' },
  'an answer that is not JSON': { url: '/text', method: 'GET' },
  'an empty answer': { url: '/empty', method: 'GET' },
  'no answer': { url: '/drop', method: 'GET' },
  'no answer in time': { url: '/hang', method: 'GET', timeout: 50 },
  'a request given up': { url: '/hang', method: 'GET', signal: AbortSignal.abort() },
};

describe('HTTP client of the frame', () => {
  it.each(Object.keys(requests))('The HTTP client gives the same result as axios in this case: %s', async (name) => {
    const request = { ...requests[name], url: `${origin}${requests[name]?.url}` };
    expect(await outcome(ours, request)).toEqual(await outcome(axios as never, request));
  });

  it.each([
    ['/429', 4020],
    ['/429-page', 4009],
  ])('An HTTP 429 (%s) becomes a response with status 200 and a code of Coze, also for a stream', async (path, code) => {
    const url = `${origin}${path}`;
    expect(await outcome(ours, { url })).toMatchObject({ status: 200, type: 'application/json', data: { code, msg: '' } });
    const { data } = await ours({ url, responseType: 'stream' });
    expect(await new Response(data as ReadableStream).json()).toEqual({ code, msg: '' });
  });

  it('A response that breaks off halfway is a network error', async () => {
    expect(await outcome(ours, { url: `${origin}/half` })).toEqual({ isAxiosError: true, code: 'ERR_NETWORK' });
  });

  it('The time limit of a request is also that of its prefetched response, which may never come', async () => {
    const request: HttpRequest = { url: `${origin}/json`, timeout: 50, prefetched: new Promise(() => undefined) };
    expect(await outcome(ours, request)).toEqual({ isAxiosError: true, code: 'ETIMEDOUT' });
  });

  it('A request without data has no content type and no body', async () => {
    const { data } = await ours({ url: `${origin}/json`, method: 'POST', data: null });
    expect(data).toEqual({ method: 'POST', body: '' });
  });

  it('A response can be read as an ArrayBuffer and as a stream', async () => {
    const bytes = await ours({ url: `${origin}/text`, responseType: 'arraybuffer' });
    expect(new TextDecoder().decode(bytes.data as ArrayBuffer)).toBe('no JSON');
    const { data } = await ours({ url: `${origin}/text`, responseType: 'stream' });
    const chunks = [];
    for await (const chunk of data as ReadableStream<Uint8Array>) chunks.push(new TextDecoder().decode(chunk));
    expect(chunks.join('')).toBe('no JSON');
  });

  it('The chunks of a stream can be read before the response has ended', async () => {
    const { data } = await ours({ url: `${origin}/begun`, responseType: 'stream' });
    const reader = (data as ReadableStream<Uint8Array>)
      .pipeThrough(new TextDecoderStream() as never)
      .getReader() as ReadableStreamDefaultReader<string>;
    expect(await reader.read()).toEqual({ done: false, value: 'first ' });
    begun.end('last');
    expect(await reader.read()).toEqual({ done: false, value: 'last' });
    expect((await reader.read()).done).toBe(true);
  });

  it('toFormData() sends files with their names and leaves out fields that are undefined', async () => {
    const form = toFormData({ file: new File(['GIF'], 'cat.gif', { type: 'image/gif' }), purpose: 7, none: undefined });
    const { data } = await ours({ url: `${origin}/json`, method: 'POST', data: form });
    const { type, body } = data as { type: string; body: string };
    expect(type).toBe('multipart/form-data');
    expect(body).toMatch(/name="file"; filename="cat\.gif"\r\ncontent-type: image\/gif\r\n\r\nGIF/i);
    expect(body).toMatch(/name="purpose"\r\n\r\n7/);
    expect(body).not.toContain('none');
  });

  it('One interceptor can add a token, and another can repeat a request that got 401 with a new token', async () => {
    const client = http.create();
    client.interceptors.request.use((config) => {
      config.headers.set('Authorization', 'Bearer first');
      return config;
    });
    client.interceptors.response.use((response) => {
      const { headers } = response.config as OutgoingRequest;
      if (response.status !== 401) return response;
      expect(headers.getAuthorization()).toBe('Bearer first');
      headers.Authorization = 'Bearer second';
      return http.request({ ...response.config, url: `${origin}/json` });
    });
    const { data } = await client({ url: `${origin}/401`, method: 'POST', data: { question: 1 } });
    expect(data).toMatchObject({ authorization: 'Bearer second', body: '{"question":1}' });
  });

  it('An interceptor of responses receives the error of a failed request', async () => {
    const client = http.create();
    client.interceptors.response.use(
      (response) => response,
      (failure) => ({ status: 0, data: (failure as { code: string }).code }),
    );
    expect(await client({ url: `${origin}/drop` })).toEqual({ status: 0, data: 'ERR_NETWORK' });
  });
});
