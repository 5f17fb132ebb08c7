import { EventEmitter } from 'node:events';
import type { CDPSession } from 'playwright';
import { beforeEach, expect, test } from 'vitest';
import { NetworkLog } from '../../../bench/distance/network-log.js';

const API = 'http://127.0.0.1:4310';
const SITE = 'http://localhost:4311';
/** The browser's monotonic clock, in seconds, when wall time is `WALL_SECONDS`. */
const MONOTONIC_SECONDS = 50;
const WALL_SECONDS = 1_800_000_000;
const CLICK_EPOCH_MS = WALL_SECONDS * 1000;

let devTools: EventEmitter;
let log: NetworkLog;

beforeEach(async () => {
  devTools = Object.assign(new EventEmitter(), { send: async () => undefined });
  log = await NetworkLog.watch(devTools as unknown as CDPSession, API);
});

interface Told {
  readonly id: string;
  readonly url: string;
  readonly method?: string;
  readonly type?: string;
  readonly initiator?: string;
  readonly askedMs: number;
}

function ask({ id, url, method = 'GET', type = 'Fetch', initiator = 'script', askedMs }: Told): void {
  devTools.emit('Network.requestWillBeSent', {
    requestId: id,
    request: { url, method },
    timestamp: MONOTONIC_SECONDS + askedMs / 1000,
    // The timestamps of a preflight come from another process.
    wallTime: WALL_SECONDS + askedMs / 1000 + (initiator === 'preflight' ? 5 : 0),
    type: initiator === 'preflight' ? 'Other' : type,
    initiator: { type: initiator },
  });
}

function answer(id: string, sentMs: number, endMs: number, response: object = {}): void {
  const timing = { requestTime: MONOTONIC_SECONDS + (sentMs - 1) / 1000, sendStart: 1 };
  devTools.emit('Network.responseReceived', { requestId: id, response: { encodedDataLength: 100, timing, ...response } });
  devTools.emit('Network.loadingFinished', { requestId: id, timestamp: MONOTONIC_SECONDS + endMs / 1000, encodedDataLength: 400 });
}

const requests = () =>
  log.requestsSince(CLICK_EPOCH_MS).map(({ kind, name, askedMs, sentMs, endMs, bytes }) => ({
    kind,
    name,
    times: [askedMs, sentMs, endMs].map(Math.round),
    bytes,
  }));

test('A request has its times since the click, and its bytes', () => {
  ask({ id: '1', url: `${SITE}/bench/ours/frame/frame.js`, type: 'Script', askedMs: 10 });
  answer('1', 12, 120);
  expect(requests()).toEqual([{ kind: 'code', name: 'frame/frame.js', times: [10, 12, 120], bytes: 400 }]);
});

test('A preflight is a separate request, and the request that needs it is sent after it', () => {
  ask({ id: '1', url: `${API}/v1/conversations`, askedMs: 10 });
  ask({ id: '2', url: `${API}/v1/conversations`, method: 'OPTIONS', initiator: 'preflight', askedMs: 11 });
  answer('2', 12, 110);
  answer('1', 111, 210);
  expect(requests()).toEqual([
    { kind: 'preflight', name: 'OPTIONS /v1/conversations', times: [11, 12, 110], bytes: 400 },
    { kind: 'API', name: '/v1/conversations', times: [10, 111, 210], bytes: 400 },
  ]);
});

test('Requests for the token, the page and pictures are distinguished from those for code', () => {
  ask({ id: '1', url: `${SITE}/bench/ours`, type: 'Document', askedMs: 0 });
  ask({ id: '2', url: `${SITE}/visitors/left/api/coze/token`, method: 'POST', askedMs: 1 });
  ask({ id: '3', url: `${API}/assets/parrot.svg`, type: 'Image', askedMs: 2 });
  expect(requests().map(({ kind, name }) => [kind, name])).toEqual([
    ['document', 'page'],
    ['token', 'POST /visitors/left/api/coze/token'],
    ['picture', '/assets/parrot.svg'],
  ]);
});

test('A response from a cache or a data URL is not logged', () => {
  ask({ id: '1', url: `${SITE}/bench/ours/define.js`, type: 'Script', askedMs: 0 });
  answer('1', 0, 5, { fromDiskCache: true });
  ask({ id: '2', url: `${SITE}/bench/ours/index.js`, type: 'Script', askedMs: 0 });
  devTools.emit('Network.requestServedFromCache', { requestId: '2' });
  ask({ id: '3', url: 'data:image/svg+xml,', type: 'Image', askedMs: 0 });
  expect(requests()).toEqual([]);
});

test('A request that fails without a response is not logged, and one that breaks off is', () => {
  ask({ id: '1', url: 'https://pictures.example/logo.png', type: 'Image', askedMs: 0 });
  devTools.emit('Network.loadingFailed', { requestId: '1', timestamp: MONOTONIC_SECONDS + 0.02 });
  ask({ id: '2', url: `${API}/v3/chat`, method: 'POST', askedMs: 0 });
  devTools.emit('Network.responseReceived', {
    requestId: '2',
    response: { encodedDataLength: 100, timing: { requestTime: MONOTONIC_SECONDS, sendStart: 1 } },
  });
  devTools.emit('Network.loadingFailed', { requestId: '2', timestamp: MONOTONIC_SECONDS + 0.3 });
  expect(requests()).toEqual([{ kind: 'API', name: 'POST /v3/chat', times: [0, 1, 300], bytes: 100 }]);
});

test('A request without a response has no end', () => {
  ask({ id: '1', url: `${API}/v3/chat`, method: 'POST', askedMs: 0 });
  expect(log.requestsSince(CLICK_EPOCH_MS)[0]?.endMs).toBe(Infinity);
});
