/**
 * Checks isolation at Coze itself: user one creates a conversation; then user two tries to find and read it. An error for user two only
 * counts beside a success of user one with the same request, because a request that always fails proves nothing.
 */
import { z } from 'zod';
import {
  CONNECTOR_ID,
  type CozeCaller,
  type CozeResponse,
  describeResponse,
  isAccessDenied,
  isSuccess,
  lacksPermission,
} from '../coze-api.js';
import { type CheckResult, failed, type Finding, ok, skipped, toFinding } from '../finding.js';

export interface TwoUsers {
  readonly one: CozeCaller;
  readonly two: CozeCaller;
}

export interface ConversationChecks {
  readonly findings: readonly Finding[];
  /** The conversation of user one. */
  readonly conversationId: string | undefined;
}

/** @param botId without it, conversations cannot be listed, because Coze keeps a list per bot */
export async function checkConversations({ one, two }: TwoUsers, botId: string | undefined): Promise<ConversationChecks> {
  const created = await one(createConversation(botId));
  const id = getConversationId(created);
  if (id === undefined) return { findings: reportWithoutConversation(created), conversationId: undefined };

  const ownMessages = await one(listMessages(id));
  const otherMessages = await two(listMessages(id));
  const lists =
    botId === undefined ? undefined : { own: await one(listConversations(botId)), foreign: await two(listConversations(botId)) };
  const findings = [
    toFinding('permission-conversation', validateConversationPermission(lists?.own ?? created)),
    toFinding('permission-message', validatePermission(ownMessages, 'messages', 'listMessage')),
    toFinding('isolation-list', lists === undefined ? skipped('Needs --bot-id with a published bot.') : validateLists(id, lists)),
    toFinding('isolation-messages', validateMessages(ownMessages, otherMessages)),
  ];
  return { findings, conversationId: id };
}

function createConversation(botId: string | undefined) {
  return {
    method: 'POST',
    path: '/v1/conversation/create',
    body: { ...(botId !== undefined && { bot_id: botId }), connector_id: CONNECTOR_ID },
  } as const;
}

/** Newest first, so the first page contains the new conversation. */
function listConversations(botId: string) {
  const query = new URLSearchParams({ bot_id: botId, connector_id: CONNECTOR_ID, page_num: '1', page_size: '50' });
  return { method: 'GET', path: `/v1/conversations?${query}` } as const;
}

function listMessages(conversationId: string) {
  return {
    method: 'POST',
    path: `/v1/conversation/message/list?${new URLSearchParams({ conversation_id: conversationId })}`,
    body: { limit: 1 },
  } as const;
}

const createdSchema = z.object({ data: z.object({ id: z.string().min(1) }) });
const listSchema = z.object({ data: z.object({ conversations: z.array(z.object({ id: z.string() })).nullish() }) });

function getConversationId(response: CozeResponse): string | undefined {
  return response.ok && isSuccess(response) ? createdSchema.safeParse(response.value.json).data?.data.id : undefined;
}

/** `undefined` if the response contains no list. */
function getConversationIds(response: CozeResponse): readonly string[] | undefined {
  if (!response.ok || !isSuccess(response)) return undefined;
  const list = listSchema.safeParse(response.value.json);
  return list.success ? (list.data.data.conversations ?? []).map(({ id }) => id) : undefined;
}

function reportWithoutConversation(created: CozeResponse): readonly Finding[] {
  const dependent = skipped('Needs a conversation to try it on.');
  return [
    toFinding('permission-conversation', validatePermission(created, 'conversations', 'createConversation')),
    toFinding('permission-message', dependent),
    toFinding('isolation-list', dependent),
    toFinding('isolation-messages', dependent),
  ];
}

function validateConversationPermission(response: CozeResponse): CheckResult {
  const result = validatePermission(response, 'conversations', 'listConversation');
  return result.status === 'ok' ? ok(`${result.explanation} An empty one of a made-up user stays behind; no visitor will see it.`) : result;
}

function validatePermission(response: CozeResponse, what: string, permission: string): CheckResult {
  if (isSuccess(response)) return ok(`The tokens may work with ${what}.`);
  const trace = describeResponse(response);
  return lacksPermission(response)
    ? failed(
        `The tokens may not work with ${what} (${trace}).`,
        `In the OAuth app, tick the permission ${permission}, and authorise the workspace again.`,
      )
    : failed(`The request for ${what} failed (${trace}).`, 'Run the doctor again. If it stays so, give the log id to Coze.');
}

function validateLists(id: string, { own, foreign }: { readonly own: CozeResponse; readonly foreign: CozeResponse }): CheckResult {
  const ownIds = getConversationIds(own);
  const foreignIds = getConversationIds(foreign);
  if (foreignIds?.includes(id))
    return failed(
      "User two finds user one's conversation in the list of their own.",
      'Do not go live: visitors would see the history of others.',
    );
  if (ownIds === undefined || foreignIds === undefined) return inconclusive('The lists of conversations could not be read');
  if (!ownIds.includes(id)) return inconclusive('User one does not find their own new conversation');
  return ok('User one finds their conversation in the list, user two does not.');
}

function validateMessages(own: CozeResponse, foreign: CozeResponse): CheckResult {
  if (isSuccess(foreign))
    return failed(
      "User two may read the messages of user one's conversation.",
      'Do not go live: whoever learns the id of a conversation could read it. Ask Coze about session_name and this app.',
    );
  if (!isSuccess(own)) return inconclusive('User one cannot read their own messages');
  if (!isAccessDenied(foreign)) return inconclusive(`User two's attempt failed for another reason (${describeResponse(foreign)})`);
  return ok("Coze refuses user two the messages of user one's conversation.");
}

function inconclusive(reason: string): CheckResult {
  return failed(`${reason}, so it is not proven that users are separate.`, 'Mend what is reported above, then run the doctor again.');
}
