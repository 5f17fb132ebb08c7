/** Whether a call stays with what its visitor's token opens: their bots and apps, their conversations, their files. */
import { ownOptions } from '../../core/values/own-members.js';
import { parseJson } from '../../core/values/parse-json.js';
import { safeParseOwn } from '../config/schema.js';
import { ApiProblem } from './api-problem.js';
import type { ApiCall } from './endpoints/endpoint.js';
import { messagePartSchema, type SentMessage } from './endpoints/fields.js';
import type { FileIds } from './endpoints/file-ids.js';
import type { Upstream } from './upstream/upstream.js';
import type { GatewayVisitor } from './visitor.js';

export interface Scope {
  readonly visitor: GatewayVisitor;
  readonly upstream: Upstream;
  readonly fileIds: FileIds;
  readonly signal: AbortSignal;
}

/** The call as it may be sent: with Coze's own ids of files. Throws an `ApiProblem`. */
export async function keepInScope(call: ApiCall, { visitor, upstream, fileIds, signal }: Scope): Promise<ApiCall> {
  // Wherever an id stands.
  for (const fields of [call.params, call.query, call.body]) requireTarget(fields, visitor);
  for (const { conversation_id: id } of [call.params, call.query, call.body]) {
    if (id !== undefined) await upstream.requireConversation(visitor, String(id), signal);
  }
  return { ...call, body: await openFiles(call.body, visitor.subject, fileIds) };
}

function requireTarget({ bot_id: bot, app_id: app, workflow_id: workflow }: ApiCall['query'], { bots, apps }: GatewayVisitor): void {
  if (bot !== undefined && !bots.includes(String(bot))) throw new ApiProblem('bot_foreign');
  if (app === undefined && workflow === undefined) return;
  const isTheirs = apps.some((one) => (app === undefined || one.appId === app) && (workflow === undefined || one.workflowId === workflow));
  if (!isTheirs) throw new ApiProblem('bot_foreign');
}

async function openFiles(body: ApiCall['body'], subject: string, fileIds: FileIds): Promise<ApiCall['body']> {
  const opened: Record<string, unknown> = ownOptions({ ...body });
  if (Array.isArray(body['additional_messages'])) {
    const messages = body['additional_messages'] as readonly SentMessage[];
    opened['additional_messages'] = await Promise.all(messages.map((message) => openMessage(message, subject, fileIds)));
  }
  for (const name of ['parameters', 'shortcut_command'] as const) {
    if (body[name] !== undefined) opened[name] = await fileIds.openAll(body[name], subject);
  }
  return opened;
}

async function openMessage(message: SentMessage, subject: string, fileIds: FileIds): Promise<SentMessage> {
  if (message.content_type !== 'object_string') return message;
  const content = await Promise.all(parseParts(message).map((part) => fileIds.openAll(part, subject)));
  return { ...message, content: JSON.stringify(content) };
}

/** What a message is of, without what no schema knows. */
function parseParts({ content }: SentMessage): readonly object[] {
  const json = parseJson(content);
  const parts = safeParseOwn(messagePartSchema.array().min(1).max(20), json.ok ? json.value : undefined);
  if (!parts.success) throw new ApiProblem('bad_request', { detail: 'object_string' });
  return parts.data;
}

/** What the visitor wrote in the message that they send now, and how many files go with it. */
export function describeMessage(body: ApiCall['body']): { readonly text: string; readonly files: number } {
  const message = lastMessage(body);
  if (message === undefined) return { text: '', files: 0 };
  if (message.content_type === 'text') return { text: message.content, files: 0 };
  const parts = parseParts(message);
  return { text: parts.map(ownText).find((text) => text !== undefined) ?? '', files: parts.filter((part) => 'file_id' in part).length };
}

/** The same body with another text of the visitor's. */
export function withText(body: ApiCall['body'], text: string): ApiCall['body'] {
  const message = lastMessage(body);
  if (message === undefined) return body;
  const messages = body['additional_messages'] as readonly SentMessage[];
  return ownOptions({ ...body, additional_messages: [...messages.slice(0, -1), { ...message, content: toContent(message, text) }] });
}

function toContent(message: SentMessage, text: string): string {
  if (message.content_type === 'text') return text;
  const parts = parseParts(message).filter((part) => ownText(part) === undefined);
  return JSON.stringify([{ type: 'text', text }, ...parts]);
}

/** Not what is quoted. */
function ownText(part: object): string | undefined {
  return 'text' in part && !('is_refer' in part && part.is_refer === true) ? String(part.text) : undefined;
}

function lastMessage({ additional_messages: messages }: ApiCall['body']): SentMessage | undefined {
  return Array.isArray(messages) ? (messages as readonly SentMessage[]).at(-1) : undefined;
}
