import { Hono } from 'hono';
import { z } from 'zod';
import { resumeTurn } from '../bot/turn.js';
import type { WaitingTurn } from '../bot/turn-parts.js';
import { apiErrors } from '../http/api-error.js';
import { answer } from '../http/envelope.js';
import { openEventStream } from '../http/event-stream.js';
import { readJson, readQuery } from '../http/request-body.js';
import type { StandInEnv, StandInState } from '../state.js';
import { type Chat, chatToWire } from '../store/chat.js';
import { requireChat } from '../store/conversations.js';
import { refuseOnDemand } from './chats.js';

const querySchema = z.object({ conversation_id: z.string(), chat_id: z.string() });

const submitSchema = z.object({
  tool_outputs: z.array(z.object({ tool_call_id: z.string(), output: z.string() })),
  stream: z.boolean().default(false),
});

/** Takes the outputs of tools that the caller has run. Invalid outputs get code 4000; the documentation names no code for them. */
export function toolOutputRoutes(state: StandInState): Hono<StandInEnv> {
  return new Hono<StandInEnv>().post('/v3/chat/submit_tool_outputs', async (c) => {
    const ids = readQuery(c, querySchema);
    const chat = requireChat(state.conversations.get(c.get('token').identity, ids.conversation_id), ids.chat_id);
    const body = await readJson(c, submitSchema);
    c.get('record').requestText = body.tool_outputs.map(({ output }) => output).join('\n');
    const refused = refuseOnDemand(c, state);
    if (refused !== undefined) return refused;

    const waiting = takeWaiting(state, chat);
    const outputs = inOrder(waiting, body.tool_outputs);
    state.waiting.delete(chat.id);
    chat.status = 'in_progress';
    chat.requiredAction = undefined;
    chat.isBeingAnswered = true;
    if (!body.stream) {
      const resumed = chatToWire(chat);
      void resumeTurn(state, waiting, outputs, () => undefined, state.lifetime);
      return answer(c, resumed);
    }
    const stream = openEventStream(c, 'compact', state.faults.current.chat);
    void resumeTurn(state, waiting, outputs, stream.emit, stream.clientGone).finally(stream.end);
    return stream.response;
  });
}

function takeWaiting(state: StandInState, chat: Chat): WaitingTurn {
  const waiting = state.waiting.get(chat.id);
  if (waiting === undefined || chat.status !== 'requires_action') throw apiErrors.badParameter('the chat waits for no tool_outputs');
  if (!waiting.turn.savesHistory) throw apiErrors.historyNotSaved();
  const { toolWaitMs } = state.faults.current;
  if (toolWaitMs !== undefined && state.clock() - waiting.sinceMs > toolWaitMs)
    throw apiErrors.badParameter('the tool_outputs come too late');
  return waiting;
}

/** Requires exactly one output per call, and returns them in the order of the calls. */
function inOrder({ callIds }: WaitingTurn, outputs: z.infer<typeof submitSchema>['tool_outputs']): readonly string[] {
  const byId = new Map(outputs.map(({ tool_call_id: id, output }) => [id, output]));
  if (outputs.length !== callIds.length || byId.size !== callIds.length) throw apiErrors.badParameter('tool_outputs of each tool call');
  return callIds.map((id) => {
    const output = byId.get(id);
    if (output === undefined) throw apiErrors.badParameter('tool_call_id');
    return output;
  });
}
