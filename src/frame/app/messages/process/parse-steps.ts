/** What a bot did on the way to its answer, of what the API says about it (https://www.coze.cn/open/docs/developer_guides/message_type). */
import type { ChatMessage } from '@coze/chat-sdk';

export type Step = Thinking | ToolUse | Recall;

export interface Thinking {
  readonly kind: 'thinking';
  readonly text: string;
  readonly isOver: boolean;
}

export interface ToolUse {
  readonly kind: 'tool';
  /** Empty where the API does not say. */
  readonly name: string;
  readonly input: string;
  /** `undefined` until it is there. */
  readonly result: string | undefined;
}

export interface Recall {
  readonly kind: 'recall';
  readonly sources: readonly Source[];
}

export interface Source {
  /** Of the document or the page; empty where the API does not say. */
  readonly title: string;
  readonly url: string;
  readonly text: string;
}

/** A tool may answer with megabytes, which nobody reads here. */
const MAX_LENGTH = 2_000;

type Json = Readonly<Record<string, unknown>>;

export function parseSteps(messages: readonly ChatMessage[]): readonly Step[] {
  const steps: Step[] = [];
  for (const message of messages) {
    const { content, reasoning_content: thoughts = '', isComplete } = message;
    // `tool_output` is what some of the API's documents call it.
    const type = message.type as string;
    if (type === 'function_call') steps.push(parseCall(content));
    else if (type === 'tool_response' || type === 'tool_output') answerFirstCall(steps, content);
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
  const name = [call['plugin_name'], call['api_name'], call['name']].find((one) => typeof one === 'string' && one !== '') ?? '';
  const { arguments: input = '' } = call;
  return { kind: 'tool', name: toName(name as string), input: cut(typeof input === 'string' ? input : toText(input)), result: undefined };
}

/** Names of the API are `ts-<plugin>-<tool>`. */
function toName(name: string): string {
  return name.replace(/^ts-/, '').slice(0, 100);
}

/** Nothing links a result to its call: they come in the same order. */
function answerFirstCall(steps: Step[], content: string): void {
  const index = steps.findIndex((step) => step.kind === 'tool' && step.result === undefined);
  const { response_for_model: forModel } = parseObject(content);
  const result = cut(typeof forModel === 'string' ? forModel : content);
  const call = steps[index];
  if (call?.kind === 'tool') steps[index] = { ...call, result };
  else steps.push({ kind: 'tool', name: '', input: '', result });
}

/** Two forms are documented: slices as text, and chunks as JSON. */
function parseRecall(content: string, type: string): readonly Source[] {
  const { msg_type: kind, data } = parseObject(content);
  if (kind === 'knowledge_recall') return parseChunks(typeof data === 'string' ? parseObject(data) : (data as Json));
  if (type !== 'knowledge' || kind !== undefined) return [];
  return content
    .split(/^---$|^recall slice \d{1,6}[:：]/m)
    .map((slice) => slice.trim())
    .filter((slice) => slice !== '')
    .map((text) => ({ title: '', url: '', text: cut(text) }));
}

function parseChunks(recall: Json | undefined): readonly Source[] {
  const chunks = Array.isArray(recall?.['chunks']) ? (recall['chunks'] as readonly unknown[]) : [];
  return chunks.map(toObject).map((chunk) => {
    const meta = toObject(chunk['meta']);
    const document = toObject(meta['document']);
    const link = toObject(meta['link']);
    const title = [document['name'], link['title'], toObject(meta['card'])['title']].find((one) => typeof one === 'string' && one !== '');
    return { title: cut(toWords(title)).slice(0, 300), url: toWords(link['url']), text: cut(toWords(chunk['slice'])) };
  });
}

/** Each document once, as it is first met. */
export function findSources(steps: readonly Step[]): readonly Source[] {
  const all = steps.flatMap((step) => (step.kind === 'recall' ? step.sources : [])).filter(({ title, url }) => title !== '' || url !== '');
  return [...new Map(all.map((source) => [`${source.title}\n${source.url}`, source])).values()];
}

function parseObject(text: string): Json {
  try {
    return toObject(JSON.parse(text));
  } catch {
    return {};
  }
}

function toObject(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function toWords(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function toText(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

function cut(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
