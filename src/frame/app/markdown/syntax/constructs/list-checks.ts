/**
 * Boxes at the beginning of list items: GFM's `[x]`, and the SDK's `(x)`, of which one can be chosen. The mdast packages for these two syntaxes would
 * each replace the handler for the end of a paragraph, so that only one of them would work.
 */
import type { ListItem } from 'mdast';
import type { CompileContext, Extension } from 'mdast-util-from-markdown';

export function listChecksFromMarkdown(): Extension {
  return {
    exit: {
      taskListCheckValueChecked: checkBox(true),
      taskListCheckValueUnchecked: checkBox(false),
      radioListCheckValueChecked: checkRadio(true),
      radioListCheckValueUnchecked: checkRadio(false),
      paragraph(token) {
        const item = parentItem(this);
        const paragraph = this.stack[this.stack.length - 1];
        if (
          typeof item?.checked === 'boolean' &&
          paragraph?.type === 'paragraph' &&
          item.children.find(({ type }) => type === 'paragraph') === paragraph
        ) {
          const [head] = paragraph.children;
          if (head?.type === 'text') head.value = head.value.slice(1);
          if (head?.type === 'text' && head.value === '') paragraph.children.shift();
        }
        this.exit(token);
      },
    },
  };
}

type Handle = NonNullable<Extension['exit']>[string];

function checkBox(checked: boolean): Handle {
  return function () {
    const item = parentItem(this);
    if (item !== undefined) item.checked = checked;
  };
}

function checkRadio(checked: boolean): Handle {
  return function () {
    const item = parentItem(this);
    if (item !== undefined) Object.assign(item, { checked, data: { ...item.data, radio: true } });
  };
}

/** The list item that directly contains the current paragraph. */
function parentItem({ stack }: CompileContext): ListItem | undefined {
  const parent = stack[stack.length - 2];
  return parent?.type === 'listItem' ? parent : undefined;
}
