/** Markdown as a tree: all of CommonMark and GFM, with what answers in Chinese, Japanese and Korean need. */
import './nodes.js';
import type { Root } from 'mdast';
import type { Characters } from './characters.js';
import { normalizeText } from './normalize-text.js';
import { parseBlocks } from './parse-blocks.js';

/**
 * Parses a whole text. References are resolved (`link`, `image`), `<br>` is a `break`, formulas are `math` and `inlineMath`, all other HTML is an
 * `html` node, to be shown as text.
 *
 * @param characters what names of characters stand for beside the common ones
 */
export function parseMarkdown(text: string, characters?: Characters): Root {
  return { type: 'root', children: parseBlocks(normalizeText(text), { characters }).blocks.flatMap(({ nodes }) => nodes) };
}
