import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { incomingMessageSchema } from '../bot/incoming.js';
import { openTurn } from '../bot/open-turn.js';
import { runTurn } from '../bot/turn.js';
import type { Turn } from '../bot/turn-parts.js';
import { ApiError, apiErrors } from '../http/api-error.js';
import { answer, answerError, toSeconds } from '../http/envelope.js';
import { type EventGrammar, openEventStream } from '../http/event-stream.js';
import { readJson, readQuery } from '../http/request-body.js';
import type { IssuedToken } from '../oauth/tokens.js';
import type { StandInEnv, StandInState } from '../state.js';
import { type Chat, chatToWire, isRunning } from '../store/chat.js';
import { type Conversation, requireChat } from '../store/conversations.js';
import { messageToWire } from '../store/message.js';
import { requireBot } from './bots.js';
import { connectorIdSchema } from './connector.js';

const chatSchema = z.object({
  bot_id: z.string().min(1),
  connector_id: connectorIdSchema,
  additional_messages: z.array(incomingMessageSchema).default([]),
  stream: z.boolean().default(false),
  auto_save_history: z.boolean().default(true),
  meta_data: z.record(z.string(), z.string()).default({}),
  /** Page "chat": names consist of letters and underscores. */
  custom_variables: z.record(z.string().regex(/^[A-Za-z_]+$/), z.string()).default({}),
  parameters: z.record(z.string(), z.unknown()).default({}),
  shortcut_command: z.object({ command_id: z.string(), parameters: z.record(z.string(), z.string()).default({}) }).optional(),
});

const MAX_MESSAGES = 100;
const chatQuerySchema = z.object({ conversation_id: z.string(), chat_id: z.string() });

export function chatRoutes(state: StandInState): Hono<StandInEnv> {
  const chatOf = (c: Context<StandInEnv>, ids: z.infer<typeof chatQuerySchema>): Chat =>
    requireChat(state.conversations.get(c.get('token').identity, ids.conversation_id), ids.chat_id);

  return new Hono<StandInEnv>()
    .post('/v3/chat', async (c) => {
      const body = await readJson(c, chatSchema);
      c.get('record').requestText = body.additional_messages.map((message) => message.content).join('\n');
      const refused = refuseOnDemand(c, state);
      if (refused !== undefined) return refused;

      if (!body.stream && !body.auto_save_history) throw apiErrors.historyNeeded();
      const bot = requireBot(state, c.get('token'), body.bot_id);
      if (body.shortcut_command !== undefined) {
        const { command_id: id } = body.shortcut_command;
        if (!bot.shortcutIds?.includes(id)) throw apiErrors.badParameter('shortcut_command');
        c.get('record').requestText += `\n${JSON.stringify(body.shortcut_command)}`;
      }
      const turn = openTurn(state, {
        identity: c.get('token').identity,
        conversation: conversationFor(state, c.get('token'), c.req.query('conversation_id'), body),
        botId: body.bot_id,
        messages: body.additional_messages,
        maxMessages: MAX_MESSAGES,
        savesHistory: body.auto_save_history,
        metaData: body.meta_data,
        variables: { ...body.parameters, ...body.custom_variables },
        doneData: '[DONE]',
      });
      return body.stream ? streamTurn(c, state, turn, 'compact') : startTurn(c, state, turn);
    })
    .on(['GET', 'POST'], '/v3/chat/retrieve', (c) => answer(c, chatToWire(chatOf(c, readQuery(c, chatQuerySchema)))))
    .get('/v3/chat/message/list', (c) => answer(c, chatOf(c, readQuery(c, chatQuerySchema)).messages.map(messageToWire)))
    .post('/v3/chat/cancel', async (c) => {
      const ids = await readJson(c, chatQuerySchema);
      const chat = chatOf(c, ids);
      if (!isRunning(chat)) throw apiErrors.cannotCancel();
      chat.status = 'canceled';
      const conversation = state.conversations.get(c.get('token').identity, ids.conversation_id);
      if (state.faults.current.canceledInHistory === 'nothing') state.conversations.removeMessagesOf(conversation, chat);
      chat.endedAtSeconds = toSeconds(state.clock());
      return answer(c, chatToWire(chat));
    });
}

/** Returns the conversation that the caller names, or a new one. A conversation created for a bot accepts only that bot. */
function conversationFor(
  state: StandInState,
  { identity }: IssuedToken,
  conversationId: string | undefined,
  body: z.infer<typeof chatSchema>,
): Conversation {
  if (!conversationId) return state.conversations.create(identity, { connectorId: body.connector_id, botId: body.bot_id });
  const conversation = state.conversations.get(identity, conversationId);
  if (conversation.botId !== undefined && conversation.botId !== body.bot_id) throw apiErrors.invalidConversation();
  return conversation;
}

/** The chat faults that replace the whole response. */
export function refuseOnDemand(c: Context<StandInEnv>, state: StandInState): Response | undefined {
  const fault = state.faults.current.chat;
  if (typeof fault === 'object') return answerError(c, new ApiError(fault.code, fault.msg));
  if (fault === 'http-429') return answerError(c, apiErrors.rateLimited());
  if (fault === 'http-500') return answerError(c, apiErrors.internal());
  if (fault === 'json-with-newline') {
    return c.body(`${JSON.stringify({ code: 5000, msg: 'internal error' })}\n`, 200, { 'content-type': 'application/json' });
  }
  return undefined;
}

export function streamTurn(c: Context<StandInEnv>, state: StandInState, turn: Turn, grammar: EventGrammar): Response {
  const stream = openEventStream(c, grammar, state.faults.current.chat);
  void runTurn(state, turn, stream.emit, stream.clientGone).finally(stream.end);
  return stream.response;
}

/** Runs a turn without a stream: the response is the new chat, and the caller polls for its outcome. */
function startTurn(c: Context<StandInEnv>, state: StandInState, turn: Turn): Response {
  const begun = chatToWire(turn.chat);
  void runTurn(state, turn, () => undefined, state.lifetime);
  return answer(c, { ...begun, status: 'in_progress' });
}
