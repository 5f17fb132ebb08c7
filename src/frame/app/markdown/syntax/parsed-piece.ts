/** A piece of a document as it was parsed, and what the parser is told of the other pieces. */
import type { RootContent } from 'mdast';
import type { LateSyntax } from './late/late-syntax.js';

/** What a reference stands for; `end` is where the definition ends. */
export interface KnownDefinition {
  readonly url: string;
  readonly title: string | null;
  readonly end: number;
}

export interface ParsedBlock {
  readonly type: RootContent['type'];
  /** None for a definition; several for a paragraph in which formulas stand on lines of their own. */
  readonly nodes: readonly RootContent[];
  readonly start: number;
  readonly end: number;
  /** Where the items of a list, the rows of a table or the blocks of a quote begin. */
  readonly parts: readonly number[];
}

export interface ParseOptions {
  /** Definitions of links in other pieces, by label in micromark's normal form. */
  readonly definitions?: ReadonlyMap<string, KnownDefinition>;
  /** Labels of footnotes in other pieces. */
  readonly footnotes?: Iterable<string>;
  /** Labels that count as defined although no definition has come, so that their references are not shown as text. */
  readonly pending?: PendingLabels;
  /** What the text needs of the syntax that is loaded late. */
  readonly late?: LateSyntax;
}

export interface PendingLabels {
  readonly links: Iterable<string>;
  readonly footnotes: Iterable<string>;
}

export interface ParsedPiece {
  readonly blocks: readonly ParsedBlock[];
  /** What this piece defines, by label. */
  readonly definitions: ReadonlyMap<string, KnownDefinition>;
  /** Footnotes that it defines, with the end of each. */
  readonly footnotes: ReadonlyMap<string, number>;
}
