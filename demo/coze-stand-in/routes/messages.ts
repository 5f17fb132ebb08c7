import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { incomingMessageSchema, readMessage } from '../bot/incoming.js';
import { apiErrors } from '../http/api-error.js';
import { answer, toSeconds } from '../http/envelope.js';
import { readJson, readQuery } from '../http/request-body.js';
import type { StandInEnv, StandInState } from '../state.js';
import type { Conversation } from '../store/conversations.js';
import { type Message, messageToWire } from '../store/message.js';
import { cutPage } from '../store/message-page.js';
import { newMessage, placeInConversation } from '../store/new-message.js';

const conversationSchema = z.object({ conversation_id: z.string() });
const messageSchema = conversationSchema.extend({ message_id: z.string() });

const listSchema = z.object({
  order: z.enum(['asc', 'desc']).default('desc'),
  chat_id: z.string().optional(),
  before_id: z.string().optional(),
  after_id: z.string().optional(),
  limit: z.int().min(1).max(50).default(50),
});

const modifySchema = z.object({
  content: z.string().optional(),
  content_type: z.enum(['text', 'object_string']).optional(),
  meta_data: z.record(z.string(), z.string()).optional(),
});

export function messageRoutes(state: StandInState): Hono<StandInEnv> {
  const conversationOf = (c: Context<StandInEnv>): Conversation =>
    state.conversations.get(c.get('token').identity, readQuery(c, conversationSchema).conversation_id);

  return new Hono<StandInEnv>()
    .post('/v1/conversation/message/list', async (c) => {
      const conversation = conversationOf(c);
      const body = await readJson(c, listSchema);
      failOnDemand(state);
      const page = cutPage(conversation.messages, {
        order: body.order,
        chatId: body.chat_id,
        beforeId: body.before_id,
        afterId: body.after_id,
        limit: body.limit,
      });
      return answer(c, page.messages.map(messageToWire), { first_id: page.firstId, last_id: page.lastId, has_more: page.hasMore });
    })
    .post('/v1/conversation/message/create', async (c) => {
      const conversation = conversationOf(c);
      const incoming = await readJson(c, incomingMessageSchema);
      c.get('record').requestText = incoming.content;
      const { body } = readMessage(state, c.get('token').identity.appId, incoming);
      const message = newMessage(state, placeInConversation(conversation), body);
      state.conversations.addMessage(conversation, message);
      return answer(c, messageToWire(message));
    })
    .get('/v1/conversation/message/retrieve', (c) => answer(c, messageToWire(findMessage(conversationOf(c), c))))
    .post('/v1/conversation/message/modify', async (c) => {
      const conversation = conversationOf(c);
      const message = findMessage(conversation, c);
      const body = await readJson(c, modifySchema);
      const changed: Message = {
        ...message,
        content: body.content ?? message.content,
        plainText: body.content ?? message.plainText,
        contentType: body.content_type ?? message.contentType,
        metaData: body.meta_data ?? message.metaData,
        updatedAtSeconds: toSeconds(state.clock()),
      };
      conversation.messages = conversation.messages.map((one) => (one.id === changed.id ? changed : one));
      return answer(c, undefined, { message: messageToWire(changed) });
    })
    .post('/v1/conversation/message/delete', (c) => {
      const conversation = conversationOf(c);
      const message = findMessage(conversation, c);
      conversation.messages = conversation.messages.filter((one) => one.id !== message.id);
      return answer(c, messageToWire(message));
    });
}

function failOnDemand(state: StandInState): void {
  if (state.faults.current.messageList === 'http-500') throw apiErrors.internal();
  if (state.faults.current.messageList === 'error-code') throw apiErrors.invalidConversation();
}

function findMessage(conversation: Conversation, c: Context<StandInEnv>): Message {
  const { message_id: id } = readQuery(c, messageSchema);
  const message = conversation.messages.find((one) => one.id === id);
  if (message === undefined) throw apiErrors.invalidMessage();
  return message;
}
