/** What the next message quotes, above the field; and what a sent one does. */
import { type ComponentType, type JSX, useSyncExternalStore } from 'react';
import { lateComponent } from '../../platform/late-component.js';
import { loadMarkdown } from '../markdown/load-markdown.js';
import type { UnmarkedTextProps } from '../markdown/render/unmarked-text.js';
import { useMessages } from './messages-context.js';

/** The bot gets the Markdown that it wrote, who reads gets words. What could be quoted was rendered before, so this is there already. */
const UnmarkedText = lateComponent<UnmarkedTextProps>(
  () =>
    loadMarkdown().then(
      (parts): ComponentType<UnmarkedTextProps> => parts.UnmarkedText,
      () =>
        ({ markdown }) => <>{markdown}</>,
    ),
  () => null,
);

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
