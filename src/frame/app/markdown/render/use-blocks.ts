/** From a text that may grow to its blocks: what is long or many is parsed in several frames, with the syntax that it needs. */
import { useContext, useEffect, useMemo, useRef, useState } from 'react';
import { FrameTurns } from '../pace/frame-turns.js';
import { MarkdownTurns } from '../pace/markdown-turns.js';
import { findLateParts, type LateParts, NO_LATE_PARTS } from '../syntax/late/late-parts.js';
import { type LateSyntax, NO_LATE_SYNTAX } from '../syntax/late/late-syntax.js';
import { loadLateSyntax } from '../syntax/late/load-late-syntax.js';
import type { MarkdownBlock } from '../syntax/markdown-block.js';
import { MarkdownDocument } from '../syntax/markdown-document.js';

export interface ShownBlocks {
  readonly blocks: readonly MarkdownBlock[];
  /** These are all blocks of a complete text. */
  readonly isWhole: boolean;
}

/** @param isComplete no more of the text will come */
export function useBlocks(text: string, isComplete: boolean): ShownBlocks {
  const late = useLateSyntax(text);
  const own = useRef<FrameTurns>(undefined);
  // Those that the answers of a chat share; an answer by itself has its own.
  const place = useContext(MarkdownTurns) ?? own;
  const turns = (place.current ??= new FrameTurns());
  const source = useMemo(() => (late === undefined ? undefined : new MarkdownDocument({ late, hasTime: () => turns.hasTime() })), [late]);
  const [slice, setSlice] = useState(0);
  const parsed = useMemo(() => source?.update(text, isComplete) ?? [], [source, text, isComplete, slice]);
  const isBehind = source === undefined || source.isBehind;
  useEffect(
    () =>
      source?.isBehind === true
        ? turns.wait(() => {
            source.advance();
            setSlice((count) => count + 1);
          })
        : undefined,
    // A text for which the frame had no time left gives the blocks of before.
    [source, text, isComplete, parsed, slice],
  );
  // What is shown stays while the text is read again, with syntax that it did not need before.
  const shown = useRef<readonly MarkdownBlock[]>([]);
  if (!isBehind || parsed.length >= shown.current.length) shown.current = parsed;
  return { blocks: shown.current, isWhole: isComplete && !isBehind };
}

interface Loaded {
  readonly parts: LateParts;
  readonly syntax: LateSyntax;
  readonly error?: unknown;
}

/** `undefined` while it is on its way. What cannot be read without throws, for the answer to be shown as it was written. */
function useLateSyntax(text: string): LateSyntax | undefined {
  const read = useRef({ text: '', parts: NO_LATE_PARTS });
  const [loaded, setLoaded] = useState<Loaded>({ parts: NO_LATE_PARTS, syntax: NO_LATE_SYNTAX });
  const { current: before } = read;
  const parts = text.startsWith(before.text) ? findLateParts(text, before.text.length, before.parts) : findLateParts(text);
  read.current = { text, parts };
  const isLoaded = parts.hasRareSyntax === loaded.parts.hasRareSyntax && parts.hasRareCharacters === loaded.parts.hasRareCharacters;
  useEffect(() => {
    if (isLoaded) return undefined;
    let isLatest = true;
    const settle = (result: Loaded): void => {
      if (isLatest) setLoaded(result);
    };
    loadLateSyntax(parts).then(
      (syntax) => settle({ parts, syntax }),
      (error: unknown) => settle({ parts, syntax: NO_LATE_SYNTAX, error }),
    );
    return () => void (isLatest = false);
  }, [isLoaded, parts.hasRareSyntax, parts.hasRareCharacters]);
  if (!isLoaded) return undefined;
  if (loaded.error !== undefined) throw loaded.error;
  return loaded.syntax;
}
