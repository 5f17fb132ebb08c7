/** Keeps marks that have not opened anything yet separate from the text around them. */
import type { Text } from 'mdast';
import type { Extension } from 'mdast-util-from-markdown';
import type { Token } from 'micromark-util-types';

export function pendingMarksFromMarkdown(): Extension {
  return {
    enter: {
      data(token) {
        const parent = this.stack[this.stack.length - 1];
        if (parent === undefined || !('children' in parent)) return;
        const siblings = parent.children as unknown[];
        if (isPending(token, this.sliceSerialize(token))) {
          siblings.push({ type: 'pendingMark', mark: this.sliceSerialize(token) });
          // This node receives the text of the token, and is not part of the tree.
          this.stack.push(createText(token));
          return;
        }
        let tail = siblings[siblings.length - 1] as Text | undefined;
        if (tail?.type !== 'text') {
          tail = createText(token);
          siblings.push(tail);
        }
        this.stack.push(tail);
      },
    },
  };
}

/** Whether a token is a mark that could open emphasis, or a bracket that is not closed. At the end, micromark has converted both to text. */
function isPending(token: Token, written: string): boolean {
  if (token._open === true) return /^(?:\*+|_+|~~)$/.test(written);
  return (written === '[' || written === '![') && token._balanced !== true;
}

function createText({ start, end }: Token): Text {
  return { type: 'text', value: '', position: { start, end } };
}
