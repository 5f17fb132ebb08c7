// @vitest-environment happy-dom
import { characterEntities } from 'character-entities';
import { describe, expect, it } from 'vitest';
import {
  decodeNamedCharacterReference,
  hasRareName,
  loadRareNames,
} from '../../../../../src/frame/app/markdown/syntax/named-characters.js';

describe('The names of characters', () => {
  it('are those that answers have from the start, and all of HTML once they are loaded', async () => {
    const known = Object.keys(characterEntities).filter((name) => decodeNamedCharacterReference(name) !== false);
    expect(known).toEqual(expect.arrayContaining(['amp', 'lt', 'gt', 'quot', 'apos', 'nbsp', 'mdash', 'hellip', 'rarr', 'le']));
    expect(known.length).toBeLessThan(100);
    for (const name of known) expect([name, decodeNamedCharacterReference(name)]).toEqual([name, characterEntities[name]]);
    expect(decodeNamedCharacterReference('Dcaron')).toBe(false);
    expect(hasRareName('&nbsp; & &amp; &copy &x')).toBe(false);
    expect(hasRareName('a &Dcaron; b')).toBe(true);

    await loadRareNames();
    for (const [name, character] of Object.entries(characterEntities)) expect(decodeNamedCharacterReference(name)).toBe(character);
    expect(hasRareName('a &Dcaron; b')).toBe(false);
  });

  it.each(['constructor', '__proto__', 'toString'])('are not %s', (name) => {
    expect(decodeNamedCharacterReference(name)).toBe(false);
  });
});
