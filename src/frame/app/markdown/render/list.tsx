/** Lists, and lists whose items the visitor can tick. */
import type { BlockContent, DefinitionContent, List as ListNode, ListItem } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { type JSX, useEffect, useId, useState } from 'react';
import { useMarkdown } from './markdown-context.js';
import { Phrases } from './phrases.js';

/** Renders a block of an item. Passed in, because `blocks.tsx` imports this file. */
type RenderBlock = (node: BlockContent | DefinitionContent, key: number) => JSX.Element;

export interface ListProps {
  readonly node: ListNode;
  readonly dir: 'auto' | undefined;
  readonly renderBlock: RenderBlock;
}

export function List({ node, dir, renderBlock }: ListProps): JSX.Element {
  if (node.children.some(isTask)) return <TaskList node={node} dir={dir} renderBlock={renderBlock} />;
  const items = node.children.map((item, index) => (
    <li key={index}>
      <ItemContent item={item} isSpread={node.spread ?? false} renderBlock={renderBlock} />
    </li>
  ));
  if (node.ordered !== true) return <ul dir={dir}>{items}</ul>;
  return (
    <ol dir={dir} start={node.start ?? 1}>
      {items}
    </ol>
  );
}

interface ItemContentProps {
  readonly item: ListItem;
  readonly isSpread: boolean;
  readonly renderBlock: RenderBlock;
}

/** In a tight list (CommonMark), the paragraphs of an item have no element of their own. */
function ItemContent({ item, isSpread, renderBlock }: ItemContentProps): JSX.Element {
  return (
    <>
      {item.children.map((child, index) =>
        child.type === 'paragraph' && !isSpread && item.spread !== true ? (
          <Phrases nodes={child.children} key={index} />
        ) : (
          renderBlock(child, index)
        ),
      )}
    </>
  );
}

/** Of `- [ ]` items any number can be ticked, of `- ( )` items only one. */
function TaskList({ node, dir, renderBlock }: ListProps): JSX.Element {
  const { tasks, areTasksOpen } = useMarkdown();
  const name = useId();
  const [ticked, setTicked] = useState<readonly number[]>(() => initiallyTicked(node.children));
  const report = (indexes: readonly number[]): void =>
    tasks.set(
      name,
      indexes.map((index) => itemText(node.children[index])),
    );
  useEffect(() => {
    if (areTasksOpen) report(ticked);
  }, [areTasksOpen]);

  const change = (index: number, isTicked: boolean): void => {
    const others = ticked.filter((one) => one !== index && !(isChoice(node.children[one]) && isChoice(node.children[index])));
    const next = (isTicked ? [...others, index] : ticked.filter((one) => one !== index)).sort((a, b) => a - b);
    setTicked(next);
    report(next);
  };
  return (
    <ul dir={dir} className="md-tasks">
      {node.children.map((item, index) => (
        <li key={index}>
          {isTask(item) ? (
            <label>
              <input
                type={isChoice(item) ? 'radio' : 'checkbox'}
                name={isChoice(item) ? name : undefined}
                checked={ticked.includes(index)}
                disabled={!areTasksOpen}
                onChange={(event) => change(index, event.currentTarget.checked)}
              />
              <span>
                <ItemContent item={item} isSpread={node.spread ?? false} renderBlock={renderBlock} />
              </span>
            </label>
          ) : (
            <ItemContent item={item} isSpread={node.spread ?? false} renderBlock={renderBlock} />
          )}
        </li>
      ))}
    </ul>
  );
}

const isChoice = (item: ListItem | undefined): boolean => item?.data?.radio === true;
const isTask = (item: ListItem): boolean => typeof item.checked === 'boolean';

/** If several choices (`- (x)`) are marked, only the first one counts. */
function initiallyTicked(items: readonly ListItem[]): readonly number[] {
  const marked = items.flatMap((item, index) => (item.checked === true ? [index] : []));
  const firstChoice = marked.find((index) => isChoice(items[index]));
  return marked.filter((index) => !isChoice(items[index]) || index === firstChoice);
}

/** The text that the bot gets for an item: its first paragraph. */
function itemText(item: ListItem | undefined): string {
  const [first] = item?.children ?? [];
  return first?.type === 'paragraph' ? toString(first) : '';
}
