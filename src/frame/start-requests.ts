/** The API requests that a chat needs before it can be used. Shared by the page, which prefetches the responses, and the frame. */
import type { ChatTarget } from '../config/chat-target.js';
import { toPathSegment, toQueryValue } from '../core/path-segment.js';

export interface StartRequest {
  readonly method: 'GET' | 'POST';
  /** Includes the query. */
  readonly path: string;
  readonly body?: object;
}

/** Number of messages in the newest page of the history. */
const HISTORY_LENGTH = 20;
/** The default of Coze's `WebChatClient`. With the same name, an app's visitor gets the same conversation again. */
const DEFAULT_CONVERSATION = 'Default';

/** Paths of the requests for information about the bot, or about the app and its workflow. The responses are the same for every visitor. */
export function infoPaths(target: ChatTarget, connectorId: string): readonly [string, ...string[]] {
  if ('botId' in target) return [`/v1/bots/${toPathSegment(target.botId)}`];
  const channel = `connector_id=${toQueryValue(connectorId)}`;
  return [`/v1/apps/${toPathSegment(target.appId)}?${channel}`, `/v1/workflows/${toPathSegment(target.workflowId)}?${channel}`];
}

/** The request for the visitor's newest conversation, identical to that of `@coze/api`. */
export function newestRequest(target: ChatTarget, connectorId: string, conversationName?: string): StartRequest {
  if ('botId' in target)
    return {
      method: 'GET',
      path: `/v1/conversations?bot_id=${toQueryValue(target.botId)}&connector_id=${toQueryValue(connectorId)}&page_num=1&page_size=1`,
    };
  return { method: 'POST', path: '/v1/conversation/create', body: appConversation(target, connectorId, conversationName, true) };
}

/** The request for the messages of a conversation, identical to that of `@coze/api` for an id of Coze. */
export function historyRequest(conversationId: string): StartRequest {
  return {
    method: 'POST',
    path: `/v1/conversation/message/list?conversation_id=${toQueryValue(conversationId)}`,
    body: { limit: HISTORY_LENGTH },
  };
}

/**
 * The single request to a gateway that replaces all others, with the parameters of {@link newestRequest}. Its response contains `info` in the order
 * of {@link infoPaths}, `newest`, and `history` of the named conversation or the newest. Each part is the response to the corresponding request.
 */
export function startRequest({ path, body }: StartRequest, conversationId: string): StartRequest {
  const about = body === undefined ? path.slice(path.indexOf('?') + 1) : String(new URLSearchParams(body as Record<string, string>));
  return { method: 'GET', path: `/start?${about}&limit=${HISTORY_LENGTH}&conversation_id=${toQueryValue(conversationId)}` };
}

type AppTarget = Extract<ChatTarget, { readonly appId: string }>;

/** The request body that creates an app's conversation. With `reusesExisting`, an existing conversation with the same name is returned instead. */
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
