/** Late syntax: extensions of the parser that few texts need, and that are loaded for those only. */
import type { Extension as FromMarkdownExtension } from 'mdast-util-from-markdown';
import type { Extension } from 'micromark-util-types';

export interface LateSyntax {
  /** `openEnd`: the offset at which the source ends, if more of it will arrive. */
  readonly syntax: (openEnd: number | undefined) => readonly Extension[];
  readonly fromMarkdown: readonly FromMarkdownExtension[];
}

export const NO_LATE_SYNTAX: LateSyntax = { syntax: () => [], fromMarkdown: [] };
