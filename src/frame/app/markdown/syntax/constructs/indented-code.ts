/**
 * Indented code that any list may follow. micromark treats a block after indented code as one that interrupts a paragraph, even after blank
 * lines, and only a list that starts with 1 may do that (its source says: "To do: allow interrupting").
 */
import { codeIndented } from 'micromark-core-commonmark';
import type { Construct, Extension, State, TokenizeContext } from 'micromark-util-types';

/** The flag by which the construct for tables tells the parser that any list may interrupt it. */
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
