/**
 * Formulas on lines of their own. A line `$$` or `\[` opens one, and a line that ends with `$$` or `\]` closes it. The lines between are TeX,
 * whatever they would be in Markdown: `- ` begins no list. Like a code fence, an unclosed formula continues to the end of its container.
 */
import type { Extension as FromMarkdownExtension } from 'mdast-util-from-markdown';
import { factorySpace } from 'micromark-factory-space';
import { markdownLineEnding, markdownSpace } from 'micromark-util-character';
import type { Code, Construct, Extension, State, Tokenizer } from 'micromark-util-types';

const NON_LAZY_CONTINUATION: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    return (code) => {
      if (code === null) return nok(code);
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      return (next) => (this.parser.lazy[this.now().line] === true ? nok(next) : ok(next));
    };
  },
};

export function mathFlow(): Extension {
  return { flow: { 36: fence(36), 92: fence(92) } };
}

export function mathFlowFromMarkdown(): FromMarkdownExtension {
  return {
    enter: {
      mathFlow(token) {
        this.enter({ type: 'math', value: '' }, token);
      },
    },
    exit: {
      mathFlow(token) {
        const node = this.stack[this.stack.length - 1];
        if (node?.type === 'math')
          node.value = node.value
            .trim()
            .replace(this.sliceSerialize(token).trimStart().startsWith('$') ? /\$\$$/ : /\\\]$/, '')
            .trim();
        this.exit(token);
      },
      mathFlowValue(token) {
        const node = this.stack[this.stack.length - 1];
        if (node?.type === 'math') node.value += `${this.sliceSerialize(token)}\n`;
      },
    },
  };
}

function fence(marker: 36 | 92): Construct {
  const second = marker === 36 ? 36 : 91;
  const closing = marker === 36 ? '$$' : '\\]';
  const tokenize: Tokenizer = function (effects, ok, nok) {
    const isInterrupt = this.interrupt === true;
    /** Returns the text of the paragraph above, up to this line; empty if there is none. */
    const readParagraph = (): string => {
      const paragraph = this.events.findLast(([, token]) => token.type === 'content');
      return paragraph === undefined ? '' : this.sliceSerialize({ start: paragraph[1].start, end: this.now() });
    };
    let line = '';
    return start;

    function start(code: Code): State | undefined {
      if (marker === 36 && closesParagraphsFormula()) return nok(code);
      effects.enter('mathFlow');
      effects.enter('mathFlowFence');
      effects.consume(code);
      return afterFirst;
    }

    /** Whether the paragraph above has opened a formula which this line closes. */
    function closesParagraphsFormula(): boolean {
      return isInterrupt && (readParagraph().match(/(?:^|[^\\$])\$\$(?!\$)/g) ?? []).length % 2 === 1;
    }

    function afterFirst(code: Code): State | undefined {
      if (code !== second) return nok(code);
      effects.consume(code);
      return afterMarker;
    }

    function afterMarker(code: Code): State | undefined {
      if (markdownSpace(code)) {
        effects.consume(code);
        return afterMarker;
      }
      if (code !== null && !markdownLineEnding(code)) return nok(code);
      effects.exit('mathFlowFence');
      if (isInterrupt) return ok(code);
      return atLineEnd(code);
    }

    function atLineEnd(code: Code): State | undefined {
      return code === null ? done(code) : effects.attempt(NON_LAZY_CONTINUATION, lineStart, done)(code);
    }

    function lineStart(code: Code): State | undefined {
      line = '';
      return factorySpace(effects, inLine, 'linePrefix')(code);
    }

    function inLine(code: Code): State | undefined {
      if (code === null || markdownLineEnding(code)) return atLineEnd(code);
      effects.enter('mathFlowValue');
      return value(code);
    }

    function value(code: Code): State | undefined {
      if (code !== null && !markdownLineEnding(code)) {
        line += code < 0 ? ' ' : String.fromCharCode(code);
        effects.consume(code);
        return value;
      }
      effects.exit('mathFlowValue');
      return closes() ? done(code) : atLineEnd(code);
    }

    function closes(): boolean {
      const end = line.trimEnd();
      return end.endsWith(closing) && (marker === 92 ? !end.endsWith('\\\\]') : !end.endsWith('\\$$'));
    }

    function done(code: Code): State | undefined {
      effects.exit('mathFlow');
      return ok(code);
    }
  };
  return { name: 'mathFlow', concrete: true, tokenize };
}
