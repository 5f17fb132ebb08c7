/**
 * Finds the parts of code that get colours: comments, strings, numbers, keywords, names. With the patterns of highlighting libraries, the time for a
 * malicious text grows with the square of its length, or faster. This reads each character once, and all languages together are smaller than the core
 * of one library. Loaded with the first block of code.
 */
import { findLanguage, type Grammar, type Language } from './code-languages.js';

export type ColouredText = string | { readonly className: string; readonly text: string };

type Kind = 'comment' | 'string' | 'number' | 'keyword' | 'name' | 'removed';

const WORD_CHARACTER = /[\p{L}\d_]/u;

/** Splits code into plain and coloured parts; `undefined` if the language is unknown. */
export function colour(language: string, source: string): readonly ColouredText[] | undefined {
  const known = findLanguage(language.toLowerCase());
  if (known === undefined) return undefined;
  const parts: ColouredText[] = [];
  let plainStart = 0;
  let index = 0;
  while (index < source.length) {
    const end = findTokenEnd(source, index, known.grammar);
    const kind = findKind(source, index, end, known);
    if (kind !== undefined) {
      if (index > plainStart) parts.push(source.slice(plainStart, index));
      parts.push({ className: `md-code__${kind}`, text: source.slice(index, end) });
      plainStart = end;
    }
    index = end;
  }
  if (plainStart < source.length) parts.push(source.slice(plainStart));
  return parts;
}

/** Always greater than `start`. */
function findTokenEnd(source: string, start: number, grammar: Grammar): number {
  const { blockComment, quotes, multiline } = grammar;
  if (isLineComment(source, start, grammar) || isChange(source, start, grammar)) return findEnd(source, '\n', start, 0);
  if (blockComment !== undefined && source.startsWith(blockComment[0], start)) {
    return findEnd(source, blockComment[1], start + blockComment[0].length, blockComment[1].length);
  }
  const quote = quotes.find((each) => source.startsWith(each, start));
  if (quote !== undefined) return findStringEnd(source, start + quote.length, quote, multiline.includes(quote));
  let end = start + 1;
  const isTag = isTagStart(source, start, grammar);
  if (!isTag && !isInWord(source.charAt(start), grammar)) return end;
  const isNumber = /\d/.test(source.charAt(start));
  while (
    end < source.length &&
    (isInWord(source.charAt(end), grammar) || (isNumber && source.charAt(end) === '.') || (isTag && end === start + 1))
  )
    end += 1;
  return end;
}

function findKind(source: string, start: number, end: number, { grammar, keywords }: Language): Kind | undefined {
  const first = source.charAt(start);
  if (isChange(source, start, grammar)) return first === '+' ? 'string' : 'removed';
  const isBlockComment = grammar.blockComment !== undefined && source.startsWith(grammar.blockComment[0], start);
  if (isBlockComment || isLineComment(source, start, grammar)) return 'comment';
  const next = source.slice(end, end + 2);
  const isKey = /^:(?:\s|$)/.test(next);
  if (grammar.quotes.some((quote) => source.startsWith(quote, start))) return isKey ? 'name' : 'string';
  if (isTagStart(source, start, grammar)) return 'keyword';
  if (/\d/.test(first)) return 'number';
  if (!isInWord(first, grammar) || end - start > MAX_NAME_LENGTH) return undefined;
  const word = source.slice(start, end);
  if (keywords.has(word) || keywords.has(word.toLowerCase()) || keywords.has(word.toUpperCase())) return 'keyword';
  return isKey || next.startsWith('(') || next.startsWith('=') ? 'name' : undefined;
}

const MAX_NAME_LENGTH = 64;

/** A `#` directly after another character, such as in a word, begins no comment. */
function isLineComment(source: string, start: number, { lineComments }: Grammar): boolean {
  const isAfterWord = start > 0 && /\S/.test(source.charAt(start - 1));
  return lineComments.some((mark) => source.startsWith(mark, start) && !(mark === '#' && isAfterWord));
}

function isChange(source: string, start: number, { isDiff }: Grammar): boolean {
  return isDiff === true && '+-'.includes(source.charAt(start)) && (start === 0 || source.charAt(start - 1) === '\n');
}

function isTagStart(source: string, start: number, { hasTags }: Grammar): boolean {
  return hasTags === true && source.charAt(start) === '<' && /[\w/!?]/.test(source.charAt(start + 1));
}

function isInWord(character: string, { inWords }: Grammar): boolean {
  return character !== '' && (WORD_CHARACTER.test(character) || inWords.includes(character));
}

function findEnd(source: string, mark: string, from: number, length: number): number {
  const index = source.indexOf(mark, from);
  return index === -1 ? source.length : index + length;
}

/** A string that is not closed ends with its line, or with the text. */
function findStringEnd(source: string, start: number, quote: string, isMultiline: boolean): number {
  for (let index = start; index < source.length; index += 1) {
    const character = source.charAt(index);
    if (character === '\\') index += 1;
    else if (source.startsWith(quote, index)) return index + quote.length;
    else if (character === '\n' && !isMultiline) return index;
  }
  return source.length;
}
