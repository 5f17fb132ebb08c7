/**
 * Bare addresses in a text (GFM's autolink literals). They also end where a sentence continues in a script without spaces.
 *
 * This and the cost are the differences from `micromark-extension-gfm-autolink-literal`: the end of an address is found in one pass, and the finished
 * tree is not searched again.
 */
import type { Extension as FromMarkdownExtension } from 'mdast-util-from-markdown';
import { asciiAlpha, asciiAlphanumeric, markdownLineEndingOrSpace, unicodeWhitespace } from 'micromark-util-character';
import type { Code, Construct, Effects, Extension, State, TokenizeContext } from 'micromark-util-types';
import { emailEnd, webAddressEnd } from './address-end.js';

/** Longest address; limits the cost of an attempt. */
const MAX_ADDRESS_LENGTH = 2_048;

const EMAIL: Construct = {
  name: 'emailLiteral',
  previous: (code) => code !== 47 && !isEmailName(code),
  tokenize(effects, ok, nok) {
    return tokenizeAddress(this, effects, ok, nok, 'emailLiteral', isEmailCharacter, emailEnd);
  },
};

const WEB: Construct = {
  name: 'addressLiteral',
  previous: (code) => !asciiAlpha(code),
  tokenize(effects, ok, nok) {
    return tokenizeAddress(this, effects, ok, nok, 'addressLiteral', isAddressCharacter, webAddressEnd);
  },
};

const WWW: Construct = {
  ...WEB,
  // After the characters of GFM, and after letters and punctuation of scripts without spaces.
  previous: (code) => code === null || markdownLineEndingOrSpace(code) || '(*_[]~'.includes(String.fromCharCode(code)) || code > 0x2000,
};

export function addressLiteral(): Extension {
  const text: Record<number, Construct | Construct[]> = {};
  for (let code = 43; code < 123; code += 1) if (isEmailName(code)) text[code] = EMAIL;
  for (const character of 'hH') text[character.charCodeAt(0)] = [WEB, EMAIL];
  for (const character of 'wW') text[character.charCodeAt(0)] = [WWW, EMAIL];
  return { text };
}

export function addressLiteralFromMarkdown(): FromMarkdownExtension {
  return {
    enter: { addressLiteral: enterLink, emailLiteral: enterLink },
    exit: { addressLiteral: exitLink('http://'), emailLiteral: exitLink('mailto:') },
  };
}

type Handle = NonNullable<FromMarkdownExtension['enter']>[string];

const enterLink: Handle = function (token) {
  this.enter({ type: 'link', title: null, url: '', children: [] }, token);
  this.config.enter['data']?.call(this, token);
};

function exitLink(scheme: string): Handle {
  return function (token) {
    this.config.exit['data']?.call(this, token);
    const link = this.stack[this.stack.length - 1];
    const written = this.sliceSerialize(token);
    if (link?.type === 'link') link.url = /^https?:/i.test(written) ? written : scheme + written;
    this.exit(token);
  };
}

/** Looks ahead to the end of an address, then consumes it as one token. */
function tokenizeAddress(
  context: TokenizeContext,
  effects: Effects,
  ok: State,
  nok: State,
  type: 'addressLiteral' | 'emailLiteral',
  isInside: (code: Code) => boolean,
  findEnd: (text: string, isAlone: boolean) => number,
): State {
  const startsLine = context.previous === null || context.previous < -2;
  let length = 0;
  const measure: Construct = {
    partial: true,
    tokenize(probe, found, notFound) {
      let text = '';
      return (code) => {
        probe.enter(type);
        return inside(code);
      };
      function inside(code: Code): State | undefined {
        if (code !== null && code > 0 && isInside(code) && text.length < MAX_ADDRESS_LENGTH) {
          text += String.fromCharCode(code);
          probe.consume(code);
          return inside;
        }
        probe.exit(type);
        length = findEnd(text, startsLine && (code === null || code < -2));
        return length > 0 ? found(code) : notFound(code);
      }
    },
  };
  return effects.check(
    measure,
    (code) => {
      effects.enter(type);
      return take(code);
    },
    nok,
  );
  function take(code: Code): State | undefined {
    if (length === 0) {
      effects.exit(type);
      return ok(code);
    }
    length -= 1;
    effects.consume(code);
    return take;
  }
}

/** Everything up to white space, `<` or a backtick. */
function isAddressCharacter(code: Code): boolean {
  return code !== null && code > 32 && code !== 60 && code !== 96 && !unicodeWhitespace(code);
}

function isEmailName(code: Code): boolean {
  return code === 43 || code === 45 || code === 46 || code === 95 || asciiAlphanumeric(code);
}

function isEmailCharacter(code: Code): boolean {
  return code === 64 || isEmailName(code);
}
