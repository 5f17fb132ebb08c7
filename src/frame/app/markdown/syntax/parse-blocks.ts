/** Parses a piece of a document: its blocks, with where they stand in it. */
import type { Root } from 'mdast';
import { type Extension as FromMarkdownExtension, fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { radioListItem } from 'micromark-extension-misc-radio-list-item';
import type { Extension } from 'micromark-util-types';
import { addressLiteral, addressLiteralFromMarkdown } from './constructs/address.js';
import { cjkEmphasis } from './constructs/cjk-emphasis.js';
import { indentedCode } from './constructs/indented-code.js';
import { knownLabels } from './constructs/known-labels.js';
import { listChecksFromMarkdown } from './constructs/list-checks.js';
import { mathFlow, mathFlowFromMarkdown } from './constructs/math-flow.js';
import { mathText, mathTextFromMarkdown } from './constructs/math-text.js';
import { openInline } from './constructs/open-inline.js';
import { pendingMarksFromMarkdown } from './constructs/pending-marks.js';
import { rareReferences, rareReferencesFromMarkdown } from './constructs/rare-references.js';
import { finishTree } from './finish-tree.js';
import { findTableHead, resolvePendingMarks } from './growing/pending-tree.js';
import type { KnownDefinition, ParsedPiece, ParseOptions } from './parsed-piece.js';

const SYNTAX: readonly Extension[] = [
  cjkEmphasis(),
  gfmTable(),
  gfmTaskListItem(),
  radioListItem(),
  gfmFootnote(),
  addressLiteral(),
  indentedCode(),
  mathFlow(),
];

const NO_DEFINITIONS: ReadonlyMap<string, KnownDefinition> = new Map();

const FROM_MARKDOWN: FromMarkdownExtension[] = [
  gfmStrikethroughFromMarkdown(),
  gfmTableFromMarkdown(),
  listChecksFromMarkdown(),
  gfmFootnoteFromMarkdown(),
  addressLiteralFromMarkdown(),
  mathFlowFromMarkdown(),
  mathTextFromMarkdown(),
];

/** A piece that is complete. */
export function parseBlocks(source: string, options: ParseOptions = {}): ParsedPiece {
  return finishTree(parseTree(source, options), options.definitions ?? NO_DEFINITIONS);
}

/** A piece that will go on: what is open at its end is closed there, and no mark of it is shown. */
export function parseOpenBlocks(source: string, options: ParseOptions = {}): ParsedPiece {
  let root = parseTree(source, options, source.length);
  const head = findTableHead(root, source);
  if (head !== undefined) {
    const withTable = parseTree(source + createDelimiterRow(head), options, source.length);
    if (findTableHead(withTable, source) === undefined) root = withTable;
  }
  resolvePendingMarks(root, source);
  return finishTree(root, options.definitions ?? NO_DEFINITIONS);
}

function parseTree(source: string, options: ParseOptions, openEnd?: number): Root {
  const { definitions = NO_DEFINITIONS, footnotes = [], pending, characters } = options;
  return fromMarkdown(source, {
    extensions: [
      ...SYNTAX,
      knownLabels([...definitions.keys(), ...(pending?.links ?? [])], [...footnotes, ...(pending?.footnotes ?? [])]),
      mathText(openEnd),
      ...(openEnd === undefined ? [] : [openInline(openEnd)]),
      ...(characters === undefined ? [] : [rareReferences(characters)]),
    ],
    mdastExtensions: [
      ...FROM_MARKDOWN,
      ...(openEnd === undefined ? [] : [pendingMarksFromMarkdown()]),
      ...(characters === undefined ? [] : [rareReferencesFromMarkdown(characters)]),
    ],
  });
}

/** The row that makes a table of its head. */
function createDelimiterRow({ prefix, line }: { readonly prefix: string; readonly line: string }): string {
  const cells = line
    .replace(/\\[^]/g, '')
    .replace(/^\||\|$/g, '')
    .split('|');
  return `\n${prefix.replace(/[^>\t]/g, ' ')}|${'-|'.repeat(cells.length)}`;
}
