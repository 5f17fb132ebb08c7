/** The tools of the visitor's page that the demo bot calls, and what the bot knows of that page. */
import { z } from 'zod';
import { parseJson } from '../json.js';
import type { FunctionCall, Reply } from './reply-parts.js';
import { type Language, languageOf, STRINGS } from './texts.js';

export interface ToolTask {
  /** Each round is one request for tools, answered before the next round. */
  readonly rounds: readonly (readonly FunctionCall[])[];
  /** Composes the reply after the last round; by default the reply is the tool outputs themselves. */
  readonly composeAnswer?: ((outputs: readonly string[]) => string) | undefined;
  /** Text that the bot sends before the first request for tools. */
  readonly before?: string | undefined;
}

/** The calls follow this prefix as JSON. */
const CALL = /^call:\s*/;

const scriptSchema = z.object({
  rounds: z.array(z.array(z.object({ name: z.string(), arguments: z.string() })).min(1)),
  before: z.string().optional(),
});

/** "Put decaf into my cart", "add 2 house blend to the cart", "把2包低因咖啡放进购物车". */
const ADD_TO_CART = [
  /^(?:please )?(?:put|add) (?:(?<count>\d{1,3}) )?(?<product>.{1,60}?) (?:in|into|to) (?:my|the) cart[.!]?$/i,
  /^请?把(?:(?<count>\d{1,3})[包份袋个]?)?(?<product>.{1,20}?)(?:放进|加入|放入)(?:我的)?购物车[。！]?$/,
];
const SHOW_CART = [/^(?:what is|what's|what’s|show me what is) in (?:my|the) cart\??$/i, /^(?:我的)?购物车里有什么[？?]?$/];

/** Returns `undefined` if the text needs no tool. */
export function readToolTask(text: string): ToolTask | undefined {
  const language = languageOf(text);
  if (CALL.test(text)) {
    const script = scriptSchema.safeParse(parseJson(text.replace(CALL, '')));
    return script.success ? script.data : undefined;
  }
  const wanted = firstMatch(ADD_TO_CART, text)?.groups;
  if (wanted !== undefined) {
    const order = { product: wanted['product'], quantity: Number(wanted['count'] ?? 1) };
    return {
      rounds: [[{ name: 'add_to_cart', arguments: JSON.stringify(order) }]],
      composeAnswer: ([output = '']) => (hasFailed(output) ? STRINGS[language].cartUnchanged : STRINGS[language].cartChanged(output)),
    };
  }
  if (firstMatch(SHOW_CART, text) === undefined) return undefined;
  return {
    rounds: [[{ name: 'get_cart', arguments: '{}' }]],
    composeAnswer: ([output = '']) => (hasFailed(output) ? STRINGS[language].cartUnknown : STRINGS[language].cartHolds(output)),
  };
}

/** `plain` creates the reply for a text. */
export function runToolTask(task: ToolTask, plain: (text: string, suggestions: readonly string[]) => Reply): Reply {
  const { rounds, composeAnswer = (outputs) => outputs.join('\n\n'), before = '' } = task;
  const ask = (index: number, earlier: readonly string[]): Reply => {
    const calls = rounds[index];
    if (calls === undefined) return plain(composeAnswer(earlier), []);
    return { ...plain(index === 0 ? before : '', []), tools: { calls, next: (outputs) => ask(index + 1, [...earlier, ...outputs]) } };
  };
  return ask(0, []);
}

export function describePlace(variables: Readonly<Record<string, unknown>>, language: Language): string {
  const { page, product } = variables;
  if (typeof product === 'string' && product !== '') return STRINGS[language].atProduct(product);
  return typeof page === 'string' && page !== '' ? STRINGS[language].atPage(page) : STRINGS[language].placeUnknown;
}

const firstMatch = (patterns: readonly RegExp[], text: string): RegExpExecArray | undefined =>
  patterns.map((pattern) => pattern.exec(text)).find((match) => match !== null) ?? undefined;

/** A model would recognise a failure by the text of a tool output, too. */
const hasFailed = (output: string): boolean => /"error"/.test(output);
