/**
 * Markdown as one would read it out. Bots repeat themselves, and write what others have given them: the time must grow with the length
 * of the text alone, since the frame shares its thread with the page.
 */

/** A screen reader takes about two minutes for it, and nobody can leave a live region. */
const MAX_SPOKEN_LENGTH = 2_000;

const FENCE = /^(?:```|~~~)/;
/** Of headings, quotes and lists. */
const BLOCK_SIGN = /^(?:#{1,6}|>|[-*+])\s+/;
/** The line below a table's head, and rules across the page, once the blanks between are gone. */
const TABLE_DELIMITER = /^[-:]*\|[-:|]*$/;
const RULE = /^[-*_]{3,}$/;

/** Over the whole text, one after the other. */
const inlineSigns: readonly (readonly [sign: RegExp, spoken: string])[] = [
  // Pictures and links, by their text: a picture may be what a link shows
  [/!\[([^[\]]*)\]\((?:[^()]|\([^()]*\))*\)/g, '$1'],
  [/\[([^[\]]*)\]\((?:[^()]|\([^()]*\))*\)/g, '$1'],
  // Emphasis, struck out text, code
  [/\*\*|__|~~|`/g, ''],
  [/(^|\W)([*_])([^\s*_][^*_]*)\2(?!\w)/g, '$1$3'],
  // Cells of a table
  [/\|/g, ' '],
];

export function markdownToSpeech(markdown: string): string {
  const lines = markdown.split('\n').map(withoutBlockSign).join('\n');
  const signless = inlineSigns.reduce((text, [sign, word]) => text.replace(sign, word), lines);
  const spoken = signless.replace(/\s+/g, ' ').trim();
  return spoken.length > MAX_SPOKEN_LENGTH ? shorten(spoken) : spoken;
}

function withoutBlockSign(line: string): string {
  const text = line.trim();
  const signs = text.replace(/\s/g, '');
  const isSilent = FENCE.test(text) || RULE.test(signs) || (signs.includes('-') && TABLE_DELIMITER.test(signs));
  return isSilent ? '' : text.replace(BLOCK_SIGN, '');
}

/** Ends with a whole word, if words have blanks between them, and never with half a character. */
function shorten(spoken: string): string {
  const start = spoken.slice(0, MAX_SPOKEN_LENGTH - 1);
  const lastBlank = start.lastIndexOf(' ');
  const whole = lastBlank > MAX_SPOKEN_LENGTH / 2 ? start.slice(0, lastBlank) : start.replace(/[\uD800-\uDBFF]$/, '');
  return `${whole}…`;
}
