/**
 * Combines in one response everything that a chat requests before it is usable: one round trip between browser and gateway instead of two or three.
 * Each part equals the response to the single request; a failed part is left out, and requested by the chat itself.
 */
import { z } from 'zod';
import { safeParseOwn } from '../config/schema.js';
import type { Endpoint } from './endpoints/endpoint.js';
import { createSchema, idSchema, listQuery, messageListSchema } from './endpoints/fields.js';

const limit = z.coerce.number().pipe(messageListSchema.shape.limit.unwrap());

const conversationId = z.union([idSchema, z.literal('').transform(() => undefined)]).optional();

/** A bot, or an app with the name of its conversation. Without `conversation_id`, the history is that of the newest conversation. */
const querySchema = z.union([
  z.object({
    app_id: idSchema,
    workflow_id: idSchema,
    conversation_name: createSchema.options[0].shape.conversation_name,
    conversation_id: conversationId,
    limit,
  }),
  z.object({ bot_id: idSchema, conversation_id: conversationId, limit }),
]);

type StartQuery = z.output<typeof querySchema>;

export const START: Endpoint = {
  name: 'start',
  method: 'GET',
  path: '/start',
  query: querySchema,
  body: { kind: 'none' },
  response: { kind: 'json' },
};

/** A single request, as the chat would send it. */
export interface PartRequest {
  readonly endpoint: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Resolves with the response to a part. Rejects unless that is a success. */
type AskPart = (request: PartRequest) => Promise<Readonly<Record<string, unknown>>>;

/** Resolves with `info` of the bot, or of the app and its workflow, with `newest` and `history`. Never rejects. */
export async function askForStart(query: Readonly<Record<string, unknown>>, ask: AskPart): Promise<Record<string, unknown>> {
  const asked = query as StartQuery;
  const infos: readonly PartRequest[] =
    'bot_id' in asked
      ? [{ endpoint: 'bot', params: { bot_id: asked.bot_id } }]
      : [
          { endpoint: 'app', params: { app_id: asked.app_id } },
          { endpoint: 'workflow', params: { workflow_id: asked.workflow_id } },
        ];
  const [conversation, ...info] = await Promise.all([askForConversation(asked, ask), ...infos.map((request) => orUndefined(ask(request)))]);
  return { info, ...conversation };
}

async function askForConversation(asked: StartQuery, ask: AskPart): Promise<Record<string, unknown>> {
  const newest = asked.conversation_id === undefined ? await orUndefined(ask(newestRequest(asked))) : undefined;
  const id = asked.conversation_id ?? findId(newest);
  // A visitor without a conversation has no history.
  if (id === undefined) return { newest };
  const history = await orUndefined(ask({ endpoint: 'list_messages', query: { conversation_id: id }, body: { limit: asked.limit } }));
  return { newest, history };
}

function newestRequest(asked: StartQuery): PartRequest {
  if ('bot_id' in asked) return { endpoint: 'list_conversations', query: listQuery.parse({ bot_id: asked.bot_id, page_size: 1 }) };
  const { app_id, workflow_id, conversation_name } = asked;
  return { endpoint: 'create_conversation', body: { app_id, workflow_id, conversation_name, get_or_create: true } };
}

const newestSchema = z.object({
  data: z.object({ id: idSchema.optional(), conversations: z.array(z.object({ id: idSchema })).optional() }),
});

function findId(newest: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const { data } = safeParseOwn(newestSchema, newest);
  return data?.data.id ?? data?.data.conversations?.[0]?.id;
}

function orUndefined<T>(promise: Promise<T>): Promise<T | undefined> {
  return promise.catch(() => undefined);
}
