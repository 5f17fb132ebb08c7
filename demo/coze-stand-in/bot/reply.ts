import { readCommand } from './command.js';
import { describePlace, readToolTask, runToolTask } from './page-tools.js';
import type { Question, Reply, ReplyFailure, ReplyStep } from './reply-parts.js';
import { markdownSample, sampleOf } from './samples.js';
import { type Language, languageOf, STRINGS } from './texts.js';

/** The bot repeats the text after this prefix verbatim. */
const SAY = 'say:\n';

const noDelay = { beforeAnswer: 0, betweenWords: 0 };
const slowDelay = { beforeAnswer: 3_000, betweenWords: 300 };

/** The error of a failed chat, worded as in the official SDKs' test data. */
export const chatFailure = (afterPieces: number): ReplyFailure => ({
  kind: 'chat-failed',
  code: 5000,
  msg: 'event interval error',
  afterPieces,
});
export const errorEvent = (afterPieces: number): ReplyFailure => ({ kind: 'error', code: 5000, msg: 'internal error', afterPieces });

/** Composes the demo bot's reply: a pure function of the question and its context. */
export function composeReply(question: Question, origin: string): Reply {
  const language = languageOf(question.text);
  const strings = STRINGS[language];
  const command = readCommand(question.text);
  const plain = (text: string, suggestions: readonly string[]): Reply => ({
    text,
    suggestions: suggestions.filter((suggestion) => command === undefined || readCommand(suggestion) !== command),
    extraDelayMs: noDelay,
    failure: undefined,
    tools: undefined,
  });

  if (question.text.startsWith(SAY)) return plain(question.text.slice(SAY.length), []);
  const task = readToolTask(question.text);
  if (task !== undefined) return runToolTask(task, plain);
  if (question.attachments.length > 0) return plain(describe(question, language), strings.suggestions.afterEcho);

  switch (command) {
    case undefined:
      return plain(strings.echo(question.text), strings.suggestions.afterEcho);
    case 'greet':
      return plain(strings.greeting, strings.suggestions.afterMemory);
    case 'help':
      return plain(strings.help, strings.suggestions.afterEcho);
    case 'remember':
      return plain(recall(question.earlierQuestions, language), strings.suggestions.afterMemory);
    case 'markdown':
      return plain(markdownSample(language, origin), strings.suggestions.afterSample);
    case 'action':
      return runToolTask({ rounds: [[{ name: 'get_weather', arguments: JSON.stringify({ city: 'Beijing' }) }]] }, plain);
    case 'place':
      return plain(describePlace(question.variables, language), strings.suggestions.afterEcho);
    case 'research':
      return { ...plain('It is 20 EUR, with VAT.', strings.suggestions.afterEcho), thoughts: THOUGHTS, steps: researchSteps(origin) };
    case 'long':
      return plain(Array.from({ length: 12 }, (_, index) => strings.longParagraph(index + 1)).join('\n\n'), strings.suggestions.afterEcho);
    case 'slow':
      return { ...plain(strings.slow, strings.suggestions.afterEcho), extraDelayMs: slowDelay };
    case 'fail':
      return { ...plain(strings.partial, []), failure: chatFailure(0) };
    case 'error':
      return { ...plain(strings.partial, []), failure: errorEvent(0) };
    case 'table':
    case 'code':
    case 'list':
    case 'tasks':
    case 'image':
    case 'link':
      return plain(`${strings.introductions[command]}\n\n${sampleOf(command, language, origin)}`, strings.suggestions.afterSample);
  }
}

const THOUGHTS = 'They ask for a price. I look it up first.';

/** One step of each form that is documented or was seen; ids in the call are numbers, as in the API. */
const researchSteps = (origin: string): readonly ReplyStep[] => [
  {
    type: 'function_call',
    content: JSON.stringify({
      name: 'ts-shop-get_price',
      arguments: { sku: 'A-7' },
      plugin_id: 737,
      plugin_name: 'shop',
      api_id: 738,
      api_name: 'get_price',
      plugin_type: 1,
    }),
  },
  { type: 'tool_response', content: JSON.stringify({ price: 20, currency: 'EUR' }) },
  { type: 'knowledge', content: '---\nrecall slice 1:Prices are with VAT.\n' },
  {
    type: 'verbose',
    content: JSON.stringify({
      msg_type: 'knowledge_recall',
      data: JSON.stringify({
        ori_req: 'price',
        status_code: 0,
        chunks: [
          {
            slice: 'A-7 costs 20 EUR.',
            score: 0.71,
            meta: { document: { id: '1', name: 'Price list <2026>' }, link: { title: 'Prices', url: `${origin}/assets/prices` } },
          },
        ],
      }),
      from_module: null,
      from_unit: null,
    }),
  },
];

function recall(questions: readonly string[], language: Language): string {
  return questions.length === 0 ? STRINGS[language].nothingSaid : STRINGS[language].saidBefore(questions);
}

function describe(question: Question, language: Language): string {
  const files = question.attachments.map((file) => STRINGS[language].file(file.name, file.mediaType, file.bytes));
  return [...files, ...(question.text === '' ? [] : [STRINGS[language].echo(question.text)])].join('\n\n');
}
