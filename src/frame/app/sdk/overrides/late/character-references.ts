/**
 * What `&amp;`, `&nbsp;` and 2123 others mean in Markdown. Built in place of `decode-named-character-reference`, which in browsers asks the HTML
 * parser: a page with Trusted Types forbids that, and what an answer says has no business there. Those that answers have are here, the others come
 * with the first answer that has one.
 */
import { loadChunk } from '../../../../platform/load-chunk.js';

const COMMON = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  plusmn: '±',
  middot: '·',
  times: '×',
  divide: '÷',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  hellip: '…',
  euro: '€',
  larr: '←',
  rarr: '→',
};

/** As CommonMark has them: 31 characters at most, a letter first. */
const REFERENCE = /&([a-z][a-z\d]{1,30});/gi;

const characters = new Map<string, string>(Object.entries(COMMON));

/** Of the table; `settled` also when it could not be had, since asking again would keep an answer from being shown. */
const loading: { promise?: Promise<void>; isSettled?: boolean } = {};

/** Without `&` and `;`. `false` for a name that HTML does not have. */
export function decodeNamedCharacterReference(name: string): string | false {
  return characters.get(name) ?? false;
}

/** What to wait for before `markdown` can be read; `undefined` when there is nothing. Never rejects. */
export function loadMissingReferences(markdown: string): Promise<void> | undefined {
  const isKnown = [...markdown.matchAll(REFERENCE)].every(([, name = '']) => characters.has(name));
  if (isKnown || loading.isSettled === true) return undefined;
  loading.promise ??= loadTable()
    .catch(() => undefined)
    .then(() => void (loading.isSettled = true));
  return loading.promise;
}

async function loadTable(): Promise<void> {
  const packed = await loadChunk('packed-references', () =>
    import('./packed-references.js').then(({ PACKED_REFERENCES }) => PACKED_REFERENCES),
  );
  let codePoint = 0;
  for (const entry of packed.split(',')) {
    const names = entry.replace(/^[\d.]+/, '');
    const number = entry.slice(0, entry.length - names.length);
    const isSequence = number.includes('.');
    if (!isSequence) codePoint += Number(number || 1);
    const text = String.fromCodePoint(...(isSequence ? number.split('.').map(Number) : [codePoint]));
    for (const name of names.split(' ')) characters.set(name, text);
  }
}
