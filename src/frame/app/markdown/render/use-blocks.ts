/** Parses a text that may grow into blocks. Long texts, and many at once, are parsed in several frames. Loads the late syntax that a text needs. */
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
  /** Whether the text is complete and these are all its blocks. */
  readonly isWhole: boolean;
}

/** @param isComplete whether the whole text has arrived */
export function useBlocks(text: string, isComplete: boolean): ShownBlocks {
  const late = useLateSyntax(text);
  const own = useRef<FrameTurns>(undefined);
  // The turns that all answers of a chat share; an answer outside of a chat has its own.
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
    // `text` is listed because `parsed` is the same array as before if the frame had no time left for the new text.
    [source, text, isComplete, parsed, slice],
  );
  // The shown blocks stay while the text is parsed again with syntax that it did not need before.
  const shown = useRef<readonly MarkdownBlock[]>([]);
  if (!isBehind || parsed.length >= shown.current.length) shown.current = parsed;
  return { blocks: shown.current, isWhole: isComplete && !isBehind };
}

interface Loaded {
  readonly parts: LateParts;
  readonly syntax: LateSyntax;
  readonly error?: unknown;
}

/** Returns `undefined` while the syntax is loading. Throws if it cannot be loaded, so that the answer's source is shown. */
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
