/** Calls of one visitor for the same conversation share one search for its owner. */
import { expect, it } from 'vitest';
import { type OwnedPage, Ownership } from '../../../../src/server/gateway/upstream/ownership.js';

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

it('A search serves all that wait for it', async () => {
  const { searches, ask } = arrange();
  const all = [ask(), ask(), ask()];
  searches[0]?.find(['1']);
  expect([await Promise.all(all), searches.length]).toEqual([['owned', 'owned', 'owned'], 1]);
});

it('A call that goes away takes no other one with it', async () => {
  const { searches, ask } = arrange();
  const [first, second] = [new AbortController(), new AbortController()];
  const all = [ask(first.signal), ask(second.signal), ask(), ask()];
  second.abort();
  first.abort();
  await expect.poll(() => searches.length).toBe(2);
  searches[1]?.find(['1']);
  expect([await Promise.all(all), searches.length]).toEqual([['aborted', 'aborted', 'owned', 'owned'], 2]);
});

it('A failure of the API is not asked for again by each that waited', async () => {
  const { searches, ask } = arrange();
  const all = [ask(), ask(), ask()];
  searches[0]?.fail();
  expect([await Promise.all(all), searches.length]).toEqual([['no answer', 'no answer', 'no answer'], 1]);
});
