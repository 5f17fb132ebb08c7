import { describe, expect, it } from 'vitest';
import { NewestConversation } from '../../../src/session/newest-conversation.js';

const STORAGE_KEY = 'coze-chat-embed:newest';

function arrange() {
  const kept = new Map<string, string>();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  let seed = 0.1;
  const of = (scope: string | undefined, where: typeof storage | undefined = storage) =>
    new NewestConversation({ scope, storage: where, random: () => (seed += 0.01) });
  return { kept, storage, of };
}

describe('A visitor’s newest conversation', () => {
  it('A remembered conversation is known at the next visit, with the same tag for its list', async () => {
    const { of } = arrange();
    const first = of('alice and the bot');
    const { id, tag } = await first.remembered;
    expect(id).toBe('');
    await first.remember('741');
    expect(await of('alice and the bot').remembered).toEqual({ id: '741', tag });
  });

  it('A remembered conversation is unknown to other visitors, whose list has another tag', async () => {
    const { of } = arrange();
    const alice = of('alice and the bot');
    await alice.remember('741');
    const bob = await of('bob and the bot').remembered;
    expect(bob.id).toBe('');
    expect(bob.tag).not.toBe((await alice.remembered).tag);
  });

  it('A remembered conversation replaces the one before', async () => {
    const { of } = arrange();
    await of('alice').remember('741');
    await of('alice').remember('742');
    expect((await of('alice').remembered).id).toBe('742');
  });

  it('A remembered conversation is stored without the names of visitor and bot', async () => {
    const { of, kept } = arrange();
    await of('alice and the bot').remember('741');
    expect([...kept.values()].join()).not.toMatch(/alice|bot/);
  });

  it('A conversation is not stored if its visitor is unknown or its id is invalid', async () => {
    const { of, kept } = arrange();
    await of(undefined).remember('741');
    for (const id of ['', '"><b>', '<b>741', '741<b>', '7'.repeat(65)]) await of('alice').remember(id);
    expect(kept.size).toBe(0);
  });

  it('Conversations are stored for the twenty latest visitors and bots', async () => {
    const { of } = arrange();
    for (let visitor = 0; visitor < 21; visitor++) await of(`visitor ${visitor}`).remember(`${visitor}`);
    expect((await of('visitor 0').remembered).id).toBe('');
    expect((await of('visitor 1').remembered).id).toBe('1');
  });

  it.each(['{', '[1,["a","<b>","c"]]', 'null', '["abc"]', '[[1,"741","c"]]'])(
    'No conversation is known if the browser has stored %s, which the next entry replaces',
    async (text) => {
      const { of, kept } = arrange();
      kept.set(STORAGE_KEY, text);
      expect((await of('alice').remembered).id).toBe('');
      await of('alice').remember('741');
      expect((await of('alice').remembered).id).toBe('741');
      expect([...kept.keys()]).toEqual([STORAGE_KEY]);
      expect(JSON.parse(kept.get(STORAGE_KEY) ?? '')).toHaveLength(1);
    },
  );

  it.each([
    ['741', 'tag'],
    ['<b>741', 'tag'],
    ['741<b>', 'tag'],
    ['741', '&limit=1'],
    ['741', 'tag&limit=1'],
  ])('An entry with the id %s and the tag %s is read only if both have the allowed form', async (id, tag) => {
    const { of, kept } = arrange();
    await of('alice').remember('740');
    const [[key]] = JSON.parse(kept.get(STORAGE_KEY) ?? '') as [[string]];
    kept.set(STORAGE_KEY, JSON.stringify([[key, id, tag]]));
    const remembered = await of('alice').remembered;
    if (id === '741' && tag === 'tag') expect(remembered).toEqual({ id, tag });
    else expect([remembered.id, remembered.tag === tag]).toEqual(['', false]);
  });

  it('No conversation is known if the browser forbids its storage', async () => {
    const forbidden = () => {
      throw new DOMException('', 'SecurityError');
    };
    const { of } = arrange();
    const newest = of('alice', { getItem: forbidden, setItem: forbidden });
    expect((await newest.remembered).id).toBe('');
    await expect(newest.remember('741')).resolves.toBeUndefined();
  });
});
