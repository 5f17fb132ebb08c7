/** Finds references whose definitions may still arrive. */
import { normalizeIdentifier } from 'micromark-util-normalize-identifier';
import type { PendingLabels } from '../parsed-piece.js';

/** Longest label in CommonMark. */
const MAX_LABEL_LENGTH = 999;

/**
 * Returns the labels of `[text][label]`, `[label][]` and `[^label]`. Leaves out `[label]` alone, which usually is no reference: `5 [1]` must not be
 * shown as `5 1` meanwhile. Leaves out brackets directly after a word, too, because they are indexes, as in `a[i][j]`.
 */
export function findPendingLabels(source: string): PendingLabels {
  const links: string[] = [];
  const footnotes: string[] = [];
  let previous: { readonly end: number; readonly isIndex: boolean } | undefined;
  for (const { label, start, end } of readBrackets(source)) {
    const before = source.charAt(start - 1);
    const isIndex = previous?.end === start ? previous.isIndex : /\w/.test(before);
    previous = { end, isIndex };
    const isCollapsed = source.startsWith('[]', end);
    // Brackets before an address are rather a link of their own: `[1][text](https://…`.
    const hasAddress = source.charAt(isCollapsed ? end + '[]'.length : end) === '(';
    if (!hasAddress && !isIndex && (isCollapsed || before === ']')) links.push(normalizeIdentifier(label));
    if (/^\^\S+$/.test(label)) footnotes.push(normalizeIdentifier(label.slice(1)));
  }
  return { links, footnotes };
}

/** All labels that a text may refer to; those of footnotes begin with `^`. */
export function findLabels(source: string): ReadonlySet<string> {
  return new Set(Array.from(readBrackets(source), ({ label }) => normalizeIdentifier(label)));
}

interface Bracket {
  readonly label: string;
  readonly start: number;
  /** After the closing bracket. */
  readonly end: number;
}

/** Finds brackets that contain no other brackets. */
function* readBrackets(source: string): Generator<Bracket> {
  let start = -1;
  for (let index = source.indexOf('['); index >= 0 && index < source.length; index += 1) {
    const character = source.charAt(index);
    if (character === '\\') index += 1;
    else if (character === '[') start = index;
    else if (character === ']') {
      const label = start < 0 ? '' : source.slice(start + 1, index);
      if (label !== '' && label.length <= MAX_LABEL_LENGTH) yield { label, start, end: index + 1 };
      start = -1;
    }
  }
}
