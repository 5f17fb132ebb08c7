/** Markdown as a tree: all of CommonMark and GFM, with what answers in Chinese, Japanese and Korean need. */
import './nodes.js';
import type { Root } from 'mdast';
import { findLateParts } from './late/late-parts.js';
import type { LateSyntax } from './late/late-syntax.js';
import { loadLateSyntax } from './late/load-late-syntax.js';
import { normalizeText } from './normalize-text.js';
import { parseBlocks } from './parse-blocks.js';

/**
 * Parses a whole text. References are resolved (`link`, `image`), `<br>` is a `break`, formulas are `math` and `inlineMath`, all other HTML is an
 * `html` node, to be shown as text.
 */
export function parseMarkdown(text: string, late?: LateSyntax): Root {
  return {
    type: 'root',
    children: parseBlocks(normalizeText(text), late === undefined ? {} : { late }).blocks.flatMap(({ nodes }) => nodes),
  };
}

/** {@link parseMarkdown} with what the text needs of the syntax that is loaded late. Rejects if that cannot be had. */
export async function parseWholeMarkdown(text: string): Promise<Root> {
  return parseMarkdown(text, await loadLateSyntax(findLateParts(text)));
}
