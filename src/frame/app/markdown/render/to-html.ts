/** Converts a message to HTML for the clipboard, to paste into a word processor, an e-mail or a spreadsheet. Only fixed tags; all text is escaped. */
import type { Link, Nodes, Parent, Table, TableRow } from 'mdast';
import { parseLink } from '../../../../core/address.js';

export function toHtml(blocks: readonly Nodes[]): string {
  return blocks.map((node) => (node.type === 'html' ? `<p>${toElement(node)}</p>` : toElement(node))).join('');
}

function toPhrases(nodes: readonly Nodes[]): string {
  return nodes.map(toElement).join('');
}

/** A first paragraph stays on the line of the bullet, number or box. */
function toItem(blocks: readonly Nodes[]): string {
  const [first, ...rest] = blocks;
  return first?.type === 'paragraph' ? toPhrases(first.children) + toHtml(rest) : toHtml(blocks);
}

function toElement(node: Nodes): string {
  switch (node.type) {
    case 'paragraph':
      return element('p', node);
    case 'heading':
      return element(`h${node.depth}`, node);
    case 'blockquote':
      return `<blockquote>${toHtml(node.children)}</blockquote>`;
    case 'list':
      return node.ordered === true ? element('ol', node, { start: String(node.start ?? 1) }) : element('ul', node);
    case 'listItem':
      return `<li>${checkMark(node.checked)}${toItem(node.children)}</li>`;
    case 'table':
      return toTable(node);
    case 'strong':
      return element('strong', node);
    case 'emphasis':
      return element('em', node);
    case 'delete':
      return element('del', node);
    case 'link':
      return toLink(node);
    case 'code':
      return `<pre><code>${escapeText(node.value)}</code></pre>`;
    case 'inlineCode':
      return `<code>${escapeText(node.value)}</code>`;
    case 'image':
      return escapeText(node.alt ?? '');
    case 'break':
      return '<br>';
    case 'thematicBreak':
      return '<hr>';
    case 'footnoteReference':
      return `<sup>[${escapeText(node.label ?? node.identifier)}]</sup>`;
    case 'footnoteDefinition':
      return `<div>[${escapeText(node.label ?? node.identifier)}] ${toItem(node.children)}</div>`;
    case 'math':
      return `<p>${toLines(node.value)}</p>`;
    case 'text':
    case 'html':
    case 'inlineMath':
      return toLines(node.value);
    case 'root':
      return toHtml(node.children);
    case 'definition':
    case 'imageReference':
    case 'linkReference':
    case 'pendingMark':
    case 'tableCell':
    case 'tableRow':
    case 'yaml':
      // References are resolved, cells and rows are written with their table, and the rest is not shown.
      return '';
  }
}

function element(name: string, { children }: Parent, attributes: Readonly<Record<string, string>> = {}): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeText(value)}"`);
  return `<${name}${written.join('')}>${toPhrases(children)}</${name}>`;
}

function toLink(node: Link): string {
  const href = parseLink(node.url);
  return href === undefined ? toPhrases(node.children) : element('a', node, { href });
}

function toTable({ align, children: [head, ...rows] }: Table): string {
  const toRow = (row: TableRow, cell: 'th' | 'td'): string => {
    const cells = row.children.map((content, index) => element(cell, content, align?.[index] ? { align: align[index] } : {}));
    return `<tr>${cells.join('')}</tr>`;
  };
  const headRow = head === undefined ? '' : `<thead>${toRow(head, 'th')}</thead>`;
  return `<table>${headRow}<tbody>${rows.map((row) => toRow(row, 'td')).join('')}</tbody></table>`;
}

function checkMark(checked: boolean | null | undefined): string {
  if (typeof checked !== 'boolean') return '';
  return checked ? '☑ ' : '☐ ';
}

function toLines(text: string): string {
  return escapeText(text).replaceAll('\n', '<br>');
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
