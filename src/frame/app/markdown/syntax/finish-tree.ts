/** Finishes a parsed tree: resolves references, finds breaks, makes formulas blocks of their own, and removes positions. */
import type { Nodes, Paragraph, Parent, PhrasingContent, Root, RootContent } from 'mdast';
import { normalizeIdentifier } from 'micromark-util-normalize-identifier';
import type { KnownDefinition, ParsedBlock, ParsedPiece } from './parsed-piece.js';

/** The only tag that has an effect: cells of GFM's tables have no other line break. */
const BREAK_TAG = /^<br[ \t]*\/?>$/i;

export function finishTree(root: Root, known: ReadonlyMap<string, KnownDefinition>): ParsedPiece {
  const definitions = new Map<string, KnownDefinition>();
  const footnotes = new Map<string, number>();
  collect(root, definitions, footnotes);
  const all = new Map([...definitions, ...known]);
  const blocks: ParsedBlock[] = root.children.map((node) => {
    const { type, position } = node;
    const parts =
      type === 'list' || type === 'table' || type === 'blockquote' ? node.children.map((child) => child.position?.start.offset ?? 0) : [];
    const nodes = type === 'definition' ? [] : finish([node], all, false);
    return { type, nodes: nodes as RootContent[], start: position?.start.offset ?? 0, end: position?.end.offset ?? 0, parts };
  });
  return { blocks, definitions, footnotes };
}

function collect(parent: Parent, definitions: Map<string, KnownDefinition>, footnotes: Map<string, number>): void {
  for (const node of parent.children) {
    const end = node.position?.end.offset ?? 0;
    if (node.type === 'definition') {
      const label = normalizeIdentifier(node.identifier);
      if (!definitions.has(label)) definitions.set(label, { url: node.url, title: node.title ?? null, end });
    } else if (node.type === 'footnoteDefinition') footnotes.set(normalizeIdentifier(node.identifier), end);
    if ('children' in node && node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'table')
      collect(node, definitions, footnotes);
  }
}

/** Returns the nodes that replace `nodes`. */
function finish(nodes: readonly Nodes[], definitions: ReadonlyMap<string, KnownDefinition>, isInLink: boolean): Nodes[] {
  return nodes.flatMap((node): Nodes | Nodes[] => {
    delete node.position;
    if (node.type === 'html') return BREAK_TAG.test(node.value) ? { type: 'break' } : node;
    // CommonMark: a line ending in code is a space.
    if (node.type === 'inlineCode') return { ...node, value: node.value.replaceAll('\n', ' ') };
    if (node.type === 'pendingMark') return { type: 'text', value: node.mark };
    if (node.type === 'imageReference') {
      const { alt, identifier } = node;
      const definition = definitions.get(normalizeIdentifier(identifier));
      return definition === undefined ? [] : { type: 'image', title: definition.title, url: definition.url, alt: alt ?? null };
    }
    if (node.type === 'definition') return [];
    if (!('children' in node)) return node;
    const isLink = node.type === 'link' || node.type === 'linkReference';
    const children = mergeText(finish(node.children, definitions, isInLink || isLink));
    // The parser also finds bare addresses inside the text of a link.
    if (isLink && isInLink) return children;
    if (node.type === 'linkReference') {
      const definition = definitions.get(normalizeIdentifier(node.identifier));
      if (definition === undefined) return children;
      return { type: 'link', title: definition.title, url: definition.url, children: children as PhrasingContent[] };
    }
    (node as Parent).children = children as RootContent[];
    return node.type === 'paragraph' ? setFormulasApart(node) : node;
  });
}

function mergeText(nodes: readonly Nodes[]): Nodes[] {
  const merged: Nodes[] = [];
  for (const node of nodes) {
    const last = merged[merged.length - 1];
    if (node.type === 'text' && last?.type === 'text') last.value += node.value;
    else merged.push(node);
  }
  return merged;
}

/** Splits a paragraph at each display formula (`$$…$$`, `\[…\]`) that is alone on its lines: it becomes a block. */
function setFormulasApart(paragraph: Paragraph): Nodes[] {
  const parts: Nodes[] = [];
  let line: PhrasingContent[] = [];
  const { children } = paragraph;
  children.forEach((node, index) => {
    const next = children[index + 1];
    if (node.type !== 'inlineMath' || node.data?.isDisplay !== true || !endsLine(line.at(-1)) || !startsLine(next)) {
      line.push(node);
      return;
    }
    pushParagraph(parts, line);
    parts.push({ type: 'math', value: node.value });
    line = [];
  });
  if (parts.length === 0) return children.length === 0 ? [] : [paragraph];
  pushParagraph(parts, line);
  return parts;
}

function endsLine(node: PhrasingContent | undefined): boolean {
  return node === undefined || node.type === 'break' || (node.type === 'text' && /\n[ \t]*$/.test(node.value));
}

function startsLine(node: PhrasingContent | undefined): boolean {
  return node === undefined || node.type === 'break' || (node.type === 'text' && /^[ \t]*\n/.test(node.value));
}

/** Adds a paragraph, without the line endings next to the formulas around it. */
function pushParagraph(parts: Nodes[], children: readonly PhrasingContent[]): void {
  const own = [...children];
  const [first, last] = [own[0], own.at(-1)];
  if (parts.length > 0 && first?.type === 'text') own[0] = { ...first, value: first.value.replace(/^[ \t]*\n/, '') };
  if (last?.type === 'text') {
    const text = own[own.length - 1];
    if (text?.type === 'text') own[own.length - 1] = { ...text, value: text.value.replace(/\n[ \t]*$/, '') };
  }
  const kept = own.filter((node) => node.type !== 'text' || node.value !== '');
  if (kept[0]?.type === 'break' && parts.length > 0) kept.shift();
  if (kept.length > 0) parts.push({ type: 'paragraph', children: kept });
}
