/** Inline content: emphasis, links, code, pictures, formulas, footnote marks. */
import type { PhrasingContent } from 'mdast';
import { Fragment, type JSX } from 'react';
import { SafeLink } from '../../links/safe-link.js';
import { FootnoteReference } from './footnotes.js';
import { Formula } from './formula.js';
import { useMarkdown } from './markdown-context.js';
import { Picture } from './picture.js';

export function Phrases({ nodes }: { readonly nodes: readonly PhrasingContent[] }): JSX.Element {
  return (
    <>
      {nodes.map((node, index) => (
        <Phrase node={node} key={index} />
      ))}
    </>
  );
}

function Phrase({ node }: { readonly node: PhrasingContent }): JSX.Element | null {
  switch (node.type) {
    case 'text':
      return <Lines text={node.value} />;
    case 'html':
      // HTML in an answer is shown as text, never inserted as markup.
      return <>{node.value}</>;
    case 'strong':
      return (
        <strong>
          <Phrases nodes={node.children} />
        </strong>
      );
    case 'emphasis':
      return (
        <em>
          <Phrases nodes={node.children} />
        </em>
      );
    case 'delete':
      return (
        <del>
          <Phrases nodes={node.children} />
        </del>
      );
    case 'inlineCode':
      return <code dir="auto">{node.value}</code>;
    case 'inlineMath':
      return <Formula source={node.value} isDisplay={node.data?.isDisplay === true} />;
    case 'break':
      return <br />;
    case 'link':
      return <Link url={node.url} nodes={node.children} />;
    case 'image':
      return <Picture url={node.url} alt={node.alt ?? ''} />;
    case 'footnoteReference':
      return <FootnoteReference identifier={node.identifier} label={node.label ?? node.identifier} />;
    case 'linkReference':
    case 'imageReference':
    case 'pendingMark':
      // The parser resolves them.
      return null;
  }
}

/** Shows a line ending in a paragraph as a line break, because models break lines on purpose. */
function Lines({ text }: { readonly text: string }): JSX.Element {
  const lines = text.split('\n');
  if (lines.length === 1) return <>{text}</>;
  return (
    <>
      {lines.map((line, index) => (
        <Fragment key={index}>
          {index > 0 && <br />}
          {line}
        </Fragment>
      ))}
    </>
  );
}

function Link({ url, nodes }: { readonly url: string; readonly nodes: readonly PhrasingContent[] }): JSX.Element {
  const { onLinkClick } = useMarkdown();
  return (
    <SafeLink url={url} onFollow={onLinkClick && ((event) => onLinkClick(event, { url }))}>
      <Phrases nodes={nodes} />
    </SafeLink>
  );
}
