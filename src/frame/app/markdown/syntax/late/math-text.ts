/** Formulas in a text: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`. */
import type { Extension as FromMarkdownExtension } from 'mdast-util-from-markdown';
import type { Code, Construct, Extension, State } from 'micromark-util-types';
import { MultilineToken } from '../constructs/multiline-token.js';
import { lookAhead } from './math-look-ahead.js';

/** `openEnd`: the offset at which the source ends, if more will arrive. A formula that is open there is held back. */
export function mathText(openEnd?: number): Extension {
  return {
    text: {
      36: { name: 'mathDollar', tokenize: tokenizer(36, openEnd) },
      92: { name: 'mathBackslash', tokenize: tokenizer(92, openEnd) },
    },
  };
}

export function mathTextFromMarkdown(): FromMarkdownExtension {
  return {
    enter: {
      mathText(token) {
        this.enter({ type: 'inlineMath', value: '' }, token);
      },
    },
    exit: {
      mathTextMarker(token) {
        const node = this.stack[this.stack.length - 1];
        if (node?.type === 'inlineMath' && /^(?:\$\$|\\[[\]])$/.test(this.sliceSerialize(token))) node.data = { isDisplay: true };
      },
      mathTextValue(token) {
        const node = this.stack[this.stack.length - 1];
        if (node?.type === 'inlineMath') node.value += `${this.sliceSerialize(token)}\n`;
      },
      mathText(token) {
        const node = this.stack[this.stack.length - 1];
        if (node?.type === 'inlineMath') node.value = node.value.trim();
        this.exit(token);
      },
    },
  };
}

function tokenizer(marker: 36 | 92, openEnd: number | undefined): Construct['tokenize'] {
  return function (effects, ok, nok) {
    const before = this.previous;
    const result = { marker: 0, value: 0, isOpen: false };
    const ahead: Construct = {
      partial: true,
      tokenize: (probe, isFormula, isNone) => lookAhead(this, probe, isFormula, isNone, { marker, before, openEnd, result }),
    };
    return effects.check(ahead, (code) => (result.isOpen ? holdBack(code) : takeMarker('start')(code)), nok);

    function holdBack(code: Code): State | undefined {
      const run = new MultilineToken(effects, 'heldBack');
      return takeRest(code);
      function takeRest(next: Code): State | undefined {
        if (next === null) {
          run.end();
          return ok(next);
        }
        run.take(next);
        return takeRest;
      }
    }

    function takeMarker(where: 'start' | 'end'): State {
      let left = result.marker;
      return (code) => {
        if (where === 'start') effects.enter('mathText');
        effects.enter('mathTextMarker');
        return take(code);
      };
      function take(code: Code): State | undefined {
        if (left > 0) {
          left -= 1;
          effects.consume(code);
          return take;
        }
        effects.exit('mathTextMarker');
        if (where === 'start') return takeValue(code);
        effects.exit('mathText');
        return ok(code);
      }
    }

    function takeValue(code: Code): State | undefined {
      const run = new MultilineToken(effects, 'mathTextValue');
      return take(code);
      function take(next: Code): State | undefined {
        if (result.value === 0) {
          run.end();
          return takeMarker('end')(next);
        }
        result.value -= 1;
        run.take(next);
        return take;
      }
    }
  };
}
