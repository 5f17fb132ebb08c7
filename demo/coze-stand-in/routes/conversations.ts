import { Hono } from 'hono';
import { z } from 'zod';
import { incomingMessageSchema, readMessage } from '../bot/incoming.js';
import { answer } from '../http/envelope.js';
import { readJson, readQuery } from '../http/request-body.js';
import type { Identity } from '../oauth/tokens.js';
import type { StandInEnv, StandInState } from '../state.js';
import { type Conversation, conversationToWire } from '../store/conversations.js';
import { newMessage, placeInConversation } from '../store/new-message.js';
import { requireBot } from './bots.js';
import { API_CONNECTOR_ID, CHAT_SDK_CONNECTOR_ID, connectorIdSchema } from './connector.js';

const MAX_NAME_LENGTH = 100;

const nameSchema = z.string().max(MAX_NAME_LENGTH);

const renameSchema = z.object({ name: nameSchema });

const createSchema = z.object({
  bot_id: z.string().min(1).optional(),
  name: nameSchema.optional(),
  connector_id: connectorIdSchema,
  messages: z.array(incomingMessageSchema).max(16).default([]),
  meta_data: z.record(z.string(), z.string()).default({}),
  app_id: z.string().optional(),
  conversation_name: z.string().optional(),
  get_or_create: z.boolean().default(false),
});

const listSchema = z.object({
  bot_id: z.string().min(1),
  connector_id: connectorIdSchema,
  page_num: z.coerce.number().int().min(1).default(1),
  page_size: z.coerce.number().int().min(1).max(50).default(50),
  sort_order: z.enum(['ASC', 'DESC']).default('DESC'),
  /** Not documented for the cloud; Coze's own client sends this. By default conversations are ordered by creation. */
  sort_field: z.enum(['created_at', 'updated_at']).default('created_at'),
});

/** Conversations of a custom channel cannot be listed. */
const LISTED_CONNECTORS: readonly string[] = [API_CONNECTOR_ID, CHAT_SDK_CONNECTOR_ID];

const retrieveSchema = z.object({ conversation_id: z.string() });

export function conversationRoutes(state: StandInState): Hono<StandInEnv> {
  return new Hono<StandInEnv>()
    .get('/v1/conversations', (c) => {
      const query = readQuery(c, listSchema);
      requireBot(state, c.get('token'), query.bot_id);
      const isListed = LISTED_CONNECTORS.includes(query.connector_id);
      const owned = isListed ? state.conversations.list(c.get('token').identity, query.connector_id, query.bot_id) : [];
      const byField =
        query.sort_field === 'updated_at' ? owned.toSorted((one, other) => one.updatedAtSeconds - other.updatedAtSeconds) : owned;
      const sorted = query.sort_order === 'DESC' ? byField.toReversed() : byField;
      const start = (query.page_num - 1) * query.page_size;
      const end = start + query.page_size;
      return answer(c, { has_more: sorted.length > end, conversations: sorted.slice(start, end).map(conversationToWire) });
    })
    .post('/v1/conversation/create', async (c) => {
      const body = await readJson(c, createSchema);
      c.get('record').requestText = body.messages.map((message) => message.content).join('\n');
      if (body.bot_id !== undefined) requireBot(state, c.get('token'), body.bot_id);
      return answer(c, conversationToWire(findOrCreate(state, c.get('token').identity, body)));
    })
    .get('/v1/conversation/retrieve', (c) => {
      const { conversation_id: id } = readQuery(c, retrieveSchema);
      return answer(c, conversationToWire(state.conversations.get(c.get('token').identity, id)));
    })
    .put('/v1/conversations/:id', async (c) => {
      const conversation = state.conversations.get(c.get('token').identity, c.req.param('id'));
      const { name } = await readJson(c, renameSchema);
      state.conversations.rename(conversation, name);
      return answer(c, conversationToWire(conversation));
    })
    .delete('/v1/conversations/:id', (c) => {
      state.conversations.delete(state.conversations.get(c.get('token').identity, c.req.param('id')));
      return answer(c, undefined);
    })
    .post('/v1/conversations/:id/clear', (c) => {
      const conversation = state.conversations.get(c.get('token').identity, c.req.param('id'));
      return answer(c, { id: state.conversations.clearContext(conversation), conversation_id: conversation.id });
    });
}

function findOrCreate(state: StandInState, identity: Identity, body: z.infer<typeof createSchema>): Conversation {
  const named = { connectorId: body.connector_id, appId: body.app_id, name: body.conversation_name ?? body.name };
  if (body.get_or_create && named.appId !== undefined) {
    const found = state.conversations.findNamed(identity, named.connectorId, named.appId, named.name ?? '');
    if (found !== undefined) return found;
  }
  const created = state.conversations.create(identity, { ...named, botId: body.bot_id, metaData: body.meta_data });
  for (const message of body.messages) {
    const seed = readMessage(state, identity.appId, message).body;
    state.conversations.addMessage(created, newMessage(state, placeInConversation(created), seed));
  }
  return created;
}
