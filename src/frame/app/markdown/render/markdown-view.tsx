/**
 * Renders an answer. Replaces the SDK's Markdown component, and has the same properties. Text is shown as it arrives, and unchanged blocks are not
 * rendered again.
 */
import { type CSSProperties, type JSX, memo, useEffect, useId, useMemo } from 'react';
import { getStrings } from '../../../platform/taro/strings.js';
import type { OpenedPicture } from '../../pictures/opened-picture.js';
import type { MarkdownBlock } from '../syntax/markdown-block.js';
import { Block, type BlockNode } from './blocks.js';
import { MarkdownContext } from './markdown-context.js';
import { enterHeading, type Outline } from './outline.js';
import { type OnTaskChange, TaskLists } from './task-lists.js';
import { useBlocks } from './use-blocks.js';

export interface MarkdownViewProps {
  readonly markdown: string;
  /** `false` while more text may arrive. */
  readonly isFinish?: boolean | undefined;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
  readonly taskDisabled?: boolean | undefined;
  readonly onTaskChange?: OnTaskChange | undefined;
  readonly onImageClick?: ((picture: OpenedPicture) => void) | undefined;
  readonly onLinkClick?: ((event: unknown, link: { readonly url: string }) => void) | undefined;
  /** Called when the whole text is shown. */
  readonly onMarkdownEnd?: (() => void) | undefined;
}

export function MarkdownView(props: MarkdownViewProps): JSX.Element {
  const {
    markdown,
    isFinish: isComplete = false,
    className = '',
    style,
    taskDisabled = false,
    onImageClick,
    onLinkClick,
    onMarkdownEnd,
  } = props;
  const strings = getStrings();
  const tasks = useMemo(() => new TaskLists(), []);
  tasks.setListener(props.onTaskChange);
  const idPrefix = useId();

  const { blocks, isWhole } = useBlocks(markdown, isComplete);
  useEffect(() => {
    if (isWhole) onMarkdownEnd?.();
  }, [isWhole, markdown]);

  const areTasksOpen = isComplete && !taskDisabled;
  const context = useMemo(
    () => ({ strings, tasks, areTasksOpen, onLinkClick, onImageClick, idPrefix }),
    [areTasksOpen, onLinkClick, onImageClick],
  );
  // Thousands of pieces may arrive at once. Each causes a render, but few of them change a block.
  const groups = useMemo(() => toGroups(blocks).map((group, index) => <Group {...group} key={index} />), [blocks]);
  return (
    <MarkdownContext.Provider value={context}>
      {/* The last piece may be parsed after the turn, and a browser's translator would have replaced the text that it continues. */}
      <div className={`md ${isWhole ? '' : 'notranslate'} ${isComplete ? '' : 'md--growing'} ${className}`} style={style}>
        {groups}
      </div>
    </MarkdownContext.Provider>
  );
}

/**
 * Number of blocks that React skips together if none of them has changed, and the engine if none of them is in sight: a long answer is rendered again
 * with every piece that arrives.
 */
const GROUP_SIZE = 32;

interface GroupProps {
  readonly blocks: readonly MarkdownBlock[];
  /** The outline at the start of the group. */
  readonly outline: Outline;
}

function toGroups(blocks: readonly MarkdownBlock[]): readonly GroupProps[] {
  let outline: Outline = '';
  return Array.from({ length: Math.ceil(blocks.length / GROUP_SIZE) }, (_, index) => {
    const group = { blocks: blocks.slice(index * GROUP_SIZE, (index + 1) * GROUP_SIZE), outline };
    outline = group.blocks.reduce(outlineAfter, outline);
    return group;
  });
}

function outlineAfter(outline: Outline, { node }: MarkdownBlock): Outline {
  return node.type === 'heading' ? enterHeading(outline, node.depth) : outline;
}

const Group = memo(
  function Group({ blocks, outline }: GroupProps): JSX.Element {
    let current = outline;
    return (
      <div className="md-group">
        {blocks.map((block) => {
          const { key, node } = block;
          current = outlineAfter(current, block);
          return <Block node={node as BlockNode} dir="auto" outline={node.type === 'heading' ? current : undefined} key={key} />;
        })}
      </div>
    );
  },
  (before, after) =>
    before.outline === after.outline &&
    before.blocks.length === after.blocks.length &&
    before.blocks.every((block, index) => block === after.blocks[index]),
);
