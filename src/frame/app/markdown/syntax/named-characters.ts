/**
 * What the names of characters stand for, as in `&nbsp;`. Has the exports of `decode-named-character-reference`, in whose place it can be built: that
 * package writes the name into `innerHTML`, or brings all 2 125 names, a quarter of what Markdown weighs. Here are those that answers have; the
 * others are loaded when a text has one.
 */
import { loadChunk } from '../../../platform/load-chunk.js';

/** The names of characters that follow each other in Unicode; the first of a run has its code before it. */
const COMMON_NAMES =
  '22:quot 26:amp apos 3c:lt 3e:gt a0:nbsp a2:cent pound a5:yen a7:sect a9:copy ab:laquo ad:shy reg b0:deg plusmn sup2 sup3 b5:micro para ' +
  'middot bb:raquo bd:frac12 d7:times f7:divide 2002:ensp emsp 2009:thinsp 200c:zwnj zwj lrm rlm 2013:ndash mdash 2018:lsquo rsquo ' +
  '201c:ldquo rdquo 2022:bull 2026:hellip 20ac:euro 2122:trade 2190:larr uarr rarr darr 21d2:rArr 2212:minus 221a:radic 221e:infin ' +
  '2248:asymp 2260:ne 2264:le ge';

/** Constant but for what `loadRareNames` adds. */
const characters = new Map<string, string>();

export function decodeNamedCharacterReference(name: string): string | false {
  return knownCharacters().get(name) ?? false;
}

/** Whether a text has a name that is not known, and that `loadRareNames` may know. */
export function hasRareName(text: string): boolean {
  if (!text.includes('&')) return false;
  return Array.from(text.matchAll(/&([A-Za-z][A-Za-z\d]{1,31});/g)).some(([, name = '']) => !knownCharacters().has(name));
}

/** Afterwards all names of HTML are known; a text that has one must be parsed again. */
export async function loadRareNames(): Promise<void> {
  const { characterEntities } = await loadChunk('character-entities', () => import('character-entities'));
  for (const [name, character] of Object.entries(characterEntities)) characters.set(name, character);
}

function knownCharacters(): ReadonlyMap<string, string> {
  if (characters.size > 0) return characters;
  let code = 0;
  for (const entry of COMMON_NAMES.split(' ')) {
    const [first = '', name] = entry.split(':');
    code = name === undefined ? code + 1 : Number.parseInt(first, 16);
    characters.set(name ?? first, String.fromCharCode(code));
  }
  return characters;
}
