/** Finds the blocks of a piece that no later text can change. */
import type { ParsedBlock } from '../parsed-piece.js';

/** Blocks that end a paragraph before them without a blank line, as soon as their first line is complete. */
const INTERRUPTING = new Set(['thematicBreak', 'code', 'blockquote', 'list', 'html', 'math']);

/** Blocks that no block after them can continue. */
const NEVER_CONTINUED = new Set(['heading', 'thematicBreak', 'code', 'html', 'math']);

/**
 * Returns the index of the first block that may still change. A block is finished when another one begins after it on a complete line, and no later
 * line can join the two: there is a blank line between them, or one of them is never joined. A definition may still get a title, and a paragraph may
 * become the head of a table. `completeEnd`: the end of the complete lines of `source`.
 */
export function findBoundary(source: string, blocks: readonly ParsedBlock[], completeEnd: number): number {
  return Math.max(
    0,
    blocks.findLastIndex((block, index) => block.start < completeEnd && isBoundary(source, blocks[index - 1], block)),
  );
}

/** Blocks that have a label. Directly after another one, each begins on a line of its own, so that a list of sources has parts. */
const LABELLED = new Set(['definition', 'footnoteDefinition']);

/** Whether two blocks have the same result when they are parsed separately. */
function isBoundary(source: string, before: ParsedBlock | undefined, block: ParsedBlock | undefined): boolean {
  if (before === undefined || block === undefined) return false;
  const gap = source.slice(before.end, block.start);
  if (/\n[ \t]*\n/.test(gap)) return true;
  // After more white space, a definition would be code.
  if (LABELLED.has(before.type) && LABELLED.has(block.type)) return /\n {0,3}$/.test(gap);
  return before.type !== 'definition' && (NEVER_CONTINUED.has(before.type) || INTERRUPTING.has(block.type));
}

/** Groups the blocks that must be parsed together. Returns the first and the last index of each group. */
export function groupBlocks(source: string, blocks: readonly ParsedBlock[]): readonly { readonly from: number; readonly to: number }[] {
  const starts = [...blocks.keys()].filter((index) => index === 0 || isBoundary(source, blocks[index - 1], blocks[index]));
  return starts.map((from, index) => ({ from, to: (starts[index + 1] ?? blocks.length) - 1 }));
}
