/**
 * Looks ahead for the end of a formula in a text. So that prices are no formulas, pandoc's rule is extended: a formula in single dollars has no
 * white space directly inside its marks, no letter or digit directly outside, and is neither an amount of money nor prose.
 */
import { asciiAlphanumeric, asciiDigit, markdownLineEndingOrSpace } from 'micromark-util-character';
import type { Code, Effects, State, TokenizeContext } from 'micromark-util-types';
import { UNSPACED_LETTER } from '../constructs/scripts.js';

/** Longest formula in single dollars. */
const MAX_INLINE_LENGTH = 1_000;

/** A number, and something that follows an amount but not a term: a word, the end of a sentence, the end of a bracket or of emphasis. */
const MONEY = new RegExp(
  `^\\d[\\d.,]*(?:(?<=[.,])\\s|[;:!?]\\s|[)\\]*~"']|\\s+[a-z]{2}|\\s*/\\s*[a-z]{2}|\\s*/?\\s*(?:${UNSPACED_LETTER.source}|[\\u3000-\\u303f\\uff01-\\uff20]))`,
  'iu',
);

/** Number of characters that are tested for {@link MONEY} before the closing mark is found. */
const MONEY_LENGTH = 24;

/** Characters that only formulas contain. */
const TEX = /[\\^_={}<>|+]/;

/** A text with more words or letters than this, and no character of {@link TEX}, is prose. */
const MAX_WORDS = 3;
const MAX_UNSPACED_LETTERS = 8;

/** `_mathWithout`: closing marks that a search up to the end of the context has not found. They are not searched for again. */
type MathContext = TokenizeContext & { _mathWithout?: Set<string> };

export interface Search {
  readonly marker: 36 | 92;
  readonly before: Code;
  readonly openEnd: number | undefined;
  /** The result: length of each mark and of the value, in codes, and whether the formula is not closed yet. */
  readonly result: { marker: number; value: number; isOpen: boolean };
}

/** Searches for the closing mark, and decides whether the text before it is a formula. */
export function lookAhead(
  context: MathContext,
  probe: Effects,
  isFormula: State,
  isNone: State,
  { marker, before, openEnd, result }: Search,
): State {
  /** The closing mark: `$`, `$$`, `)` or `]`, the latter two after a backslash. */
  let closing = '';
  let value = '';
  let wordCount = 0;
  let unspacedCount = 0;
  return start;

  function start(code: Code): State | undefined {
    if (code === 36 && before === 36) return isNone(code);
    probe.enter('mathTextMarker');
    probe.consume(code);
    return second;
  }

  function second(code: Code): State | undefined {
    if (code !== null && (marker === 36 ? code === 36 : code === 40 || code === 91)) {
      closing = code === 36 ? '$$' : code === 40 ? ')' : ']';
      result.marker = 2;
      probe.consume(code);
      return opened;
    }
    if (marker === 92) return isNone(code);
    closing = '$';
    result.marker = 1;
    return opened(code);
  }

  function opened(code: Code): State | undefined {
    const isNoStart = marker === 36 && (code === 36 || (closing === '$' && !opensInline(code)));
    return isNoStart || context._mathWithout?.has(closing) === true ? isNone(code) : inside(code);
  }

  function opensInline(code: Code): boolean {
    if (code === null) return true;
    return !markdownLineEndingOrSpace(code) && (!asciiAlphanumeric(before) || (asciiDigit(before) && code === 92));
  }

  function inside(code: Code): State | undefined {
    if (code === null) return end(code);
    if (code === 36 && closing === '$') {
      if (/\s$/.test(value) || value === '') return isNone(code);
      probe.consume(code);
      return after;
    }
    if (code === 36 && closing === '$$') {
      probe.consume(code);
      return afterDollar;
    }
    if (closing === '$' && (code === 96 || isNoFormula(code))) return isNone(code);
    return take(code, code === 92 ? afterBackslash : inside);
  }

  function afterDollar(code: Code): State | undefined {
    if (code === 36) {
      probe.consume(code);
      return after;
    }
    result.value += 1;
    value += '$';
    return inside(code);
  }

  /** A backslash escapes the next character, or begins the closing mark. */
  function afterBackslash(code: Code): State | undefined {
    if (code === null) return end(code);
    if (marker === 92 && code === closing.charCodeAt(0)) {
      result.value -= 1;
      value = value.slice(0, -1);
      probe.consume(code);
      return after;
    }
    return take(code, inside);
  }

  function after(code: Code): State | undefined {
    const isNoFormulaAtAll = value.replace(/[\\\s]/g, '') === '' || (closing === '$' && (asciiAlphanumeric(code) || isMoney()));
    return isNoFormulaAtAll ? isNone(code) : done(code);
  }

  function take(code: NonNullable<Code>, next: State): State {
    result.value += 1;
    value += code < 0 ? ' ' : String.fromCharCode(code);
    probe.consume(code);
    return next;
  }

  function isMoney(): boolean {
    return MONEY.test(value);
  }

  function isNoFormula(code: NonNullable<Code>): boolean {
    if (value.length > MAX_INLINE_LENGTH || (value.length < MONEY_LENGTH && asciiDigit(value.charCodeAt(0)) && isMoney())) return true;
    if (code > 0x0e00 && UNSPACED_LETTER.test(String.fromCharCode(code))) unspacedCount += 1;
    if ((code < 0 || code === 32) && /[a-z]{2}[,.;:!?]?$/i.test(value.slice(-4))) wordCount += 1;
    return (wordCount > MAX_WORDS || unspacedCount > MAX_UNSPACED_LETTERS) && !TEX.test(value);
  }

  function end(code: Code): State | undefined {
    (context._mathWithout ??= new Set()).add(closing);
    result.isOpen = context.now().offset === openEnd && !(closing === '$' && isMoney());
    return result.isOpen ? done(code) : isNone(code);
  }

  function done(code: Code): State | undefined {
    probe.exit('mathTextMarker');
    return isFormula(code);
  }
}
