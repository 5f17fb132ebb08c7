/** Adds a quote to a question. */
import { getText, type MessageItem, parseItems } from '../../answers/message-text.js';
import type { ChatParams } from './turn-events.js';

type Messages = NonNullable<ChatParams['additional_messages']>;

/**
 * Adds the quote in the form of Coze's own client: the visitor's text and files first, then the quote, marked `is_refer`. Returns `params`
 * itself if there is no quote.
 */
export function quoteAsPart(params: ChatParams, quote: string): ChatParams {
  return withQuestion(params, quote, (text, files) => [
    ...(text === '' ? [] : [{ type: 'text', text }]),
    ...files,
    { type: 'text', text: quote, is_refer: true },
  ]);
}

/** Adds the quote to the text, as a Markdown quote. Returns `params` itself if there is no quote. */
export function quoteAsMarkdown(params: ChatParams, quote: string): ChatParams {
  return withQuestion(params, quote, (text, files) => {
    const quoted = `${quote.replace(/^/gm, '> ')}\n\n${text}`;
    return files.length === 0 ? quoted : [{ type: 'text', text: quoted }, ...files];
  });
}

function withQuestion(
  params: ChatParams,
  quote: string,
  change: (text: string, files: readonly MessageItem[]) => string | readonly MessageItem[],
): ChatParams {
  const { additional_messages: messages = [] } = params;
  const question = messages.at(-1);
  if (quote === '' || typeof question?.content !== 'string') return params;
  const { content, content_type: type = 'text' } = question;
  const files = type === 'text' ? [] : parseItems(content).filter((item) => item.type !== 'text');
  const changed = change(getText({ content, content_type: type }), files);
  const sent =
    typeof changed === 'string'
      ? { content_type: 'text', content: changed }
      : { content_type: 'object_string', content: JSON.stringify(changed) };
  return { ...params, additional_messages: [...messages.slice(0, -1), { ...question, ...sent }] as Messages };
}
