/** Finds out which late syntax a text needs. */
import { isCommonCharacter } from '../common-characters.js';

export interface LateParts {
  readonly hasRareSyntax: boolean;
  readonly hasRareCharacters: boolean;
}

export const NO_LATE_PARTS: LateParts = { hasRareSyntax: false, hasRareCharacters: false };

/** The start of a footnote, a formula (or a price), or a tag. */
const RARE_SYNTAX_START = /\[\^[^\s[\]]|\$|\\[([]|<[A-Za-z/!?]/;

/** CommonMark's form of character references: at most 31 characters, of which the first is a letter. */
const REFERENCE = /&([A-Za-z][A-Za-z\d]{1,30});/g;

/** The longest match of both expressions. A new search begins so many characters before the end of the last one. */
const MAX_MATCH_LENGTH = 33;

/** Returns what `text` needs. `known`: what its first `readLength` characters need; the same object is returned if nothing is added. */
export function findLateParts(text: string, readLength = 0, known: LateParts = NO_LATE_PARTS): LateParts {
  const rest = text.slice(Math.max(0, readLength - MAX_MATCH_LENGTH));
  const hasRareSyntax = known.hasRareSyntax || RARE_SYNTAX_START.test(rest);
  const hasRareCharacters = known.hasRareCharacters || hasRareReference(rest);
  const isSame = hasRareSyntax === known.hasRareSyntax && hasRareCharacters === known.hasRareCharacters;
  return isSame ? known : { hasRareSyntax, hasRareCharacters };
}

function hasRareReference(text: string): boolean {
  if (!text.includes('&')) return false;
  return Array.from(text.matchAll(REFERENCE)).some(([, name = '']) => !isCommonCharacter(name));
}
