// @vitest-environment happy-dom
/** H4: named characters of Markdown come from a table, not from an HTML parser that a page's Trusted Types forbid. */
import { characterEntities } from 'character-entities';
import { expect, test } from 'vitest';
import { decodeNamedCharacterReference, loadMissingReferences } from '../../../src/frame/app/sdk/overrides/late/character-references.js';

const decodeAll = () => Object.fromEntries(Object.keys(characterEntities).map((name) => [name, decodeNamedCharacterReference(name)]));

test('The names that answers have mean what HTML says from the start, and the others once they are loaded.', async () => {
  const known = Object.entries(decodeAll()).filter(([, text]) => text !== false);
  expect(characterEntities).toMatchObject(Object.fromEntries(known));
  expect(loadMissingReferences('Tom &amp; Jerry &lt; 6 & more; &#35; &;')).toBeUndefined();

  await loadMissingReferences('5 &ngE; 6');
  expect(decodeAll()).toEqual(characterEntities);
});

test.each(['', ' ', 'nosuchname', 'AMPERSAND', 'amp;', 'lt><img src=x', 'constructor', '__proto__', 'toString', '#38', '1', ','])(
  'A name that HTML does not have, such as "%s", means nothing, and is waited for only once.',
  async (name) => {
    await loadMissingReferences('&nosuchname;');
    expect(loadMissingReferences(`&${name};`)).toBeUndefined();
    expect(decodeNamedCharacterReference(name)).toBe(false);
  },
);
