/** Puts an answer above the field, as the quote of the next message. */
import type { JSX } from 'react';
import { useMessages } from '../messages-context.js';
import { BarButton } from './bar-button.js';

export function QuoteButton({ text }: { readonly text: string }): JSX.Element {
  const { strings, quotes } = useMessages();
  const quote = (): void => {
    quotes.set(text);
    document.querySelector('textarea')?.focus();
  };
  return <BarButton icon="quote" name={strings.quote} onPress={quote} />;
}
