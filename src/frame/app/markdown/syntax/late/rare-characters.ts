/** All 2 125 named character references of HTML. Loaded when a text contains one that is not common. */
import type { LateSyntax } from './late-syntax.js';
import { PACKED_REFERENCES } from './packed-references.js';
import { rareReferences, rareReferencesFromMarkdown } from './rare-references.js';

const CHARACTERS = unpack(PACKED_REFERENCES);

export const RARE_CHARACTERS: LateSyntax = {
  syntax: () => [rareReferences(CHARACTERS)],
  fromMarkdown: [rareReferencesFromMarkdown(CHARACTERS)],
};

/** Unpacks the format of `packCharacterReferences` in `build/character-references.ts`. */
function unpack(packed: string): ReadonlyMap<string, string> {
  const characters = new Map<string, string>();
  let codePoint = 0;
  for (const entry of packed.split(',')) {
    const names = entry.replace(/^[\d.]+/, '');
    const number = entry.slice(0, entry.length - names.length);
    const isSequence = number.includes('.');
    if (!isSequence) codePoint += Number(number || 1);
    const text = String.fromCodePoint(...(isSequence ? number.split('.').map(Number) : [codePoint]));
    for (const name of names.split(' ')) characters.set(name, text);
  }
  return characters;
}
