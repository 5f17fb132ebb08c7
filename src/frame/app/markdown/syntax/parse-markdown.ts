/** Markdown as a tree: all of CommonMark and GFM, with what answers in Chinese, Japanese and Korean need. */
import './nodes.js';
import type { Root } from 'mdast';
import { normalizeText } from './normalize-text.js';
import { parseBlocks } from './parse-blocks.js';

/**
 * Parses a whole text. References are resolved (`link`, `image`), `<br>` is a `break`, formulas are `math` and `inlineMath`, all other HTML is an
 * `html` node, to be shown as text.
 */
export function parseMarkdown(text: string): Root {
  return { type: 'root', children: parseBlocks(normalizeText(text)).blocks.flatMap(({ nodes }) => nodes) };
}
