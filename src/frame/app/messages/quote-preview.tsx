/** Shows the quote of the next message above the field, and that of a sent message. */
import { type JSX, useSyncExternalStore } from 'react';
import { lateComponent } from '../../platform/late-component.js';
import { loadMarkdown } from '../markdown/load-markdown.js';
import type { UnmarkedTextProps } from '../markdown/render/unmarked-text.js';
import { useMessages } from './messages-context.js';

/**
 * The bot gets the quote as Markdown, the visitor sees it as plain text. Only rendered answers can be quoted, so the Markdown code is
 * loaded by then.
 */
const UnmarkedText = lateComponent<UnmarkedTextProps>({
  load: () => loadMarkdown().then((parts) => parts.UnmarkedText),
  Placeholder: () => null,
  Fallback: ({ markdown }) => <>{markdown}</>,
});

export function QuotePreview(): JSX.Element | null {
  const { quotes, strings } = useMessages();
  const quote = useSyncExternalStore(quotes.subscribe, () => quotes.pending);
  if (quote === '') return null;
  return (
    <div className="quote quote--pending">
      <Quoted text={quote} />
      <button
        type="button"
        className="quote__remove"
        aria-label={strings.removeQuote}
        title={strings.removeQuote}
        onKeyDown={(event) => event.stopPropagation()}
        onClick={() => {
          quotes.set('');
          document.querySelector('textarea')?.focus();
        }}
      >
        ×
      </button>
    </div>
  );
}

export function Quote({ text }: { readonly text: string }): JSX.Element {
  return (
    <div className="quote">
      <Quoted text={text} />
    </div>
  );
}

function Quoted({ text }: { readonly text: string }): JSX.Element {
  const { strings } = useMessages();
  return (
    <blockquote className="quote__text" dir="auto">
      <span className="visually-hidden">{strings.quoted} </span>
      <UnmarkedText markdown={text} />
    </blockquote>
  );
}
