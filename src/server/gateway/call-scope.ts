/** Restricts a call to what its visitor's token allows: their bots and apps, their conversations, their files. */
import { contains } from '../../core/values/contains.js';
import { ownOptions } from '../../core/values/own-members.js';
import { safeParseOwn } from '../config/schema.js';
import { ApiProblem } from './api-problem.js';
import { parseBoundedJson } from './endpoints/bounded-json.js';
import type { ApiCall } from './endpoints/endpoint.js';
import {
  type FieldItem,
  fieldItemsSchema,
  type MessagePart,
  messagePartsSchema,
  type SentMessage,
  type TextPart,
} from './endpoints/fields.js';
import type { FileIds } from './endpoints/file-ids.js';
import type { Upstream } from './upstream/upstream.js';
import type { GatewayVisitor } from './visitor.js';

/** Limit for the JSON values in the parts of a message or the items of a field: twice as many as the chat sends. */
const MAX_PART_VALUES = 200;
/** Limit for the search for a shortcut's fields in the question: the question's characters times the number of fields. */
const MAX_SEARCHED = 1_000_000;

export interface Scope {
  readonly visitor: GatewayVisitor;
  readonly upstream: Upstream;
  readonly fileIds: FileIds;
  readonly signal: AbortSignal;
}

/** Returns the call with Coze's own file ids. Throws an `ApiProblem` if it is out of scope. */
export async function keepInScope(call: ApiCall, { visitor, upstream, fileIds, signal }: Scope): Promise<ApiCall> {
  // Checks ids in the path, the query and the body.
  for (const fields of [call.params, call.query, call.body]) requireTarget(fields, visitor);
  for (const { conversation_id: id } of [call.params, call.query, call.body]) {
    if (id !== undefined) await upstream.requireConversation(visitor, String(id), signal);
  }
  return { ...call, body: await unsealFiles(call.body, visitor.subject, fileIds) };
}

function requireTarget({ bot_id: bot, app_id: app, workflow_id: workflow }: ApiCall['query'], { bots, apps }: GatewayVisitor): void {
  if (bot !== undefined && !bots.includes(String(bot))) throw new ApiProblem('bot_foreign');
  if (app === undefined && workflow === undefined) return;
  const isTheirs = apps.some((one) => (app === undefined || one.appId === app) && (workflow === undefined || one.workflowId === workflow));
  if (!isTheirs) throw new ApiProblem('bot_foreign');
}

async function unsealFiles(body: ApiCall['body'], subject: string, fileIds: FileIds): Promise<ApiCall['body']> {
  const unsealed: Record<string, unknown> = ownOptions({ ...body });
  if (Array.isArray(body['additional_messages'])) {
    const messages = body['additional_messages'] as readonly SentMessage[];
    unsealed['additional_messages'] = await Promise.all(messages.map((message) => unsealMessage(message, subject, fileIds)));
  }
  for (const name of ['parameters', 'shortcut_command'] as const) {
    if (body[name] !== undefined) unsealed[name] = await fileIds.unsealAll(body[name], subject);
  }
  return unsealed;
}

async function unsealMessage(message: SentMessage, subject: string, fileIds: FileIds): Promise<SentMessage> {
  if (message.content_type !== 'object_string') return message;
  const content = await Promise.all(
    parseParts(message).map(async (part) => ('file_id' in part ? { ...part, file_id: await fileIds.unseal(part.file_id, subject) } : part)),
  );
  return { ...message, content: JSON.stringify(content) };
}

/** Parses the parts of a message; drops members that no schema names. */
function parseParts({ content }: SentMessage): readonly MessagePart[] {
  const json = parseBoundedJson(content, MAX_PART_VALUES);
  const parts = safeParseOwn(messagePartsSchema, json.ok ? json.value : undefined);
  if (!parts.success) throw new ApiProblem('bad_request', { detail: 'object_string' });
  return parts.data;
}

/**
 * Returns the text of a message and the number of its files. The text includes everything that the bot reads as the visitor's, because sites moderate
 * messages by it.
 */
export function describeMessage(body: ApiCall['body']): { readonly text: string; readonly files: number } {
  const message = findMessage(body);
  const parts = message === undefined ? [] : toParts(message);
  const own = parts.find(isOwnText)?.text ?? '';
  const quotes = parts.filter(isQuote).map(({ text }) => text.replaceAll(/^/gm, '> '));
  const fields = listFields(body);
  // The chat fills the fields into the question, which then contains them already. Where the search takes long, they are reported twice.
  const isSearched = own.length * fields.phrases.length <= MAX_SEARCHED;
  const others = fields.phrases.filter((text) => !isSearched || !contains(own, text));
  const text = [...quotes, own, ...others].filter((piece) => piece !== '').join('\n\n');
  return { text, files: parts.filter((part) => 'file_id' in part).length + fields.files };
}

/** Replaces everything that {@link describeMessage} reports as text: keeps the files, drops the shortcut. */
export function withText(body: ApiCall['body'], text: string): ApiCall['body'] {
  const message = findMessage(body) ?? EMPTY_QUESTION;
  const files = toParts(message).filter((part) => 'file_id' in part);
  const changed: SentMessage =
    files.length === 0
      ? { ...message, content_type: 'text', content: text }
      : { ...message, content: JSON.stringify([{ type: 'text', text }, ...files]) };
  return ownOptions({ ...body, shortcut_command: undefined, additional_messages: [changed] });
}

const EMPTY_QUESTION: SentMessage = { role: 'user', type: 'question', content_type: 'text', content: '' };

function findMessage({ additional_messages: messages }: ApiCall['body']): SentMessage | undefined {
  return Array.isArray(messages) ? (messages as readonly SentMessage[])[0] : undefined;
}

function toParts(message: SentMessage): readonly MessagePart[] {
  return message.content_type === 'text' ? [{ type: 'text', text: message.content }] : parseParts(message);
}

function isQuote(part: MessagePart): part is TextPart {
  return part.type === 'text' && part.is_refer === true;
}

function isOwnText(part: MessagePart): part is TextPart {
  return part.type === 'text' && part.is_refer !== true;
}

/**
 * Returns the texts and the number of files in the fields of a shortcut. A field is a JSON list of items; any other field is plain text, which the
 * bot gets unchanged.
 */
function listFields({ shortcut_command: command }: ApiCall['body']): { readonly phrases: readonly string[]; readonly files: number } {
  const { parameters } = ownOptions({ parameters: {}, ...(command as object | undefined) });
  const items = Object.values(parameters).flatMap((field): readonly FieldItem[] => {
    const json = parseBoundedJson(String(field), MAX_PART_VALUES);
    const list = safeParseOwn(fieldItemsSchema, json.ok ? json.value : undefined);
    // JSON that the chat did not write may contain a member twice, and another parser could use the other of the two.
    const isOurs = json.ok && JSON.stringify(json.value) === field;
    return list.success && isOurs ? list.data : [{ type: 'text', text: String(field) }];
  });
  return {
    phrases: items.flatMap((item) => (item.type === 'text' ? [item.text] : [])),
    files: items.filter(({ type }) => type !== 'text').length,
  };
}
