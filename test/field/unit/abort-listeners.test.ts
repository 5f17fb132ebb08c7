/** A signal may live as long as the page or the server: temporary listeners are removed from it. */
import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readBoundedText } from '../../../src/core/bounded-body.js';
import { delay, systemTimers } from '../../../src/core/clock.js';
import { withDeadline } from '../../../src/core/deadline.js';
import { anySignal } from '../../../src/frame/platform/any-signal.js';
import http from '../../../src/frame/platform/axios/index.js';
import { serializeFirstRequest } from '../../../src/token/request/first-request.js';

const USES = 1_000;
/** Node warns about more listeners than this. */
const AT_ONCE = 10;

/** A minimal network. */
function respond(input: string | URL | Request): Promise<Response> {
  if (input === '/drop') return Promise.reject(new TypeError('Failed to fetch'));
  return Promise.resolve(new Response(input === '/endless' ? new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(1)) }) : '{}'));
}
beforeAll(() => void vi.stubGlobal('fetch', respond));
afterAll(() => void vi.unstubAllGlobals());

const client = http.create();
const pulled = (signal: AbortSignal, path: string) => client({ url: path, signal, timeout: 60_000, responseType: 'stream' });
const streamOf = async (answer: ReturnType<typeof pulled>) => (await answer).data as ReadableStream<Uint8Array>;
const failing = () => new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('The body broke off.')) });

const firstRequest = serializeFirstRequest(() => Promise.resolve({ ok: false, error: { kind: 'invalid', message: '' } } as never), {
  locks: { request: (_name: string, _options: unknown, work: () => unknown) => Promise.resolve(work()) } as never,
  timers: systemTimers,
  sessionKey: '',
});

const OPERATIONS: Readonly<Record<string, (signal: AbortSignal) => Promise<unknown>>> = {
  'a request that is answered': (signal) => client({ url: '/', signal, timeout: 60_000 }),
  'a request that fails': (signal) => client({ url: '/drop', signal, timeout: 60_000 }).catch(() => undefined),
  'a stream that is read to its end': async (signal) => new Response(await streamOf(pulled(signal, '/'))).text(),
  'a stream that is given up': async (signal) => (await streamOf(pulled(signal, '/endless'))).cancel(),
  'a body of a few bytes': (signal) => readBoundedText(new Response('é').body, 10, signal),
  'a body that is too long': (signal) => readBoundedText(new Response('long').body, 2, signal),
  'a body that breaks off': (signal) => readBoundedText(failing(), 10, signal).catch(() => undefined),
  'a piece of work in time': (signal) => withDeadline(() => Promise.resolve(), { durationMs: 60_000, timers: systemTimers, signal }),
  'a pause': (signal) => delay(0, systemTimers, signal),
  'a first request': (signal) => firstRequest({ reason: 'initial', signal } as never),
};

test.each(Object.keys(OPERATIONS))(`A signal has no listeners after ${USES} uses for %s`, async (name) => {
  const { signal } = new AbortController();
  for (let use = 0; use < USES; use += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, () => OPERATIONS[name]?.(signal)));
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('A signal that follows several others aborts with the first of them, for its reason, and removes its listeners', () => {
  const [one, two] = [new AbortController(), new AbortController()];
  const { signal } = anySignal([one.signal, two.signal]);
  expect(signal.aborted).toBe(false);
  two.abort('two');
  one.abort('one');
  expect(signal.reason).toBe('two');
  for (const { signal: followed } of [one, two]) expect(getEventListeners(followed, 'abort')).toEqual([]);
});

test('A signal that follows several others is aborted at once if one of them is, and has no listeners', () => {
  const { signal: other } = new AbortController();
  const { signal } = anySignal([other, AbortSignal.abort('before')]);
  expect([signal.aborted, signal.reason]).toEqual([true, 'before']);
  expect(getEventListeners(other, 'abort')).toEqual([]);
});

test('A signal that follows others no longer aborts once it is released', () => {
  const followed = new AbortController();
  const { signal, release } = anySignal([followed.signal]);
  release();
  followed.abort();
  expect(signal.aborted).toBe(false);
});
