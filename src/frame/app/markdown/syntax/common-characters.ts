/**
 * Decodes common character references, such as `&nbsp;`. The build puts this in place of `decode-named-character-reference`, which writes the name
 * into `innerHTML`, or contains all 2 125 names, a quarter of the size of the Markdown code. The other names are in `late/`.
 */

/** Names of characters in the order of Unicode. A name without a code belongs to the character after the previous one. */
const COMMON_NAMES =
  '22:quot 26:amp apos 3c:lt 3e:gt a0:nbsp a2:cent pound a5:yen a7:sect a9:copy ab:laquo ad:shy reg b0:deg plusmn sup2 sup3 b5:micro para ' +
  'middot bb:raquo bd:frac12 d7:times f7:divide 2002:ensp emsp 2009:thinsp 200c:zwnj zwj lrm rlm 2013:ndash mdash 2018:lsquo rsquo ' +
  '201c:ldquo rdquo 2022:bull 2026:hellip 20ac:euro 2122:trade 2190:larr uarr rarr darr 21d2:rArr 2212:minus 221a:radic 221e:infin ' +
  '2248:asymp 2260:ne 2264:le ge';

const CHARACTERS: ReadonlyMap<string, string> = unpack(COMMON_NAMES);

/** `name` has neither `&` nor `;`. Returns `false` if it is not common. */
export function decodeNamedCharacterReference(name: string): string | false {
  return CHARACTERS.get(name) ?? false;
}

export function isCommonCharacter(name: string): boolean {
  return CHARACTERS.has(name);
}

function unpack(names: string): ReadonlyMap<string, string> {
  const characters = new Map<string, string>();
  let code = 0;
  for (const entry of names.split(' ')) {
    const [first = '', name] = entry.split(':');
    code = name === undefined ? code + 1 : Number.parseInt(first, 16);
    characters.set(name ?? first, String.fromCharCode(code));
  }
  return characters;
}
