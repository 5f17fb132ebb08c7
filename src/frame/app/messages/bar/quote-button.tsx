/** Puts an answer above the field, as the quote of the next message. */
import type { JSX } from 'react';
import { cutText } from '../../../../core/values/cut-text.js';
import { useMessages } from '../messages-context.js';
import { BarButton } from './bar-button.js';

/** Longer quotes are cut: a quote is only context, and the whole answer is in the conversation. */
const MAX_QUOTE_LENGTH = 2_000;

export function QuoteButton({ text }: { readonly text: string }): JSX.Element {
  const { strings, quotes } = useMessages();
  const quote = (): void => {
    quotes.set(cutText(text.trim(), MAX_QUOTE_LENGTH));
    document.querySelector('textarea')?.focus();
  };
  return <BarButton icon="quote" name={strings.quote} onPress={quote} />;
}
