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
import { connectorIdSchema } from './connector.js';

const createSchema = z.object({
  bot_id: z.string().min(1).optional(),
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
});

const retrieveSchema = z.object({ conversation_id: z.string() });

export function conversationRoutes(state: StandInState): Hono<StandInEnv> {
  return new Hono<StandInEnv>()
    .get('/v1/conversations', (c) => {
      const query = readQuery(c, listSchema);
      requireBot(state, c.get('token'), query.bot_id);
      const owned = state.conversations.list(c.get('token').identity, query.connector_id, query.bot_id);
      const sorted = query.sort_order === 'DESC' ? owned.toReversed() : owned;
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
    .post('/v1/conversations/:id/clear', (c) => {
      const conversation = state.conversations.get(c.get('token').identity, c.req.param('id'));
      return answer(c, { id: state.conversations.clearContext(conversation), conversation_id: conversation.id });
    });
}

function findOrCreate(state: StandInState, identity: Identity, body: z.infer<typeof createSchema>): Conversation {
  const named = { connectorId: body.connector_id, appId: body.app_id, name: body.conversation_name };
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
