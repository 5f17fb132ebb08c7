import { expect, it, vi } from 'vitest';
import { createKeySetFetch } from '../../../../src/server/identity/key-set-fetch.js';

const ADDRESS = 'https://site.example/keys';

const DEAF_FETCHES = [
  ['never responds', () => new Promise<Response>(() => undefined)],
  ['never ends its response', () => Promise.resolve(new Response(new ReadableStream()))],
] as const;

it.each(DEAF_FETCHES)('A fetch that %s and listens to no signal is left at its abort, and asked again after the pause', async (_, deaf) => {
  let nowMs = 0;
  const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(Response.json({ keys: [] }))).mockImplementationOnce(deaf);
  const fetchKeySet = createKeySetFetch(fetch, () => nowMs);
  const ask = (signal: AbortSignal) => fetchKeySet(ADDRESS, { headers: new Headers(), method: 'GET', redirect: 'manual', signal });
  const timeout = new AbortController();
  const first = ask(timeout.signal);
  timeout.abort(new Error('timeout'));
  await expect(first).rejects.toThrow('timeout');
  nowMs = 10_000;
  expect(await (await ask(new AbortController().signal)).json()).toEqual({ keys: [] });
});
