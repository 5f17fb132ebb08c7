/** Serialises a tree as in the specifications' examples, without the line breaks between blocks. */
import type { List, Nodes, Table } from 'mdast';
import { sanitizeUri } from 'micromark-util-sanitize-uri';

export function toHtml(nodes: readonly Nodes[]): string {
  return normalizeHtml(nodes.map((node) => write(node)).join(''));
}

/** Line breaks around blocks, and the notation of void elements and quotation marks, are not part of the structure. */
export function normalizeHtml(html: string): string {
  return html
    .replace(/ \/>/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&gt;/g, '>')
    .replace(/\n*(<\/?(?:p|ul|ol|li|blockquote|h[1-6]|hr|pre|table|thead|tbody|tr|th|td)(?: [^>]*)?>)\n*/g, '$1')
    .trim();
}

function write(node: Nodes, isTight = false): string {
  const inner = (): string => ('children' in node ? node.children.map((child) => write(child)).join('') : '');
  switch (node.type) {
    case 'paragraph':
      return isTight ? inner() : `<p>${inner()}</p>`;
    case 'heading':
      return `<h${node.depth}>${inner()}</h${node.depth}>`;
    case 'thematicBreak':
      return '<hr>';
    case 'blockquote':
      return `<blockquote>${inner()}</blockquote>`;
    case 'list':
      return writeList(node);
    case 'table':
      return writeTable(node);
    case 'code': {
      const language = node.lang === null || node.lang === undefined || node.lang === '' ? '' : ` class="language-${escape(node.lang)}"`;
      return `<pre><code${language}>${escape(node.value)}${node.value === '' ? '' : '\n'}</code></pre>`;
    }
    case 'text':
      return escape(node.value);
    case 'html':
      return node.value;
    case 'emphasis':
      return `<em>${inner()}</em>`;
    case 'strong':
      return `<strong>${inner()}</strong>`;
    case 'delete':
      return `<del>${inner()}</del>`;
    case 'inlineCode':
      return `<code>${escape(node.value)}</code>`;
    case 'break':
      return '<br>\n';
    case 'link':
      return `<a href="${sanitizeUri(node.url)}"${title(node.title)}>${inner()}</a>`;
    case 'image':
      return `<img src="${sanitizeUri(node.url)}" alt="${escape(node.alt ?? '')}"${title(node.title)}>`;
    case 'inlineMath':
    case 'math':
      return `<${node.type}>${escape(node.value)}</${node.type}>`;
    case 'footnoteReference':
      return `<sup>${node.identifier}</sup>`;
    case 'footnoteDefinition':
      return `<footnote id="${node.identifier}">${inner()}</footnote>`;
    case 'definition':
      return '';
    case 'imageReference':
    case 'linkReference':
    case 'listItem':
    case 'pendingMark':
    case 'root':
    case 'tableCell':
    case 'tableRow':
    case 'yaml':
      throw new Error(`There is no HTML for ${node.type}.`);
  }
}

function writeList(list: List): string {
  const isTight = list.spread !== true && !list.children.some((item) => item.spread === true);
  const items = list.children.map((item) => {
    const box =
      typeof item.checked !== 'boolean'
        ? ''
        : item.data?.radio === true
          ? `<input type="radio"${item.checked ? ' checked=""' : ''}> `
          : `<input type="checkbox"${item.checked ? ' checked=""' : ''} disabled=""> `;
    const children = item.children.map(
      (child, index) => (isTight && index > 0 && child.type === 'paragraph' ? '\n' : '') + write(child, isTight),
    );
    return `<li>${box}${children.join('')}</li>`;
  });
  const start = list.start === null || list.start === undefined || list.start === 1 ? '' : ` start="${list.start}"`;
  return list.ordered === true ? `<ol${start}>${items.join('')}</ol>` : `<ul>${items.join('')}</ul>`;
}

function writeTable({ align, children: [head, ...rows] }: Table): string {
  const writeRow = (row: typeof head, tag: string): string => {
    const cells = (head?.children ?? []).map((_, column) => {
      const side = align?.[column];
      const cell = row?.children[column];
      return `<${tag}${side === null || side === undefined ? '' : ` align="${side}"`}>${cell === undefined ? '' : cell.children.map((child) => write(child)).join('')}</${tag}>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  };
  const body = rows.length === 0 ? '' : `<tbody>${rows.map((row) => writeRow(row, 'td')).join('')}</tbody>`;
  return `<table><thead>${writeRow(head, 'th')}</thead>${body}</table>`;
}

function title(value: string | null | undefined): string {
  return value === null || value === undefined || value === '' ? '' : ` title="${escape(value)}"`;
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
