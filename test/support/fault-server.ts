/** A token endpoint on loopback that reproduces faults of endpoints, proxies and networks; the path selects the fault. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { close, listen } from './loopback.js';

export interface RequestSeen {
  readonly method: string | undefined;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface FaultServer extends AsyncDisposable {
  readonly origin: string;
  readonly seen: readonly RequestSeen[];
  /** How many single bytes `/slow-body` has sent. */
  readonly drips: () => number;
  /** Bytes of the body that were passed to the network. */
  readonly sentBytes: () => number;
  /** Resolves when the client has disconnected during a response. */
  readonly hungUp: Promise<void>;
}

const goodBody = { access_token: 'czs_good', token_type: 'Bearer', expires_in: 3600, subject: 'alice' };
const GOOD_TEXT = JSON.stringify(goodBody);
const json = { 'content-type': 'application/json' };
const CHUNK_BYTES = 16 * 1024;
const HUGE_BYTES = 64 * 1024 * 1024;

type Fault = (response: ServerResponse, url: URL, onDrip: () => void) => void;

const faults: Readonly<Record<string, Fault>> = {
  good: (response) => response.writeHead(200, json).end(GOOD_TEXT),
  /** `?status=…&retry-after=…&type=…&body=…` */
  answer: (response, { searchParams }) => {
    const retryAfter = searchParams.get('retry-after');
    const type = searchParams.get('type') ?? 'application/json';
    response.writeHead(Number(searchParams.get('status') ?? 200), {
      ...(type === 'none' ? {} : { 'content-type': type }),
      ...(retryAfter === null ? {} : { 'retry-after': retryAfter }),
    });
    response.end(searchParams.get('body') ?? GOOD_TEXT);
  },
  'log-in-page': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><form action="/log-in">'),
  trap: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'),
  redirect: (response) => response.writeHead(302, { location: '/trap' }).end(),
  reset: (response) => response.destroy(),
  'half-body': (response) => {
    response.writeHead(200, { ...json, 'content-length': GOOD_TEXT.length });
    response.write(GOOD_TEXT.slice(0, 20), () => response.destroy());
  },
  silence: () => {},
  'slow-body': (response, { searchParams }, onDrip) => {
    response.writeHead(Number(searchParams.get('status') ?? 200), json);
    const drip = setInterval(() => response.write('{', onDrip), 5);
    response.on('close', () => clearInterval(drip));
  },
  huge: (response) => {
    response.writeHead(200, json);
    const chunk = Buffer.alloc(CHUNK_BYTES, ' ');
    const pour = (): void => {
      while (!response.destroyed && response.writableLength < 4 * CHUNK_BYTES && sentBytesOf(response) < HUGE_BYTES) response.write(chunk);
      if (!response.destroyed) setImmediate(pour);
    };
    pour();
  },
  'huge-when-unpacked': (response) => {
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(HUGE_BYTES, ' ')));
  },
  'not-utf-8': (response) => {
    const [before, after] = GOOD_TEXT.split('alice');
    response.writeHead(200, json).end(Buffer.concat([Buffer.from(before ?? ''), Buffer.from([0xff, 0xfe]), Buffer.from(after ?? '')]));
  },
};

const sentBytesOf = (response: ServerResponse): number => response.socket?.bytesWritten ?? 0;

export async function startFaultServer(): Promise<FaultServer> {
  const seen: RequestSeen[] = [];
  let sentBytes = 0;
  let drips = 0;
  let onHangUp = (): void => {};
  const hungUp = new Promise<void>((resolve) => (onHangUp = resolve));

  const server = createServer((request, response) => {
    void readText(request).then((body) => {
      const url = new URL(request.url ?? '/', 'http://fault.example');
      seen.push({ method: request.method, path: url.pathname, headers: request.headers, body });
      const { socket } = request;
      response.on('close', () => {
        sentBytes = Math.max(sentBytes, socket.bytesWritten);
        if (!response.writableFinished) onHangUp();
      });
      faults[url.pathname.slice(1)]?.(response, url, () => drips++);
    });
  });
  const origin = await listen(server);

  return {
    origin,
    seen,
    drips: () => drips,
    sentBytes: () => sentBytes,
    hungUp,
    [Symbol.asyncDispose]: () => close(server),
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
