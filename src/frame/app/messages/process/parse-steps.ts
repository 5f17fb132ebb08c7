/** Parses a bot's steps from the messages of the API (https://www.coze.cn/open/docs/developer_guides/message_type). */
import type { ChatMessage } from '@coze/chat-sdk';
import { cutText } from '../../../../core/values/cut-text.js';
import { asList, asObject, asText } from '../../../../core/values/foreign-value.js';

export type Step = Thinking | ToolUse | Recall;

export interface Thinking {
  readonly kind: 'thinking';
  readonly text: string;
  readonly isOver: boolean;
}

export interface ToolUse {
  readonly kind: 'tool';
  /** Empty if the API does not name the tool. */
  readonly name: string;
  readonly input: string;
  /** `undefined` until the result has arrived. */
  readonly result: string | undefined;
}

export interface Recall {
  readonly kind: 'recall';
  readonly sources: readonly Source[];
}

export interface Source {
  /** Title of the document or page; empty if the API does not name it. */
  readonly title: string;
  readonly url: string;
  readonly text: string;
}

/** Limits the shown texts: a tool's response may have megabytes. */
const MAX_LENGTH = 2_000;
const MAX_NAME_LENGTH = 100;
const MAX_TITLE_LENGTH = 300;

export function parseSteps(messages: readonly ChatMessage[]): readonly Step[] {
  const steps: Step[] = [];
  for (const message of messages) {
    const { content, reasoning_content: thoughts = '', isComplete } = message;
    // `tool_output`: the name in some of the API's documents.
    const type = message.type as string;
    if (type === 'function_call') steps.push(parseCall(content));
    else if (type === 'tool_response' || type === 'tool_output') addResultToFirstCall(steps, content);
    else if (type === 'knowledge' || type === 'verbose') {
      const sources = parseRecall(content, type);
      if (sources.length > 0) steps.push({ kind: 'recall', sources });
    } else if (type === 'answer' && thoughts !== '') {
      steps.push({ kind: 'thinking', text: thoughts.trim(), isOver: isComplete !== false || content !== '' });
    }
  }
  return steps;
}

function parseCall(content: string): ToolUse {
  const call = parseObject(content);
  const name = firstText(call['plugin_name'], call['api_name'], call['name']);
  const { arguments: input = '' } = call;
  return {
    kind: 'tool',
    name: toName(name),
    input: cut(typeof input === 'string' ? input : JSON.stringify(input, undefined, 2)),
    result: undefined,
  };
}

/** The API's names are `ts-<plugin>-<tool>`. */
function toName(name: string): string {
  return cutText(name.replace(/^ts-/, ''), MAX_NAME_LENGTH);
}

/** Adds a result to the first call without one. A result has no id of its call, and results arrive in the order of the calls. */
function addResultToFirstCall(steps: Step[], content: string): void {
  const index = steps.findIndex((step) => step.kind === 'tool' && step.result === undefined);
  const { response_for_model: forModel } = parseObject(content);
  const result = cut(typeof forModel === 'string' ? forModel : content);
  const call = steps[index];
  if (call?.kind === 'tool') steps[index] = { ...call, result };
  else steps.push({ kind: 'tool', name: '', input: '', result });
}

/** Parses both documented forms: slices as text, and chunks as JSON. */
function parseRecall(content: string, type: string): readonly Source[] {
  const { msg_type: kind, data } = parseObject(content);
  if (kind === 'knowledge_recall') return parseChunks(typeof data === 'string' ? parseObject(data) : asObject(data));
  if (type !== 'knowledge' || kind !== undefined) return [];
  return content
    .split(/^---$|^recall slice \d{1,6}[:：]/m)
    .map((slice) => slice.trim())
    .filter((slice) => slice !== '')
    .map((text) => ({ title: '', url: '', text: cut(text) }));
}

function parseChunks({ chunks }: Readonly<Record<string, unknown>>): readonly Source[] {
  return asList(chunks)
    .map(asObject)
    .map((chunk) => {
      const meta = asObject(chunk['meta']);
      const link = asObject(meta['link']);
      const title = firstText(asObject(meta['document'])['name'], link['title'], asObject(meta['card'])['title']);
      return { title: cutText(title, MAX_TITLE_LENGTH), url: asText(link['url']), text: cut(asText(chunk['slice'])) };
    });
}

/** Returns each document once, in the order of appearance. */
export function findSources(steps: readonly Step[]): readonly Source[] {
  const all = steps.flatMap((step) => (step.kind === 'recall' ? step.sources : [])).filter(({ title, url }) => title !== '' || url !== '');
  return [...new Map(all.map((source) => [`${source.title}\n${source.url}`, source])).values()];
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return {};
  }
}

function firstText(...values: readonly unknown[]): string {
  return values.map(asText).find((text) => text !== '') ?? '';
}

function cut(text: string): string {
  return cutText(text, MAX_LENGTH);
}
