/**
 * A self-hosted Coze Studio. Its personal access token allows access to everybody's conversations, so it stays on the server, and the owner
 * of a conversation is checked before each request about it. Responses are converted to the form of the cloud, so that the chat is the
 * same.
 */
import { asList, asNumber, asObject } from '../../../core/values/foreign-value.js';
import { ownMembers, ownOptions } from '../../../core/values/own-members.js';
import { ApiProblem } from '../api-problem.js';
import type { ApiCall, Endpoint } from '../endpoints/endpoint.js';
import { ENDPOINTS } from '../endpoints/table.js';
import type { GatewayVisitor } from '../visitor.js';
import { fetchUpstream } from './fetch-upstream.js';
import { type OwnedPage, Ownership } from './ownership.js';
import { findCodeInText, toCloudCode } from './studio-codes.js';
import type { Upstream, UpstreamRequest, UpstreamResponse } from './upstream.js';

export interface StudioUpstreamOptions {
  readonly apiBaseUrl: string;
  readonly accessToken: string;
  readonly connectorId: string;
  readonly fetch: typeof globalThis.fetch;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The supported endpoints. Studio's apps have one conversation for everybody; the other endpoints are missing. */
const OFFERED: ReadonlySet<string> = new Set([
  'bot',
  'list_conversations',
  'create_conversation',
  'rename_conversation',
  'delete_conversation',
  'clear_conversation',
  'list_messages',
  'chat',
  'cancel_chat',
  'upload_file',
]);
/** Only these two endpoints separate visitors, by `user_id`. */
const USER_ID_IN_QUERY = 'list_conversations';
const USER_ID_IN_BODY = 'create_conversation';

const LIST = requireEndpoint('list_conversations');
const RETRIEVE_CHAT: Endpoint = {
  name: 'retrieve_chat',
  method: 'GET',
  path: '/v3/chat/retrieve',
  body: { kind: 'none' },
  response: { kind: 'json' },
};
const PAGE_SIZE = 50;

type Json = Readonly<Record<string, unknown>>;

export function createStudioUpstream({ apiBaseUrl, accessToken, connectorId, fetch, now }: StudioUpstreamOptions): Upstream {
  const target = { apiBaseUrl, fetch, token: accessToken };
  const ownership = new Ownership({ list, now });

  async function list(visitor: GatewayVisitor, botId: string, page: number, signal: AbortSignal): Promise<OwnedPage> {
    const query = ownOptions({ bot_id: botId, page_num: page, page_size: PAGE_SIZE, connector_id: connectorId });
    const { data } = await askJson({ endpoint: LIST, params: {}, query, body: {} }, visitor, signal);
    return { ids: toIds(data), hasMore: asObject(data)['has_more'] === true };
  }

  async function askJson(call: ApiCall, visitor: GatewayVisitor, signal: AbortSignal): Promise<Json> {
    const response = await send({ call, visitor, language: undefined, signal });
    if (response.kind !== 'json' || asNumber(response.body['code'] ?? 0) !== 0) throw new ApiProblem('upstream_invalid');
    return response.body;
  }

  async function send(request: UpstreamRequest): Promise<UpstreamResponse> {
    const { call, visitor, signal } = request;
    const { name } = call.endpoint;
    if (name === 'cancel_chat') await requireChat(call.body, visitor, signal);
    const response = await fetchUpstream(target, { ...request, call: withVisitor(call, visitor) });
    if (response.kind !== 'json') return response;
    if (response.body['code'] === 700012006)
      throw new ApiProblem('upstream_rejected', { upstream: { status: response.status, code: '700012006' } });
    const body = toCloudForm(response.body);
    if (body['code'] === 0) {
      if (name === USER_ID_IN_QUERY) requireOwnList(body, visitor);
      remember(name, call, body, visitor);
    }
    return { ...response, status: body['code'] === 0 ? 200 : response.status, body };
  }

  /** The cancel endpoint does not check whether the chat (turn) belongs to the conversation. */
  async function requireChat(
    { conversation_id: conversation, chat_id: chat }: Json,
    visitor: GatewayVisitor,
    signal: AbortSignal,
  ): Promise<void> {
    const query = { conversation_id: conversation, chat_id: chat };
    const { data } = await askJson({ endpoint: RETRIEVE_CHAT, params: {}, query, body: {} }, visitor, signal).catch((error: unknown) => {
      throw signal.aborted ? error : new ApiProblem('chat_foreign');
    });
    const { id, conversation_id: owner } = asObject(data);
    if (id !== chat || owner !== conversation) throw new ApiProblem('chat_foreign');
  }

  function remember(name: string, call: ApiCall, { data }: Json, { subject }: GatewayVisitor): void {
    const { id } = asObject(data);
    if (name === 'create_conversation' && typeof id === 'string') ownership.note(subject, id);
    if (name === 'list_conversations') for (const one of toIds(data)) ownership.note(subject, one);
    if (name === 'delete_conversation') ownership.forget(call.params['conversation_id'] ?? '');
  }

  return {
    has: (name) => OFFERED.has(name),
    requireConversation: (visitor, conversationId, signal) => ownership.require(visitor, conversationId, signal),
    send,
    toCozeCode: toCloudCode,
    ready: () => Promise.resolve(),
  };
}

function withVisitor(call: ApiCall, { subject }: GatewayVisitor): ApiCall {
  const { name } = call.endpoint;
  if (name === USER_ID_IN_QUERY) return { ...call, query: ownOptions({ ...call.query, user_id: subject }) };
  if (name === USER_ID_IN_BODY) return { ...call, body: ownOptions({ ...call.body, user_id: subject }) };
  return call;
}

/** Converts all bodies to one envelope: some of Studio's bodies have none, or have other member names. */
function toCloudForm(body: Json): Json {
  const { code, msg, ChatV3ChatDetail: chat } = body;
  if (chat !== undefined) return ownMembers({ code: 0, data: { ...asObject(chat), status: 'canceled' } });
  const failure = asNumber(code ?? 0);
  if (failure === 0) return { ...body, code: 0 };
  return ownMembers({ code: toCloudCode((failure === 400 ? findCodeInText(msg) : undefined) ?? failure) });
}

/** Studio's first releases do not know `user_id`: they list everybody's conversations, without saying whose they are. */
function requireOwnList({ data }: Json, { subject }: GatewayVisitor): void {
  const isOwn = toConversations(data).every(({ user_id: owner }) => owner === subject);
  if (!isOwn) throw new ApiProblem('upstream_invalid', { detail: 'user_id' });
}

function toConversations(data: unknown): readonly Json[] {
  return asList(asObject(data)['conversations']).map(asObject);
}

function toIds(data: unknown): readonly string[] {
  return toConversations(data)
    .map(({ id }) => id)
    .filter((id) => typeof id === 'string');
}

function requireEndpoint(name: string): Endpoint {
  const endpoint = ENDPOINTS.find((one) => one.name === name);
  if (endpoint === undefined) throw new TypeError(`There is no endpoint ${name}.`);
  return endpoint;
}
