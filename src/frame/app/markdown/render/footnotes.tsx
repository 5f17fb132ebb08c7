/** Footnotes. Their marks move the focus by script: in a `srcdoc` document, a link to a fragment would load the page into the frame. */
import type { FootnoteDefinition } from 'mdast';
import type { JSX, ReactNode } from 'react';
import { useMarkdown } from './markdown-context.js';

export function FootnoteReference({ identifier, label }: { readonly identifier: string; readonly label: string }): JSX.Element {
  const { idPrefix } = useMarkdown();
  return (
    <sup>
      <button
        type="button"
        className="link md-footnote-mark"
        id={`${idPrefix}-mark-${identifier}`}
        aria-describedby={`${idPrefix}-note-${identifier}`}
        onClick={() => focus(`${idPrefix}-note-${identifier}`)}
      >
        [{label}]
      </button>
    </sup>
  );
}

export function Footnote({ node, children }: { readonly node: FootnoteDefinition; readonly children: ReactNode }): JSX.Element {
  const { idPrefix } = useMarkdown();
  return (
    <div className="md-footnote" role="note" id={`${idPrefix}-note-${node.identifier}`} tabIndex={-1}>
      <button type="button" className="link md-footnote-mark" onClick={() => focus(`${idPrefix}-mark-${node.identifier}`)}>
        [{node.label ?? node.identifier}]
      </button>
      <div>{children}</div>
    </div>
  );
}

function focus(id: string): void {
  const target = document.getElementById(id);
  target?.scrollIntoView({ block: 'nearest' });
  target?.focus({ preventScroll: true });
}
