/** Converts a Markdown tree to text that is read aloud. */
import type { Nodes, TableRow } from 'mdast';
import { cutText } from '../../../../core/values/cut-text.js';

/** Longer texts are cut, because a listener cannot skip. */
export const MAX_SPOKEN_CHARACTERS = 2_000;

/** The end of a sentence. A part without one gets a full stop, so that the voice pauses. */
const ENDS_SENTENCE = /[.!?…:;,。！？：；，、؟؛।]["'”’」』)）\]]*$/u;

export function toSpeech(content: Nodes | readonly Nodes[]): string {
  const parts: string[] = [];
  let length = 0;
  for (const part of readParts('type' in content ? [content] : content)) {
    parts.push(part);
    length += part.length + 1;
    if (length > MAX_SPOKEN_CHARACTERS) break;
  }
  return cutText(parts.join(' '), MAX_SPOKEN_CHARACTERS);
}

/** Yields one part at a time, so that the part of a long answer that is not spoken is not converted. */
function* readParts(nodes: readonly Nodes[]): Generator<string> {
  for (const node of nodes) {
    if (node.type === 'table') for (const row of node.children) yield* endSentence(readRow(row));
    else if (isContainer(node)) yield* readParts(node.children);
    else yield* endSentence(readText(node));
  }
}

function isContainer(node: Nodes): node is Nodes & { readonly children: readonly Nodes[] } {
  return ['root', 'list', 'listItem', 'blockquote', 'footnoteDefinition'].includes(node.type);
}

function readRow({ children }: TableRow): string {
  return children
    .map((cell) => tidy(readText(cell)))
    .filter((text) => text !== '')
    .join(', ');
}

function* endSentence(text: string): Generator<string> {
  const tidied = tidy(text);
  if (tidied !== '') yield ENDS_SENTENCE.test(tidied) ? tidied : `${tidied}.`;
}

/** The spoken text of a line, without URLs, footnote numbers and tags. */
function readText(node: Nodes): string {
  if (node.type === 'image') return node.alt ?? '';
  if (node.type === 'break') return ' ';
  // A block of HTML has text between its tags, which the screen shows.
  if (node.type === 'html') return node.value.replace(/<[^<>]*>/g, ' ');
  if ('children' in node) return node.children.map(readText).join('');
  return 'value' in node ? node.value : '';
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
