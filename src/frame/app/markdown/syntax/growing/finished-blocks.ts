/** Which blocks of a piece no later text can change. */
import type { ParsedBlock } from '../parsed-piece.js';

/** They end the paragraph before them, with no blank line between, as soon as their first line is there. */
const INTERRUPTING = new Set(['thematicBreak', 'code', 'blockquote', 'list', 'html', 'math']);

/** Nothing continues them but what belongs to them by its own marks. */
const CLOSED = new Set(['heading', 'thematicBreak', 'code', 'html', 'math']);

/**
 * The index of the first block that may still change. A block is finished when another one begins after it, on a line that is complete, and no line
 * to come could make one of both: there is a blank line between them, or one of them always stands alone. A definition may still get a title, and a
 * paragraph become the head of a table. `limit`: up to where `source` has only complete lines.
 */
export function findBoundary(source: string, blocks: readonly ParsedBlock[], limit: number): number {
  return Math.max(
    0,
    blocks.findLastIndex((block, index) => block.start < limit && isBoundary(source, blocks[index - 1], block)),
  );
}

/** Whether the two are parsed alone as they are parsed together. */
function isBoundary(source: string, before: ParsedBlock | undefined, block: ParsedBlock | undefined): boolean {
  if (before === undefined || block === undefined) return false;
  if (/\n[ \t]*\n/.test(source.slice(before.end, block.start))) return true;
  return before.type !== 'definition' && (CLOSED.has(before.type) || INTERRUPTING.has(block.type));
}

/** Blocks that are parsed together, by their first and their last index. */
export function groupBlocks(source: string, blocks: readonly ParsedBlock[]): readonly { readonly from: number; readonly to: number }[] {
  const starts = [...blocks.keys()].filter((index) => index === 0 || isBoundary(source, blocks[index - 1], blocks[index]));
  return starts.map((from, index) => ({ from, to: (starts[index + 1] ?? blocks.length) - 1 }));
}
