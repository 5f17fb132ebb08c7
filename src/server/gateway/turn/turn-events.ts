/** Which events of a turn leave, and what of each: the chat's list, not Coze's. */
import { z } from 'zod';
import { ownMembers } from '../../../core/values/own-members.js';
import { parseJson } from '../../../core/values/parse-json.js';
import { chat, message } from '../endpoints/answers.js';

/** An event as it came, or as it leaves. */
export interface TurnEvent {
  readonly event: string;
  readonly data: string;
}

/** What an event says of the turn, for who looks on. */
export interface SeenEvent {
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface ForwardedEvent extends SeenEvent {
  readonly wire: string;
}

/** Coze Studio's name for the last event. */
const STUDIO_DONE = 'conversation.stream.done';
const CHAT_EVENT = /^conversation\.chat\.(?:created|in_progress|completed|failed|requires_action)$/;
const MESSAGE_EVENT = /^conversation\.(?:message\.(?:delta|completed)|audio\.delta)$/;

const nothing = z.string().optional().catch(undefined);
/** What a bot has called: names and arguments, not the ids of plugins. */
const functionCall = z.object({ name: nothing, plugin_name: nothing, api_name: nothing, arguments: z.unknown() });
const recalled = z.object({
  slice: nothing,
  meta: z
    .object({
      document: z.object({ name: nothing }).optional().catch(undefined),
      link: z.object({ title: nothing, url: nothing }).optional().catch(undefined),
      card: z.object({ title: nothing }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
const recall = z.object({ chunks: z.array(recalled) });

/** `undefined` for what does not leave. `toCozeCode` is the upstream's. */
export function toForwardedEvent({ event, data }: TurnEvent, toCozeCode: (code: number) => number): ForwardedEvent | undefined {
  // Its data is a page of the workflow's editor, or nothing.
  if (event === 'done' || event === STUDIO_DONE) return { event: 'done', fields: {}, wire: toWire('done', '"[DONE]"') };
  const json = parseJson(data);
  const fields = json.ok && typeof json.value === 'object' && json.value !== null ? json.value : {};
  if (event === 'error') return errorEvent(toCozeCode(Number((fields as { code?: unknown }).code) || 5000));
  if (CHAT_EVENT.test(event)) return forwarded(event, withCozeCode(cut(chat, fields), toCozeCode));
  if (MESSAGE_EVENT.test(event)) return forwarded(event, withoutInternals(cut(message, fields)));
  return undefined;
}

/** What Coze wrote about it does not leave: the chat has sentences of its own for its codes. */
export function errorEvent(code: number): ForwardedEvent {
  return forwarded('error', { code, msg: `The answer ended with code ${code}.` });
}

export function forwarded(event: string, fields: Readonly<Record<string, unknown>>): ForwardedEvent {
  return { event, fields, wire: toWire(event, JSON.stringify(fields)) };
}

function toWire(event: string, data: string): string {
  return `event:${event}\ndata:${data}\n\n`;
}

function cut(schema: z.ZodType<Record<string, unknown>>, value: object): Readonly<Record<string, unknown>> {
  const result = schema.safeParse(value);
  return result.success ? ownMembers(result.data) : {};
}

function withCozeCode(fields: Readonly<Record<string, unknown>>, toCozeCode: (code: number) => number): Readonly<Record<string, unknown>> {
  const code = Number((fields['last_error'] as { code?: unknown } | undefined)?.code ?? 0);
  // The SDK reads `msg` and must find one.
  return 'last_error' in fields ? { ...fields, last_error: { code: code === 0 ? 0 : toCozeCode(code), msg: '' } } : fields;
}

function withoutInternals(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { type, content } = fields;
  if (typeof content !== 'string') return fields;
  if (type === 'function_call') return { ...fields, content: JSON.stringify(cut(functionCall, parseObject(content))) };
  if (type === 'knowledge' || type === 'verbose') return { ...fields, content: withoutIds(content) };
  return fields;
}

/** Slices as text stay; of JSON only what is shown, and that a turn was interrupted or is at its end. */
function withoutIds(content: string): string {
  if (!content.trimStart().startsWith('{')) return content;
  const { msg_type: kind, data } = parseObject(content) as { msg_type?: unknown; data?: unknown };
  if (kind !== 'knowledge_recall') return JSON.stringify({ msg_type: typeof kind === 'string' ? kind : '' });
  const chunks = cut(recall, typeof data === 'string' ? parseObject(data) : Object(data));
  return JSON.stringify({ msg_type: kind, data: JSON.stringify(chunks) });
}

function parseObject(text: string): object {
  const json = parseJson(text);
  return json.ok && typeof json.value === 'object' && json.value !== null ? json.value : {};
}
