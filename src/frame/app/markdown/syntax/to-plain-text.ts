/** Converts a Markdown tree to text without marks, to paste where there is no formatting. */
import type { List, Nodes, Table } from 'mdast';

export function toPlainText(content: Nodes | readonly Nodes[]): string {
  return writeBlocks('type' in content ? [content] : content).trim();
}

function writeBlocks(nodes: readonly Nodes[], gap = '\n\n'): string {
  return nodes
    .map(writeBlock)
    .filter((text) => text !== '')
    .join(gap);
}

function writeBlock(node: Nodes): string {
  if (node.type === 'root' || node.type === 'blockquote') return writeBlocks(node.children);
  if (node.type === 'footnoteDefinition') return `[${node.label ?? node.identifier}] ${writeBlocks(node.children)}`;
  if (node.type === 'list') return writeList(node);
  return node.type === 'table' ? writeTable(node) : writeInline(node);
}

/** Separates cells by tabs, at which a spreadsheet splits them. */
function writeTable({ children }: Table): string {
  return children.map((row) => row.children.map((cell) => writeInline(cell).replace(/\s+/g, ' ').trim()).join('\t')).join('\n');
}

function writeList({ children, ordered, start, spread }: List): string {
  const items = children.map((item, index) => {
    const marker = ordered === true ? `${(start ?? 1) + index}. ` : '• ';
    const box = item.checked === true ? '☑ ' : item.checked === false ? '☐ ' : '';
    const indent = ' '.repeat(marker.length);
    return marker + box + writeBlocks(item.children, item.spread === true ? '\n\n' : '\n').replace(/\n(?!\n)/g, `\n${indent}`);
  });
  return items.join(spread === true ? '\n\n' : '\n');
}

function writeInline(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if (node.type === 'image') return node.alt ?? '';
  if (node.type === 'footnoteReference') return `[${node.label ?? node.identifier}]`;
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(writeInline).join('') : '';
}
