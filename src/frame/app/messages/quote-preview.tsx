/** What the next message quotes, above the field; and what a sent one does. */
import { type JSX, useSyncExternalStore } from 'react';
import { useMessages } from './messages-context.js';

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
      {text}
    </blockquote>
  );
}
