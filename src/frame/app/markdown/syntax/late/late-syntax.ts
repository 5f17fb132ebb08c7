/** Syntax that few texts have: its extensions of the parser. */
import type { Extension as FromMarkdownExtension } from 'mdast-util-from-markdown';
import type { Extension } from 'micromark-util-types';

export interface LateSyntax {
  /** `openEnd`: where the source ends, if more of it will come. */
  readonly syntax: (openEnd: number | undefined) => readonly Extension[];
  readonly fromMarkdown: readonly FromMarkdownExtension[];
}

export const NO_LATE_SYNTAX: LateSyntax = { syntax: () => [], fromMarkdown: [] };
