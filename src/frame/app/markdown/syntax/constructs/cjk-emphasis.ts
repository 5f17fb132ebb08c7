/**
 * Emphasis and strikethrough as in `micromark-extension-cjk-friendly` and `…-cjk-friendly-gfm-strikethrough`, whose examples it passes: a mark beside
 * CJK punctuation opens and closes like one beside a CJK letter. A fifth of their size: micromark's own code resolves the marks, and a regular
 * expression recognises CJK characters.
 */
import { attention } from 'micromark-core-commonmark';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { markdownLineEndingOrSpace } from 'micromark-util-character';
import type { Code, Construct, Extension, State, TokenizeContext, Tokenizer } from 'micromark-util-types';

const WHITE_SPACE = 1;
const PUNCTUATION = 2;
const CJK = 4;
/** Variation selectors: an ideographic one counts as a letter; in place of any other, the character before it counts. */
const IDEOGRAPHIC_SELECTOR = 8;
const OTHER_SELECTOR = 16;

/**
 * Characters of full width, wide or half-width (Unicode, East Asian Width), or Hangul; beyond the extension, those of Thai, Lao, Tibetan, Burmese and
 * Khmer, which have no spaces between words either, and quotation marks, dashes and ellipses, of which Chinese has none of its own.
 */
const IS_CJK =
  /[\u0e00-\u109f\u1780-\u17ff\u2014\u2018-\u201d\u2026\u1100-\u11ff\u20a9\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\u321e\u3220-\u3247\u3250-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uffef\u{16fe0}-\u{1b2ff}\u{1d300}-\u{1d376}\u{1f1ae}\u{1f200}-\u{1f265}\u{1f6d9}\u{1f7da}\u{1fa8b}-\u{1fa8d}\u{1facc}\u{1fadd}\u{1faeb}\u{1faf9}\u{1fafa}\u{20000}-\u{3fffd}]/u;

export function cjkEmphasis(): Extension {
  const emphasis: Construct = { ...attention, tokenize: tokenizeEmphasis };
  // Only with two tildes, as in the SDK: `3~5` is a range.
  const { resolveAll } = (gfmStrikethrough({ singleTilde: false }).insideSpan?.null?.[0] ?? {}) as Construct;
  const strikethrough: Construct = { name: 'strikethrough', tokenize: tokenizeStrikethrough, ...(resolveAll && { resolveAll }) };
  return {
    text: { 42: emphasis, 95: emphasis, 126: strikethrough },
    insideSpan: { null: [emphasis, strikethrough] },
    attentionMarkers: { null: [126] },
  };
}

const tokenizeEmphasis: Tokenizer = function (effects, ok) {
  const readNext = (code: Code): number => classifyAfter(this, code);
  const { previous } = this;
  const before = classifyBefore(this);
  let marker: Code = null;
  return start;

  function start(code: Code): State | undefined {
    marker = code;
    effects.enter('attentionSequence');
    return inside(code);
  }

  function inside(code: Code): State | undefined {
    if (code === marker) {
      effects.consume(code);
      return inside;
    }
    const token = effects.exit('attentionSequence');
    const after = readNext(code);
    const { canOpen, canClose } = flank(before, after);
    // Before a tilde, a mark can always open; after one, it can always close.
    const [open, close] = [canOpen || code === 126, canClose || previous === 126];
    token._open = open && (marker === 42 || isSpaceOrPunctuation(before) || !close);
    token._close = close && (marker === 42 || isSpaceOrPunctuation(after) || !open);
    return ok(code);
  }
};

const tokenizeStrikethrough: Tokenizer = function (effects, ok, nok) {
  const { previous, events } = this;
  const readNext = (code: Code): number => classifyAfter(this, code);
  const before = classifyBefore(this);
  let size = 0;
  return start;

  function start(code: Code): State | undefined {
    if (previous === 126 && events[events.length - 1]?.[1].type !== 'characterEscape') return nok(code);
    effects.enter('strikethroughSequenceTemporary');
    return inside(code);
  }

  function inside(code: Code): State | undefined {
    if (code === 126 && size < 2) {
      size += 1;
      effects.consume(code);
      return inside;
    }
    if (code === 126 || size < 2) return nok(code);
    const token = effects.exit('strikethroughSequenceTemporary');
    const { canOpen, canClose } = flank(before, readNext(code));
    token._open = canOpen;
    token._close = canClose;
    return ok(code);
  }
};

function flank(before: number, after: number): { readonly canOpen: boolean; readonly canClose: boolean } {
  const [isBeforeMark, isAfterMark] = [isOtherPunctuation(before), isOtherPunctuation(after)];
  const isBeforeApart = isBeforeMark || before === WHITE_SPACE;
  const isAfterApart = isAfterMark || after === WHITE_SPACE;
  return {
    canOpen: !isAfterApart || (isAfterMark && (isBeforeApart || (before & (CJK | IDEOGRAPHIC_SELECTOR)) !== 0)),
    canClose: !isBeforeApart || (isBeforeMark && (isAfterApart || (after & CJK) !== 0)),
  };
}

function isOtherPunctuation(category: number): boolean {
  return (category & (PUNCTUATION | CJK)) === PUNCTUATION;
}

function isSpaceOrPunctuation(category: number): boolean {
  return (category & (WHITE_SPACE | PUNCTUATION)) !== 0;
}

function classifyBefore(context: TokenizeContext): number {
  const end = context.now();
  if (context.previous === null || context.previous < 0 || end._bufferIndex < 1) return WHITE_SPACE;
  // Two characters, of up to two UTF-16 units each.
  const text = context.sliceSerialize({ start: { ...end, _bufferIndex: Math.max(0, end._bufferIndex - 4) }, end });
  const [last = '', secondLast = ''] = Array.from(text).reverse();
  const category = classify(last);
  if (category !== OTHER_SELECTOR || secondLast === '' || classify(secondLast) === WHITE_SPACE) return category;
  return classify(secondLast) & ~IDEOGRAPHIC_SELECTOR;
}

function classifyAfter(context: TokenizeContext, code: Code): number {
  if (code === null || markdownLineEndingOrSpace(code)) return WHITE_SPACE;
  if (code < 0xd800 || code > 0xdbff) return classify(String.fromCharCode(code));
  const start = context.now();
  return classify(context.sliceSerialize({ start, end: { ...start, _bufferIndex: start._bufferIndex + 2 } }));
}

function classify(character: string): number {
  if (/\s/.test(character)) return WHITE_SPACE;
  if (/[\ufe00-\ufe0e]/.test(character)) return OTHER_SELECTOR;
  if (/[\u{e0100}-\u{e01ef}]/u.test(character)) return IDEOGRAPHIC_SELECTOR;
  const isCjk = IS_CJK.test(character) && !/\p{Emoji_Presentation}/u.test(character);
  return (isCjk ? CJK : 0) | (/[\p{P}\p{S}]/u.test(character) ? PUNCTUATION : 0);
}
