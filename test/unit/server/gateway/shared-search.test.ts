/** Calls of one visitor for the same conversation share one search for its owner. */
import { afterEach, expect, it, vi } from 'vitest';
import { type OwnedPage, Ownership } from '../../../../src/server/gateway/upstream/ownership.js';

afterEach(() => vi.useRealTimers());

const ALICE = { subject: 's', sessionName: 's', user: { id: 'alice' }, bots: ['7400'], apps: [] };

function arrange() {
  const searches: { readonly find: (ids: readonly string[]) => void; readonly fail: () => void }[] = [];
  const list = (_visitor: unknown, _botId: string, _page: number, signal: AbortSignal): Promise<OwnedPage> =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      searches.push({ find: (ids) => resolve({ ids, hasMore: false }), fail: () => reject(new Error('no answer')) });
    });
  const ownership = new Ownership({ list, now: () => 0 });
  const ask = (signal = new AbortController().signal) =>
    ownership.require(ALICE, '1', signal).then(
      () => 'owned',
      (error: unknown) => (error as Error).message,
    );
  return { searches, ask };
}

it('Several calls for the same conversation share one search', async () => {
  const { searches, ask } = arrange();
  const all = [ask(), ask(), ask()];
  await expect.poll(() => searches.length).toBe(1);
  searches[0]?.find(['1']);
  expect([await Promise.all(all), searches.length]).toEqual([['owned', 'owned', 'owned'], 1]);
});

it('An aborted call does not abort the other calls that wait for the same search', async () => {
  const { searches, ask } = arrange();
  const [first, second] = [new AbortController(), new AbortController()];
  const all = [ask(first.signal), ask(second.signal), ask(), ask()];
  await expect.poll(() => searches.length).toBe(1);
  second.abort();
  first.abort();
  await expect.poll(() => searches.length).toBe(2);
  searches[1]?.find(['1']);
  expect([await Promise.all(all), searches.length]).toEqual([['aborted', 'aborted', 'owned', 'owned'], 2]);
});

it('A failed search fails all calls that wait for it and is not repeated for each', async () => {
  const { searches, ask } = arrange();
  const all = [ask(), ask(), ask()];
  await expect.poll(() => searches.length).toBe(1);
  searches[0]?.fail();
  expect([await Promise.all(all), searches.length]).toEqual([['no answer', 'no answer', 'no answer'], 1]);
});

it('A visitor who tries many ids is limited to twenty searches a minute', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  let requests = 0;
  const list = (): Promise<OwnedPage> => Promise.resolve({ ids: ['7'], hasMore: (requests += 1) > 0 });
  const ownership = new Ownership({ list, now: () => Date.now() });
  const ask = (id: number, subject = 's') =>
    ownership.require({ ...ALICE, subject }, String(id), new AbortController().signal).catch((error: unknown) => (error as Error).message);
  const tried = await Promise.all(Array.from({ length: 50 }, (_, index) => ask(100 + index)));
  expect([tried.filter((reason) => reason === 'visitor_limited').length, requests]).toEqual([30, 800]);
  expect([await ask(7), await ask(7, 'another'), await ask(200, 'third')]).toEqual([
    undefined,
    'conversation_foreign',
    'conversation_foreign',
  ]);
  vi.advanceTimersByTime(60_000);
  expect(await ask(300)).toBe('conversation_foreign');
});
