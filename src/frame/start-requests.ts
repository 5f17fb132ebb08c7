/** What a chat asks of the API before it can be used: for who asks it ahead of the chat's code, and for that code. */
import type { ChatTarget } from '../config/chat-target.js';
import { toPathSegment, toQueryValue } from '../core/path-segment.js';

export interface StartRequest {
  readonly method: 'GET' | 'POST';
  /** With its query. */
  readonly path: string;
  readonly body?: object;
}

/** Of the newest page. */
const HISTORY_LENGTH = 20;
/** As Coze's `WebChatClient` has it; a name makes the same conversation come back. */
const DEFAULT_CONVERSATION = 'Default';

/** What is known of the bot, or of the app and its workflow. The same for every visitor. */
export function infoPaths(target: ChatTarget, connectorId: string): readonly [string, ...string[]] {
  if ('botId' in target) return [`/v1/bots/${toPathSegment(target.botId)}`];
  const channel = `connector_id=${toQueryValue(connectorId)}`;
  return [`/v1/apps/${toPathSegment(target.appId)}?${channel}`, `/v1/workflows/${toPathSegment(target.workflowId)}?${channel}`];
}

/** The visitor's newest conversation. Written as `@coze/api` writes it. */
export function newestRequest(target: ChatTarget, connectorId: string, conversationName?: string): StartRequest {
  if ('botId' in target)
    return {
      method: 'GET',
      path: `/v1/conversations?bot_id=${toQueryValue(target.botId)}&connector_id=${toQueryValue(connectorId)}&page_num=1&page_size=1`,
    };
  return { method: 'POST', path: '/v1/conversation/create', body: appConversation(target, connectorId, conversationName, true) };
}

/** The messages of a conversation. Written as `@coze/api` writes it for an id of Coze's. */
export function historyRequest(conversationId: string): StartRequest {
  return {
    method: 'POST',
    path: `/v1/conversation/message/list?conversation_id=${toQueryValue(conversationId)}`,
    body: { limit: HISTORY_LENGTH },
  };
}

/**
 * All of that in one, of a gateway, asked with what the newest conversation is asked for with. Its answer has `info` in the order of {@link infoPaths},
 * `newest`, and `history`, of the conversation that is named or of the newest; each is what the single request would be answered with.
 */
export function startRequest({ path, body }: StartRequest, conversationId: string): StartRequest {
  const about = body === undefined ? path.slice(path.indexOf('?') + 1) : String(new URLSearchParams(body as Record<string, string>));
  return { method: 'GET', path: `/start?${about}&limit=${HISTORY_LENGTH}&conversation_id=${toQueryValue(conversationId)}` };
}

type AppTarget = Extract<ChatTarget, { readonly appId: string }>;

/** Has one of its name begun, or the one that there is found. */
export function appConversation(
  { appId, workflowId }: AppTarget,
  connectorId: string,
  conversationName: string | undefined,
  reusesExisting: boolean,
): object {
  return {
    app_id: appId,
    workflow_id: workflowId,
    conversation_name: conversationName ?? DEFAULT_CONVERSATION,
    get_or_create: reusesExisting,
    draft_mode: false,
    connector_id: connectorId,
  };
}
