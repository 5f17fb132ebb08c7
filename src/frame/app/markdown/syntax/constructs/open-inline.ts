/**
 * Code, and the second half of a link, that are still open at the end of a text that will continue. They end with the text, so that their marks are
 * not shown.
 */
import { markdownLineEndingOrSpace } from 'micromark-util-character';
import type { Code, Construct, Extension, State, Tokenizer } from 'micromark-util-types';
import { MultilineToken } from './multiline-token.js';

/** `openEnd`: the offset at which the text ends. */
export function openInline(openEnd: number): Extension {
  return { text: { 93: openLinkEnd(openEnd), 96: openCode(openEnd) } };
}

/** Tried after micromark's own construct for code, so only if there is no closing mark. */
function openCode(openEnd: number): Construct {
  const tokenize: Tokenizer = function (effects, ok, nok) {
    const end = (): number => this.now().offset;
    const run = new MultilineToken(effects, 'codeTextData');
    let isEmpty = true;
    return start;

    function start(code: Code): State | undefined {
      effects.enter('codeText');
      effects.enter('codeTextSequence');
      return sequence(code);
    }

    function sequence(code: Code): State | undefined {
      if (code === 96) {
        effects.consume(code);
        return sequence;
      }
      effects.exit('codeTextSequence');
      return data(code);
    }

    function data(code: Code): State | undefined {
      if (code !== null) {
        isEmpty = false;
        run.take(code);
        return data;
      }
      if (end() !== openEnd) return nok(code);
      run.end();
      const token = effects.exit('codeText');
      if (isEmpty) token.type = 'heldBack';
      return ok(code);
    }
  };
  return { name: 'openCode', add: 'after', previous: (code) => code !== 96, tokenize };
}

/**
 * `]` at the end of the text, or before an address or a label in which the text ends. Tried before micromark's own construct for `]`, which would
 * make the opening bracket text.
 */
function openLinkEnd(openEnd: number): Construct {
  const tokenize: Tokenizer = function (effects, ok, nok) {
    const { _labelStarts: starts = [] } = this;
    const labelStart = starts.findLast((token) => token._balanced !== true);
    const end = (): number => this.now().offset;
    /** In the address: the number of open brackets, and the mark that ends its title. */
    let depth = 0;
    let title: Code = null;
    const run = new MultilineToken(effects, 'heldBack');
    return start;

    function start(code: Code): State | undefined {
      if (labelStart === undefined || labelStart._inactive === true) return nok(code);
      run.take(code);
      return after;
    }

    function after(code: Code): State | undefined {
      if (code === null) return atEnd(code);
      if (code !== 40 && code !== 91) return nok(code);
      run.take(code);
      return code === 40 ? beforeAddress : label;
    }

    function label(code: Code): State | undefined {
      if (code === null) return atEnd(code);
      if (code === 91 || code === 93) return nok(code);
      run.take(code);
      return code === 92 ? take(label) : label;
    }

    function beforeAddress(code: Code): State | undefined {
      if (code === null) return atEnd(code);
      if (code !== 60 && !markdownLineEndingOrSpace(code)) return address(code);
      run.take(code);
      return code === 60 ? addressInBrackets : beforeAddress;
    }

    function addressInBrackets(code: Code): State | undefined {
      if (code === null) return atEnd(code);
      if (code === 60 || code < -2) return nok(code);
      run.take(code);
      return code === 62 ? afterAddress : code === 92 ? take(addressInBrackets) : addressInBrackets;
    }

    function address(code: Code): State | undefined {
      if (code === null) return atEnd(code);
      if (markdownLineEndingOrSpace(code)) return depth > 0 ? nok(code) : afterAddress(code);
      if (code < 32) return nok(code);
      if (code === 40) depth += 1;
      if (code === 41 && --depth < 0) return nok(code);
      run.take(code);
      return code === 92 ? take(address) : address;
    }

    function afterAddress(code: Code): State | undefined {
      if (code === null) return atEnd(code);
      if (markdownLineEndingOrSpace(code)) {
        run.take(code);
        return afterAddress;
      }
      if (code !== 34 && code !== 39 && code !== 40) return nok(code);
      title = code === 40 ? 41 : code;
      run.take(code);
      return inTitle;
    }

    function inTitle(code: Code): State | undefined {
      if (code === null) return atEnd(code);
      run.take(code);
      return code === title ? afterTitle : code === 92 ? take(inTitle) : inTitle;
    }

    function afterTitle(code: Code): State | undefined {
      if (code === null) return atEnd(code);
      if (!markdownLineEndingOrSpace(code)) return nok(code);
      run.take(code);
      return afterTitle;
    }

    /** Consumes the character after a backslash. */
    function take(next: State): State {
      return (code) => {
        if (code === null) return atEnd(code);
        run.take(code);
        return next;
      };
    }

    function atEnd(code: Code): State | undefined {
      if (end() !== openEnd) return nok(code);
      run.end();
      return ok(code);
    }
  };
  return { name: 'openLinkEnd', tokenize };
}
