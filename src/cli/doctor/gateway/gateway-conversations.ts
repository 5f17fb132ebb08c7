/** Checks that a visitor cannot reach another visitor's conversation by any call that names its id. */
import { z } from 'zod';
import { CONNECTOR_ID, type CozeCall, type CozeCaller, describeResponse, isAccessDenied, isSuccess } from '../coze-api.js';
import { type CheckResult, failed, ok } from '../finding.js';
import { inconclusive } from './inconclusive.js';

export interface TwoVisitorsOfGateway {
  readonly one: CozeCaller;
  readonly two: CozeCaller;
}

/** A start response with a history. */
const startSchema = z.object({ data: z.object({ history: z.object({}) }) });
const createdSchema = z.object({ data: z.object({ id: z.string().min(1) }) });

export async function checkForeignConversation({ one, two }: TwoVisitorsOfGateway, botId: string): Promise<CheckResult> {
  const created = await one({ method: 'POST', path: '/v1/conversation/create', body: { bot_id: botId, connector_id: CONNECTOR_ID } });
  const id = created.ok && isSuccess(created) ? createdSchema.safeParse(created.value.json).data?.data.id : undefined;
  if (id === undefined) return inconclusive('Visitor one could not begin a conversation', describeResponse(created));
  const result = await tryAsVisitorTwo({ one, two }, id, botId);
  await one({ method: 'DELETE', path: `/v1/conversations/${id}` });
  return result;
}

async function tryAsVisitorTwo({ one, two }: TwoVisitorsOfGateway, id: string, botId: string): Promise<CheckResult> {
  const own = await one(readMessages(id));
  if (!isSuccess(own)) return inconclusive('Visitor one cannot read their own messages', describeResponse(own));
  for (const [what, call] of Object.entries(toCalls(id))) {
    const response = await two(call);
    if (isSuccess(response)) return failed(`Visitor two may ${what} visitor one's conversation.`, USE_OURS);
    if (!isAccessDenied(response)) return inconclusive(`Visitor two may not ${what}, for another reason`, describeResponse(response));
  }
  const start = await two({ method: 'GET', path: `/start?bot_id=${botId}&limit=1&conversation_id=${id}` });
  if (startSchema.safeParse(start.ok ? start.value.json : undefined).success)
    return failed("A chat of visitor two may begin in visitor one's conversation.", USE_OURS);
  const list = await two({ method: 'GET', path: `/v1/conversations?bot_id=${botId}&page_num=1&page_size=50` });
  if (!list.ok || !isSuccess(list)) return inconclusive('Visitor two cannot list their own conversations', describeResponse(list));
  return JSON.stringify(list.value.json).includes(id)
    ? failed(
        "Visitor two finds visitor one's conversation in the list of their own.",
        'Do not go live: visitors would see the history of others.',
      )
    : ok('Visitor two can neither find, read, name, clear nor delete the conversation of visitor one.');
}

const USE_OURS =
  'Do not go live: whoever learns the id of a conversation has it. Use createCozeGateway of this package, and an "identify" that tells the two apart.';

function readMessages(id: string): CozeCall {
  return { method: 'POST', path: `/v1/conversation/message/list?conversation_id=${id}`, body: { limit: 1 } };
}

/** The last call deletes the conversation. */
function toCalls(id: string): Readonly<Record<string, CozeCall>> {
  return {
    'read the messages of': readMessages(id),
    name: { method: 'PUT', path: `/v1/conversations/${id}`, body: { name: 'doctor' } },
    clear: { method: 'POST', path: `/v1/conversations/${id}/clear` },
    delete: { method: 'DELETE', path: `/v1/conversations/${id}` },
  };
}
