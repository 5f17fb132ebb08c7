import { z } from 'zod';
import { apiErrors } from '../http/api-error.js';
import { parseJson } from '../json.js';
import type { StandInState } from '../state.js';
import { publicFileUrl } from '../store/files.js';
import type { MessageBody } from '../store/new-message.js';
import type { Attachment } from './reply-parts.js';

/** A message in a caller's request: in a chat, or added to a conversation. */
export const incomingMessageSchema = z.object({
  role: z.enum(['user', 'assistant']),
  content: z.string(),
  content_type: z.enum(['text', 'object_string']).default('text'),
  meta_data: z.record(z.string(), z.string()).default({}),
});

export type IncomingMessage = z.infer<typeof incomingMessageSchema>;

const partSchema = z.union([
  // Coze's own client marks quoted text with `is_refer`, which is not documented.
  z.object({ type: z.literal('text'), text: z.string(), is_refer: z.boolean().optional() }),
  z.object({ type: z.enum(['image', 'file', 'audio']), file_id: z.string().optional(), file_url: z.string().optional() }),
]);

type Part = z.infer<typeof partSchema>;

export interface ReadMessage {
  /** The stored message: uploads carry the URL at which a client can show them again. */
  readonly body: MessageBody;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** Parses the content of a message. Accepts a picture without text, because the Chat SDK sends such messages. */
export function readMessage(state: StandInState, appId: string, message: IncomingMessage): ReadMessage {
  const body = {
    role: message.role,
    type: message.role === 'user' ? 'question' : 'answer',
    content: message.content,
    contentType: message.content_type,
    plainText: message.content,
    metaData: message.meta_data,
  } as const;
  if (message.content_type === 'text') return { body, text: message.content, attachments: [] };

  const parts = parseParts(message.content).map((part) => resolvePart(state, appId, part));
  const text = joinWords(parts.map((part) => part.text));
  const attachments = parts.flatMap((part) => part.attachments);
  const content = JSON.stringify(parts.map((part) => part.stored));
  const plainText = joinWords([text, ...attachments.map((file) => file.name)]);
  return { body: { ...body, content, plainText }, text, attachments };
}

const joinWords = (phrase: readonly string[]): string => phrase.join(' ').trim();

function parseParts(content: string): readonly Part[] {
  const parts = z.array(partSchema).min(1).safeParse(parseJson(content));
  if (!parts.success) throw apiErrors.badParameter('content of an object_string message');
  const ownWords = parts.data.filter((part) => part.type === 'text' && part.is_refer !== true);
  if (ownWords.length > 1) throw apiErrors.badParameter('more than one text in an object_string message');
  return parts.data;
}

interface ResolvedPart {
  readonly stored: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

function resolvePart(state: StandInState, appId: string, part: Part): ResolvedPart {
  if (part.type === 'text') return { stored: part, text: part.is_refer === true ? '' : part.text, attachments: [] };
  if (part.file_id === undefined) return resolveLink(part.type, part.file_url);

  const file = state.files.get(appId, part.file_id);
  const size = file.bytes.byteLength;
  return {
    stored: { type: part.type, file_id: file.id, file_url: publicFileUrl(state.origin, file), name: file.name, size },
    text: '',
    attachments: [{ name: file.name, mediaType: file.mediaType, bytes: size }],
  };
}

function resolveLink(type: string, url: string | undefined): ResolvedPart {
  if (url === undefined) throw apiErrors.badParameter('file_id or file_url is needed');
  return { stored: { type, file_url: url }, text: url, attachments: [] };
}
