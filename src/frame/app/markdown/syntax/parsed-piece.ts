/** A parsed piece of a document, and what the parser has to know about the other pieces. */
import type { RootContent } from 'mdast';
import type { LateSyntax } from './late/late-syntax.js';

/** The target of a reference; `end` is the offset at which its definition ends. */
export interface KnownDefinition {
  readonly url: string;
  readonly title: string | null;
  readonly end: number;
}

export interface ParsedBlock {
  readonly type: RootContent['type'];
  /** Empty for a definition; several for a paragraph with formulas on lines of their own. */
  readonly nodes: readonly RootContent[];
  readonly start: number;
  readonly end: number;
  /** Offsets at which the items of a list, the rows of a table or the blocks of a quote begin; empty for other blocks. */
  readonly parts: readonly number[];
}

export interface ParseOptions {
  /** Definitions of links in other pieces, by label in micromark's normal form. */
  readonly definitions?: ReadonlyMap<string, KnownDefinition>;
  /** Labels of footnotes in other pieces. */
  readonly footnotes?: Iterable<string>;
  /** Labels that count as defined although their definitions have not arrived, so that their references are not shown as text. */
  readonly pending?: PendingLabels;
  /** The late syntax that the text needs. */
  readonly late?: LateSyntax;
}

export interface PendingLabels {
  readonly links: Iterable<string>;
  readonly footnotes: Iterable<string>;
}

export interface ParsedPiece {
  readonly blocks: readonly ParsedBlock[];
  /** The definitions of links in this piece, by label. */
  readonly definitions: ReadonlyMap<string, KnownDefinition>;
  /** The labels of footnotes in this piece, each with the offset at which its definition ends. */
  readonly footnotes: ReadonlyMap<string, number>;
}
