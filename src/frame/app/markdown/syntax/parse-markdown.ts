/** Parses Markdown to a tree: all of CommonMark and GFM, with extensions for Chinese, Japanese and Korean. */
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

/** Like {@link parseMarkdown}, with the late syntax that the text needs. Rejects if it cannot be loaded. */
export async function parseWholeMarkdown(text: string): Promise<Root> {
  return parseMarkdown(text, await loadLateSyntax(findLateParts(text)));
}
