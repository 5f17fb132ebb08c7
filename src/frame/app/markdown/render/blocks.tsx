/** Block elements: paragraphs, headings, quotations, lists, code, tables, formulas. */
import type { BlockContent, DefinitionContent } from 'mdast';
import { type JSX, memo } from 'react';
import { CodeBlock } from './code/code-block.js';
import { Footnote } from './footnotes.js';
import { DisplayFormula } from './formula.js';
import { List } from './list.js';
import { type Outline, toLevel } from './outline.js';
import { Phrases } from './phrases.js';
import { Table } from './table.js';

/** mdast's flow content. */
export type BlockNode = BlockContent | DefinitionContent;

export interface BlockProps {
  readonly node: BlockNode;
  readonly dir: 'auto' | undefined;
  /** For a heading: the headings that enclose it, and itself. */
  readonly outline?: Outline | undefined;
}

/** Nested blocks have no `dir` of their own: `dir="auto"` of the outer block ignores text in elements that have one. */
export function Blocks({ nodes }: { readonly nodes: readonly BlockNode[] }): JSX.Element {
  return (
    <>
      {nodes.map((node, index) => (
        <Block node={node} dir={undefined} key={index} />
      ))}
    </>
  );
}

/** Rendered again only if the node changes: blocks above the end of an answer stay the same. */
export const Block = memo(function Block({ node, dir, outline }: BlockProps): JSX.Element | null {
  switch (node.type) {
    case 'paragraph':
      return (
        <p dir={dir}>
          <Phrases nodes={node.children} />
        </p>
      );
    case 'heading': {
      const Level = `h${toLevel(outline ?? String(node.depth))}` as const;
      return (
        <Level dir={dir} className={`md-heading md-heading--${node.depth}`}>
          <Phrases nodes={node.children} />
        </Level>
      );
    }
    case 'blockquote':
      return (
        <blockquote dir={dir}>
          <Blocks nodes={node.children} />
        </blockquote>
      );
    case 'list':
      return <List node={node} dir={dir} renderBlock={renderNested} />;
    case 'code':
      return <CodeBlock source={node.value} language={node.lang ?? ''} />;
    case 'math':
      return <DisplayFormula source={node.value} />;
    case 'table':
      return <Table node={node} dir={dir} />;
    case 'thematicBreak':
      return <hr />;
    case 'html':
      // HTML in an answer is shown as text, never inserted as markup.
      return (
        <p dir={dir} className="md-raw">
          {node.value}
        </p>
      );
    case 'footnoteDefinition':
      return (
        <Footnote node={node}>
          <Blocks nodes={node.children} />
        </Footnote>
      );
    case 'definition':
      return null;
  }
});

function renderNested(node: BlockNode, key: number): JSX.Element {
  return <Block node={node} dir={undefined} key={key} />;
}
