/** Loads late syntax from its chunks. */
import { loadChunk } from '../../../../platform/load-chunk.js';
import type { LateParts } from './late-parts.js';
import { type LateSyntax, NO_LATE_SYNTAX } from './late-syntax.js';

/**
 * Rejects if the rare syntax cannot be loaded: without it, a footnote would be parsed as the definition of a link, and not be shown. Without the rare
 * characters, their references are shown as they were written.
 */
export async function loadLateSyntax({ hasRareSyntax, hasRareCharacters }: LateParts): Promise<LateSyntax> {
  const parts = await Promise.all([
    hasRareSyntax ? loadChunk('rare-syntax', () => import('./rare-syntax.js')).then(({ RARE_SYNTAX }) => RARE_SYNTAX) : NO_LATE_SYNTAX,
    hasRareCharacters
      ? loadChunk('rare-characters', () => import('./rare-characters.js')).then(
          ({ RARE_CHARACTERS }) => RARE_CHARACTERS,
          () => NO_LATE_SYNTAX,
        )
      : NO_LATE_SYNTAX,
  ]);
  return {
    syntax: (openEnd) => parts.flatMap(({ syntax }) => syntax(openEnd)),
    fromMarkdown: parts.flatMap(({ fromMarkdown }) => fromMarkdown),
  };
}
