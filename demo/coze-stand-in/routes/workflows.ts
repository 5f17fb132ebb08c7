import { Hono } from 'hono';
import { z } from 'zod';
import { incomingMessageSchema } from '../bot/incoming.js';
import { openTurn } from '../bot/open-turn.js';
import { apiErrors } from '../http/api-error.js';
import { answer } from '../http/envelope.js';
import { readJson } from '../http/request-body.js';
import type { StandInEnv, StandInState } from '../state.js';
import { requireBot } from './bots.js';
import { refuseOnDemand, streamTurn } from './chats.js';
import { connectorIdSchema } from './connector.js';

const chatSchema = z.object({
  workflow_id: z.string().min(1),
  app_id: z.string().optional(),
  bot_id: z.string().optional(),
  conversation_id: z.string().optional(),
  connector_id: connectorIdSchema,
  additional_messages: z.array(incomingMessageSchema).default([]),
  parameters: z.record(z.string(), z.unknown()).default({}),
});

const MAX_MESSAGES = 50;

/** Coze apps and their workflows, as the SDK's ChatFlow mode uses them. */
export function workflowRoutes(state: StandInState): Hono<StandInEnv> {
  const { catalogue } = state;
  const { bot } = catalogue;
  return new Hono<StandInEnv>()
    .get('/v1/apps/:id', (c) => {
      if (c.req.param('id') !== catalogue.appId) throw apiErrors.notFound(`app_id=${c.req.param('id')}`);
      return answer(c, { app_id: catalogue.appId, name: bot.name, description: bot.description, icon_url: bot.iconUrl });
    })
    .get('/v1/workflows/:id', (c) => {
      requireWorkflow(state, c.req.param('id'));
      return answer(c, { workflow_detail: workflowDetail(state), role: workflowRole(state) });
    })
    .post('/v1/workflows/chat', async (c) => {
      const body = await readJson(c, chatSchema);
      c.get('record').requestText = body.additional_messages.map((message) => message.content).join('\n');
      const refused = refuseOnDemand(c, state);
      if (refused !== undefined) return refused;

      requireWorkflow(state, body.workflow_id);
      if (body.bot_id !== undefined) requireBot(state, c.get('token'), body.bot_id);
      else if (body.app_id !== catalogue.appId) throw apiErrors.notFound(`app_id=${body.app_id ?? ''}`);

      const { identity } = c.get('token');
      const created = { connectorId: body.connector_id, botId: body.bot_id, appId: body.app_id };
      const turn = openTurn(state, {
        identity,
        conversation: body.conversation_id
          ? state.conversations.get(identity, body.conversation_id)
          : state.conversations.create(identity, created),
        botId: undefined,
        messages: body.additional_messages,
        maxMessages: MAX_MESSAGES,
        savesHistory: true,
        metaData: {},
        variables: body.parameters,
        doneData: { debug_url: `${state.origin}/work_flow?execute_id=${state.ids.next()}&workflow_id=${body.workflow_id}` },
      });
      return streamTurn(c, state, turn, 'spaced');
    });
}

function requireWorkflow({ catalogue }: StandInState, id: string): void {
  if (id !== catalogue.workflowId) throw apiErrors.notFound(`workflow_id=${id}`);
}

/** The part that is publicly documented. */
const workflowDetail = ({ catalogue: { bot, appId, workflowId } }: StandInState): Readonly<Record<string, unknown>> => ({
  workflow_id: workflowId,
  workflow_name: bot.name,
  description: bot.description,
  icon_url: bot.iconUrl,
  app_id: appId,
});

/** The part that the SDK reads. */
const workflowRole = ({ catalogue: { bot, workflowId } }: StandInState): Readonly<Record<string, unknown>> => ({
  id: '1',
  connector_id: '999',
  workflow_id: workflowId,
  name: bot.name,
  avatar: { image_url: bot.iconUrl },
  description: bot.description,
  onboarding_info: { prologue: bot.prologue, display_all_suggestions: true, suggested_questions: bot.suggestedQuestions },
  suggest_reply_info: { suggest_reply_mode: 1, customized_suggest_prompt: '' },
  background_image_info: {},
  audio_config: { is_text_to_voice_enable: true, voice_config_map: { en: { voice_id: '7426720361733144585', name: 'Parrot' } } },
  user_input_config: { default_input_mode: 1 },
});
