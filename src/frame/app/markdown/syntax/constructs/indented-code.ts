/**
 * Indented code after which any list may begin. micromark takes it for a paragraph that the next line interrupts, also over blank lines, and only
 * a list that starts with 1 may interrupt one (its source says: "To do: allow interrupting").
 */
import { codeIndented } from 'micromark-core-commonmark';
import type { Construct, Extension, State, TokenizeContext } from 'micromark-util-types';

/** How a table tells the parser the same of itself. */
type Flow = TokenizeContext & { _gfmTableDynamicInterruptHack?: boolean };

const INTERRUPTIBLE_CODE: Construct = {
  ...codeIndented,
  tokenize(effects, ok, nok) {
    const setInterruptible = (flow: Flow, isInterruptible: boolean): void => {
      flow._gfmTableDynamicInterruptHack = isInterruptible;
    };
    setInterruptible(this, true);
    const leave =
      (next: State): State =>
      (code) => {
        setInterruptible(this, false);
        return next(code);
      };
    return codeIndented.tokenize.call(this, effects, leave(ok), leave(nok));
  },
};

export function indentedCode(): Extension {
  return { flowInitial: { [-2]: INTERRUPTIBLE_CODE, [-1]: INTERRUPTIBLE_CODE, 32: INTERRUPTIBLE_CODE } };
}
