/**
 * An answer as elements. Built in place of the SDK's Markdown, whose properties it takes. Text is shown as it comes, at most once a frame, and
 * what does not change is not rendered again.
 */
import { type CSSProperties, type JSX, memo, useEffect, useId, useMemo, useRef, useState } from 'react';
import { getStrings } from '../../../platform/taro/strings.js';
import type { OpenedPicture } from '../../pictures/opened-picture.js';
import type { Characters } from '../syntax/characters.js';
import { type MarkdownBlock, MarkdownDocument } from '../syntax/markdown-document.js';
import { loadRareCharacters } from '../syntax/named-characters.js';
import { Block, type BlockNode } from './blocks.js';
import { MarkdownContext } from './markdown-context.js';
import { type OnTaskChange, TaskLists } from './task-lists.js';

export interface MarkdownViewProps {
  readonly markdown: string;
  /** `false` while more of it comes. */
  readonly isFinish?: boolean | undefined;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
  readonly taskDisabled?: boolean | undefined;
  readonly onTaskChange?: OnTaskChange | undefined;
  readonly onImageClick?: ((picture: OpenedPicture) => void) | undefined;
  readonly onLinkClick?: ((event: unknown, link: { readonly url: string }) => void) | undefined;
  /** The whole text is shown. */
  readonly onMarkdownEnd?: (() => void) | undefined;
}

export function MarkdownView(props: MarkdownViewProps): JSX.Element {
  const { markdown, isFinish = false, className = '', style, taskDisabled = false, onImageClick, onLinkClick, onMarkdownEnd } = props;
  const strings = getStrings();
  const [characters, setCharacters] = useState<Characters>();
  const source = useMemo(() => new MarkdownDocument({ characters }), [characters]);
  const tasks = useMemo(() => new TaskLists(), []);
  tasks.follow(props.onTaskChange);
  const idPrefix = useId();

  const text = useOncePerFrame(markdown, isFinish);
  const isComplete = isFinish && text === markdown;
  const [slice, setSlice] = useState(0);
  const blocks = useMemo(() => source.update(text, isComplete), [source, text, isComplete, slice]);
  useEffect(
    () =>
      source.isBehind
        ? nextFrame(() => {
            source.advance();
            setSlice(slice + 1);
          })
        : undefined,
    [blocks],
  );
  useEffect(() => {
    if (isComplete && !source.isBehind) onMarkdownEnd?.();
  }, [isComplete, blocks]);

  useEffect(() => {
    if (isComplete) loadRareCharacters(text).then(setCharacters, ignore);
  }, [isComplete]);

  const areTasksOpen = isComplete && !taskDisabled;
  const context = useMemo(
    () => ({ strings, tasks, areTasksOpen, onLinkClick, onImageClick, idPrefix }),
    [areTasksOpen, onLinkClick, onImageClick],
  );
  return (
    <MarkdownContext.Provider value={context}>
      <div className={`md ${isComplete ? '' : 'md--growing'} ${className}`} style={style}>
        {toGroups(blocks).map((group, index) => (
          <Group blocks={group} key={index} />
        ))}
      </div>
    </MarkdownContext.Provider>
  );
}

/** So many blocks are compared by one comparison, if none has changed: a long answer is rendered in as many steps as it has pieces. */
const GROUP_SIZE = 32;

function toGroups(blocks: readonly MarkdownBlock[]): readonly (readonly MarkdownBlock[])[] {
  return Array.from({ length: Math.ceil(blocks.length / GROUP_SIZE) }, (_, index) =>
    blocks.slice(index * GROUP_SIZE, (index + 1) * GROUP_SIZE),
  );
}

interface GroupProps {
  readonly blocks: readonly MarkdownBlock[];
}

const Group = memo(
  function Group({ blocks }: GroupProps): JSX.Element {
    return (
      <>
        {blocks.map(({ key, node }) => (
          <Block node={node as BlockNode} dir="auto" key={key} />
        ))}
      </>
    );
  },
  (before, after) => before.blocks.length === after.blocks.length && before.blocks.every((block, index) => block === after.blocks[index]),
);

/** Follows `text`, at most once a frame unless it is final. A page out of sight has no frames; there a timer stands in. */
function useOncePerFrame(text: string, isFinal: boolean): string {
  const [shown, setShown] = useState(text);
  const latest = useRef(text);
  const cancel = useRef<() => void>(undefined);
  latest.current = text;
  useEffect(() => {
    if (isFinal || shown === text || cancel.current !== undefined) return;
    cancel.current = nextFrame(() => {
      cancel.current = undefined;
      setShown(latest.current);
    });
  }, [text, isFinal, shown]);
  useEffect(() => () => cancel.current?.(), []);
  return isFinal ? text : shown;
}

/** @returns cancels it */
function nextFrame(callback: () => void): () => void {
  let isDue = true;
  const run = (): void => {
    if (!isDue) return;
    isDue = false;
    cancel();
    callback();
  };
  const frame = requestAnimationFrame(run);
  const timer = setTimeout(run, HIDDEN_FRAME_MS);
  const cancel = (): void => {
    isDue = false;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  return cancel;
}

/** Without the names, the text is shown as it was written. */
function ignore(): void {}

/** How long a frame may not come before its work is done without one. */
const HIDDEN_FRAME_MS = 100;
