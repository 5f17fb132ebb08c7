/** Which of the syntax that few texts have a text needs. */
import { isCommonCharacter } from '../common-characters.js';

export interface LateParts {
  readonly hasRareSyntax: boolean;
  readonly hasRareCharacters: boolean;
}

export const NO_LATE_PARTS: LateParts = { hasRareSyntax: false, hasRareCharacters: false };

/** Of a footnote, a formula (or a price), a tag. */
const SIGN = /\[\^[^\s[\]]|\$|\\[([]|<[A-Za-z/!?]/;

/** As CommonMark has them: 31 characters at most, a letter first. */
const REFERENCE = /&([A-Za-z][A-Za-z\d]{1,30});/g;

/** No sign of these parts is longer. */
const MAX_SIGN_LENGTH = 33;

/** What is met in `text`, or was `known` of its first `readLength` characters. */
export function findLateParts(text: string, readLength = 0, known: LateParts = NO_LATE_PARTS): LateParts {
  const rest = text.slice(Math.max(0, readLength - MAX_SIGN_LENGTH));
  const hasRareSyntax = known.hasRareSyntax || SIGN.test(rest);
  const hasRareCharacters = known.hasRareCharacters || hasRareReference(rest);
  const isSame = hasRareSyntax === known.hasRareSyntax && hasRareCharacters === known.hasRareCharacters;
  return isSame ? known : { hasRareSyntax, hasRareCharacters };
}

function hasRareReference(text: string): boolean {
  if (!text.includes('&')) return false;
  return Array.from(text.matchAll(REFERENCE)).some(([, name = '']) => !isCommonCharacter(name));
}
