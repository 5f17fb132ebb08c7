import type { RootContent } from 'mdast';

/** A block at the top of a document. It is the same object, with the same key, as long as it does not change. */
export interface MarkdownBlock {
  readonly key: number;
  readonly node: RootContent;
}
