/**
 * A list, a table, a quote or a block of code that may continue, and whose beginning is finished. Only its last item, row, block or line is parsed
 * again, after a `prefix` that makes it a part of the same kind of block.
 */
import type { Blockquote, RootContent } from 'mdast';
import type { ParsedBlock } from '../parsed-piece.js';

/** Shorter blocks are parsed as a whole. */
const MIN_OPEN_LENGTH = 512;

export interface OpenBlock {
  /** Where it begins in the text. */
  readonly start: number;
  /** Where its last part begins. */
  readonly rest: number;
  readonly prefix: string;
  /** Its finished part. */
  readonly node: RootContent;
}

/**
 * Splits the last block of a source into its finished part and its last part; `undefined` if it is short or cannot be split. `completeEnd`: the end of the
 * complete lines of the source. `previousOpen`: the open block that this one continues. `textOffset`: added to an offset in the source, gives that in the text.
 */
export function openBlock(
  source: string,
  { nodes: [node], start, parts }: ParsedBlock,
  completeEnd: number,
  textOffset: number,
  previousOpen: OpenBlock | undefined,
): OpenBlock | undefined {
  if (node === undefined || source.length - start < MIN_OPEN_LENGTH) return undefined;
  const begin = previousOpen?.start ?? start + textOffset;
  if (node.type === 'code') return openCode(source, node, start, completeEnd, textOffset, begin, previousOpen);
  // The first two lines of a table are in the prefix of its rest.
  const last = parts.findLastIndex(
    (part, index) =>
      index > (node.type === 'table' ? 1 : 0) && findLineStart(source, part) < completeEnd && isLineComplete(source, part, completeEnd),
  );
  const cut = parts[last];
  if (cut === undefined) return undefined;
  const rest = findLineStart(source, cut);
  const kept = parts.length - last;
  if (node.type === 'list')
    return { start: begin, rest: rest + textOffset, prefix: '', node: { ...node, children: node.children.slice(0, -kept) } };
  if (node.type === 'blockquote' && startsQuotedBlock(source, rest) && isWhole(node, parts, previousOpen)) {
    return { start: begin, rest: rest + textOffset, prefix: '', node: { ...node, children: node.children.slice(0, -kept) } };
  }
  if (node.type !== 'table') return undefined;
  const prefix = previousOpen?.prefix ?? source.slice(findLineStart(source, start), findLineStart(source, parts[1] ?? 0));
  return { start: begin, rest: rest + textOffset, prefix, node: { ...node, children: node.children.slice(0, -kept) } };
}

/** Joins an open block with its last part; `undefined` if they do not fit. */
export function joinBlock({ node }: OpenBlock, rest: RootContent | undefined): RootContent | undefined {
  if (node.type === 'list' && rest?.type === 'list' && node.ordered === rest.ordered) {
    return { ...node, spread: node.spread === true || rest.spread === true, children: [...node.children, ...rest.children] };
  }
  if (node.type === 'blockquote' && rest?.type === 'blockquote') return { ...node, children: [...node.children, ...rest.children] };
  if (node.type === 'table' && rest?.type === 'table') return { ...node, children: [...node.children, ...rest.children.slice(1)] };
  if (node.type === 'code' && rest?.type === 'code') return { ...node, value: `${node.value}\n${rest.value}` };
  return undefined;
}

function openCode(
  source: string,
  node: RootContent & { type: 'code' },
  start: number,
  completeEnd: number,
  textOffset: number,
  begin: number,
  previousOpen: OpenBlock | undefined,
): OpenBlock | undefined {
  const marks = /^(?:`{3,}|~{3,})/.exec(source.slice(start, start + MIN_OPEN_LENGTH))?.[0];
  const line = source.slice(start, source.indexOf('\n', start) + 1);
  if (marks === undefined || line === '' || findLineStart(source, start) !== start) return undefined;
  const body = start + line.length;
  const rest = findLineStart(source, Math.max(0, completeEnd - 1));
  const isClosed = new RegExp(`\\n {0,3}${marks}${marks.charAt(0)}*[ \\t\\n]*$`).test(source.slice(body - 1));
  if (isClosed || rest <= body) return undefined;
  const value = source.slice(body, rest - 1);
  const head = previousOpen?.node.type === 'code' ? `${previousOpen.node.value}\n` : '';
  return { start: begin, rest: rest + textOffset, prefix: line, node: { ...node, value: head + value } };
}

export function findLineStart(source: string, offset: number): number {
  return source.lastIndexOf('\n', offset - 1) + 1;
}

/** Whether a line of a quote follows an empty line of the quote, so that no earlier block continues in it. */
function startsQuotedBlock(source: string, lineStart: number): boolean {
  const before = source.slice(findLineStart(source, lineStart - 1), lineStart);
  return /^ {0,3}>[ \t]*\n$/.test(before) && /^ {0,3}>/.test(source.slice(lineStart, lineStart + 4));
}

/** Whether there is a node for each part: definitions have none, and a paragraph with formulas has several. */
function isWhole(node: Blockquote, parts: readonly number[], previousOpen: OpenBlock | undefined): boolean {
  const finished = previousOpen?.node.type === 'blockquote' ? previousOpen.node.children.length : 0;
  return node.children.length === finished + parts.length;
}

function isLineComplete(source: string, offset: number, completeEnd: number): boolean {
  const end = source.indexOf('\n', offset);
  return end >= 0 && end < completeEnd;
}
