/** Adds a quote to a question. */
import type { ChatParams } from './turn-events.js';

type Messages = NonNullable<ChatParams['additional_messages']>;

/** In the form of Coze's own client: the visitor's text first, then the quote, marked `is_refer`. Returns `params` itself without a quote. */
export function quoteAsPart(params: ChatParams, quote: string): ChatParams {
  return withQuestion(params, quote, (text) => ({
    content_type: 'object_string',
    content: JSON.stringify([
      { type: 'text', text },
      { type: 'text', text: quote, is_refer: true },
    ]),
  }));
}

/** As a Markdown quote within the text. */
export function quoteAsMarkdown(params: ChatParams, quote: string): ChatParams {
  return withQuestion(params, quote, (text) => ({ content_type: 'text', content: `${quote.replace(/^/gm, '> ')}\n\n${text}` }));
}

/** Only text can carry a quote, not pictures or files. */
function withQuestion(params: ChatParams, quote: string, change: (text: string) => object): ChatParams {
  const { additional_messages: messages = [] } = params;
  const question = messages.at(-1);
  if (quote === '' || question?.content_type !== 'text' || typeof question.content !== 'string') return params;
  return { ...params, additional_messages: [...messages.slice(0, -1), { ...question, ...change(question.content) }] as Messages };
}
