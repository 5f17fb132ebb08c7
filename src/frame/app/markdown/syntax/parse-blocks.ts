/** Parses a piece of a document to its blocks and their offsets. */
import type { Root } from 'mdast';
import { type Extension as FromMarkdownExtension, fromMarkdown } from 'mdast-util-from-markdown';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { radioListItem } from 'micromark-extension-misc-radio-list-item';
import type { Extension } from 'micromark-util-types';
import { addressLiteral, addressLiteralFromMarkdown } from './constructs/address.js';
import { cjkEmphasis } from './constructs/cjk-emphasis.js';
import { indentedCode } from './constructs/indented-code.js';
import { knownLabels } from './constructs/known-labels.js';
import { listChecksFromMarkdown } from './constructs/list-checks.js';
import { openInline } from './constructs/open-inline.js';
import { pendingMarksFromMarkdown } from './constructs/pending-marks.js';
import { finishTree } from './finish-tree.js';
import { findTableHead, resolvePendingMarks } from './growing/pending-tree.js';
import { NO_LATE_SYNTAX } from './late/late-syntax.js';
import type { KnownDefinition, ParsedPiece, ParseOptions } from './parsed-piece.js';

const SYNTAX: readonly Extension[] = [cjkEmphasis(), gfmTable(), gfmTaskListItem(), radioListItem(), addressLiteral(), indentedCode()];

const NO_DEFINITIONS: ReadonlyMap<string, KnownDefinition> = new Map();

const FROM_MARKDOWN: FromMarkdownExtension[] = [
  gfmStrikethroughFromMarkdown(),
  gfmTableFromMarkdown(),
  listChecksFromMarkdown(),
  addressLiteralFromMarkdown(),
];

/** Parses a complete piece. */
export function parseBlocks(source: string, options: ParseOptions = {}): ParsedPiece {
  return finishTree(parseTree(source, options), options.definitions ?? NO_DEFINITIONS);
}

/** Parses a piece that will continue: everything that is open at its end is closed there, without its marks. */
export function parseOpenBlocks(source: string, options: ParseOptions = {}): ParsedPiece {
  let root = parseTree(source, options, source.length);
  const head = findTableHead(root, source);
  if (head) {
    const withTable = parseTree(source + createDelimiterRow(head), options, source.length);
    // A formula that contains a `|` may not be cut into cells whose marks the text without a table does not show.
    if (!findTableHead(withTable, source) && countDollars(withTable) <= countDollars(root)) root = withTable;
  }
  resolvePendingMarks(root, source);
  return finishTree(root, options.definitions ?? NO_DEFINITIONS);
}

function parseTree(source: string, options: ParseOptions, openEnd?: number): Root {
  const { definitions = NO_DEFINITIONS, footnotes = [], pending, late = NO_LATE_SYNTAX } = options;
  return fromMarkdown(source, {
    extensions: [
      ...SYNTAX,
      ...late.syntax(openEnd),
      knownLabels([...definitions.keys(), ...(pending?.links ?? [])], [...footnotes, ...(pending?.footnotes ?? [])]),
      ...(openEnd === undefined ? [] : [openInline(openEnd)]),
    ],
    mdastExtensions: [...FROM_MARKDOWN, ...late.fromMarkdown, ...(openEnd === undefined ? [] : [pendingMarksFromMarkdown()])],
  });
}

const countDollars = (root: Root): number => JSON.stringify(root).split('$').length;

/** Creates the row below the head of a table, with which the parser recognises the table. */
function createDelimiterRow({ prefix, line }: { readonly prefix: string; readonly line: string }): string {
  const cells = line.replace(/\\[^]|^\||\|$/g, '').replace(/[^|]*/g, '-');
  return `\n${prefix.replace(/[^>\t]/g, ' ')}|${cells}|`;
}
