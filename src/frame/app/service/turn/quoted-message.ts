/** A question that quotes an answer. */
import type { ChatParams } from './turn-events.js';

type Messages = NonNullable<ChatParams['additional_messages']>;

/** As Coze's own client sends it: the visitor's words first, then what they are about, marked `is_refer`. `params` itself where nothing is quoted. */
export function quoteAsPart(params: ChatParams, quote: string): ChatParams {
  return withQuestion(params, quote, (text) => ({
    content_type: 'object_string',
    content: JSON.stringify([
      { type: 'text', text },
      { type: 'text', text: quote, is_refer: true },
    ]),
  }));
}

/** In words alone. */
export function quoteAsMarkdown(params: ChatParams, quote: string): ChatParams {
  return withQuestion(params, quote, (text) => ({ content_type: 'text', content: `${quote.replace(/^/gm, '> ')}\n\n${text}` }));
}

/** A picture or a file cannot quote. */
function withQuestion(params: ChatParams, quote: string, change: (text: string) => object): ChatParams {
  const { additional_messages: messages = [] } = params;
  const question = messages.at(-1);
  if (quote === '' || question?.content_type !== 'text' || typeof question.content !== 'string') return params;
  return { ...params, additional_messages: [...messages.slice(0, -1), { ...question, ...change(question.content) }] as Messages };
}
