/** Resolves unclosed marks of a text that will continue: in the block at its end they apply up to the end, elsewhere they are text. */
import type { Emphasis, Nodes, Parent, PhrasingContent, Root, Strong } from 'mdast';
import { trimTrailing } from '../trim-trailing.js';

/** A paragraph that may become the definition of a link. */
const OPEN_DEFINITION = /^\[(?:[^[\]\\]|\\[^])*\]:/;

export function resolvePendingMarks(root: Root, source: string): void {
  const leaf = findLastLeaf(root);
  if (leaf === undefined) return;
  resolveMarks(leaf, hasBracket(leaf));
  const text = readSource(leaf, source);
  if (leaf.type !== 'paragraph') return;
  if (OPEN_DEFINITION.test(text)) leaf.children.length = 0;
  const lastLine = text.slice(text.lastIndexOf('\n') + 1);
  if (lastLine.includes('|')) hidePipes(leaf);
}

/** Returns the last line of a text if it may be the head of a table, and the `prefix` before it, such as that of a quote. */
export function findTableHead(root: Root, source: string): { readonly prefix: string; readonly line: string } | undefined {
  const leaf = findLastLeaf(root);
  if (leaf?.type !== 'paragraph') return undefined;
  const text = readSource(leaf, source);
  const line = text.slice(text.lastIndexOf('\n') + 1).trimStart();
  if (!line.startsWith('|')) return undefined;
  const lineStart = source.lastIndexOf('\n', source.length - 1) + 1;
  return { prefix: source.slice(lineStart, source.length - line.length), line };
}

/** Returns the last block with text, if nothing follows it. */
function findLastLeaf(root: Root): Parent | undefined {
  let node: Nodes | undefined = root;
  while (node !== undefined && 'children' in node) {
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') return node;
    node = node.children.at(-1);
  }
  return undefined;
}

function readSource({ position }: Parent, source: string): string {
  return source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
}

function hasBracket(parent: Parent): boolean {
  return parent.children.some((node) => (node.type === 'pendingMark' ? node.mark.endsWith('[') : 'children' in node && hasBracket(node)));
}

/** `isEnd`: whether `parent` ends where the text ends, so that its marks may still be closed. */
function resolveMarks(parent: Parent, isInBracket: boolean, isEnd = true): void {
  const children = parent.children;
  children.forEach((node, index) => {
    if ('children' in node) resolveMarks(node, isInBracket, isEnd && index === children.length - 1);
  });
  for (let index = children.length - 1; index >= 0; index -= 1) {
    const node = children[index];
    if (node?.type !== 'pendingMark') continue;
    // A picture is shown when it is complete. Until then, it is not known either which characters of its text are marks.
    if (node.mark.endsWith('[')) children.splice(index, node.mark === '![' && isEnd ? children.length : 1);
    else if (isEnd) children.splice(index, children.length, ...wrap(node.mark, children.slice(index + 1) as PhrasingContent[]));
    // Until the bracket is closed, it is not known which marks belong together.
    else if (isInBracket) children.splice(index, 1);
  }
}

/** Wraps text in the nodes of its unclosed mark: `***a` is emphasis that contains strong text. */
function wrap(mark: string, children: PhrasingContent[]): PhrasingContent[] {
  if (children.length === 0) return [];
  if (mark.startsWith('~')) return [{ type: 'delete', children }];
  let inner = children;
  for (let left = mark.length; left > 1; left -= 2) inner = [{ type: 'strong', children: inner } satisfies Strong];
  return mark.length % 2 === 1 ? [{ type: 'emphasis', children: inner } satisfies Emphasis] : inner;
}

/** Hides the pipes of the last line, which may be the head of a table without a first `|`. Returns whether the line begins in `parent`. */
function hidePipes(parent: Parent): boolean {
  for (const node of [...parent.children].reverse()) {
    if (node.type === 'text') {
      const start = node.value.lastIndexOf('\n') + 1;
      node.value = node.value.slice(0, start) + withoutPipes(node.value.slice(start));
      if (start > 0) return true;
    } else if ('children' in node && hidePipes(node)) return true;
  }
  return false;
}

function withoutPipes(line: string): string {
  const cells = line.split(/\|+/);
  return cells
    .map((cell, index) => (index < cells.length - 1 ? trimTrailing(cell, ' ') : cell).replace(index > 0 ? /^ +/ : '', ''))
    .join(' ');
}
