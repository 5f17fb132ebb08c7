/** Marks that have opened nothing so far, kept apart from the text around them. */
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
          // Takes the text of the token, and is thrown away.
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

/** Marks of emphasis that could open it, and brackets that nothing has closed; micromark has made text of them at the end. */
function isPending(token: Token, written: string): boolean {
  if (token._open === true) return /^(?:\*+|_+|~~)$/.test(written);
  return (written === '[' || written === '![') && token._balanced !== true;
}

function createText({ start, end }: Token): Text {
  return { type: 'text', value: '', position: { start, end } };
}
