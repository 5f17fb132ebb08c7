/** Parses a text that may grow into blocks. Long texts, and many at once, are parsed in several frames. Loads the late syntax that a text needs. */
import { useContext, useEffect, useMemo, useRef, useState } from 'react';
import { ParseSchedule } from '../pace/parse-schedule.js';
import { ParseScheduleContext } from '../pace/parse-schedule-context.js';
import { continuesText } from '../syntax/continues-text.js';
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

/**
 * Throws if parsing fails, also if it failed in a later frame, so that the answer's source is shown.
 *
 * @param isComplete whether the whole text has arrived
 */
export function useBlocks(text: string, isComplete: boolean): ShownBlocks {
  const late = useLateSyntax(text);
  const ownSchedule = useRef<ParseSchedule>(undefined);
  // The schedule that all answers of a chat share; an answer outside of a chat has its own.
  const scheduleRef = useContext(ParseScheduleContext) ?? ownSchedule;
  const schedule = (scheduleRef.current ??= new ParseSchedule());
  const source = useMemo(
    () => (late === undefined ? undefined : new MarkdownDocument({ late, hasTime: () => schedule.hasTime() })),
    [late],
  );
  const [slice, setSlice] = useState(0);
  const [failure, setFailure] = useState<{ readonly error: unknown }>();
  if (failure !== undefined) throw failure.error;
  const parsed = useMemo(() => source?.update(text, isComplete) ?? [], [source, text, isComplete, slice]);
  const hasUnparsedText = source === undefined || source.hasUnparsedText;
  useEffect(
    () =>
      source?.hasUnparsedText === true
        ? schedule.callLater(() => {
            try {
              source.advance();
              setSlice((count) => count + 1);
            } catch (error) {
              setFailure({ error });
            }
          })
        : undefined,
    // `text` is listed because `parsed` is the same array as before if the frame had no time left for the new text.
    [source, text, isComplete, parsed, slice],
  );
  // The shown blocks stay while the text is parsed again with syntax that it did not need before.
  const shown = useRef<readonly MarkdownBlock[]>([]);
  if (!hasUnparsedText || parsed.length >= shown.current.length) shown.current = parsed;
  return { blocks: shown.current, isWhole: isComplete && !hasUnparsedText };
}

interface Loaded {
  readonly parts: LateParts;
  readonly syntax: LateSyntax;
  readonly error?: unknown;
}

/** Returns `undefined` while the syntax is loading. Throws if it cannot be loaded, so that the answer's source is shown. */
function useLateSyntax(text: string): LateSyntax | undefined {
  const lastScan = useRef({ text: '', parts: NO_LATE_PARTS });
  const [loaded, setLoaded] = useState<Loaded>({ parts: NO_LATE_PARTS, syntax: NO_LATE_SYNTAX });
  const { current: before } = lastScan;
  const parts = continuesText(text, before.text) ? findLateParts(text, before.text.length, before.parts) : findLateParts(text);
  lastScan.current = { text, parts };
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
