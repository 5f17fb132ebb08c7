/** Requests of the API about conversations. */
import type { ChatV3Message } from '@coze/api';
import { toPathSegment, toQueryValue } from '../../../core/path-segment.js';
import { firstCharacters } from '../../../core/values/cut-text.js';
import { asList, asObject, asSeconds, asText } from '../../../core/values/foreign-value.js';
import type { ConversationListOptions } from '../../conversation-commands.js';
import { toMessages } from '../service/api-messages.js';
import type { FeatureRequest, FeatureResponseBody } from '../service/feature-request.js';
import type { IsolatedChatService } from '../service/isolated-chat-service.js';
import { type MessagePage, withoutOrphanedAnswers } from '../service/message-page.js';
import { conversationUnavailableError, notPossibleError, type Permission, toConversationError } from './conversation-error.js';

export type ConversationService = Pick<IsolatedChatService, 'request' | 'target' | 'connectorId'>;

/** Times in seconds. */
export interface ApiConversation {
  readonly id: string;
  readonly name: string;
  readonly created_at: number;
  readonly updated_at: number;
}

export interface ApiConversationPage {
  readonly has_more: boolean;
  readonly conversations: readonly ApiConversation[];
}

export const MAX_PAGE_SIZE = 50;
const HISTORY_LENGTH = 20;
/** The API's limit of messages in a page. */
const MAX_HISTORY_LENGTH = 50;
/** In UTF-16 units, the strictest meaning of the API's "characters". */
export const MAX_NAME_LENGTH = 100;

/** A page of messages, newest first. */
export interface HistoryPage {
  readonly messages: readonly ChatV3Message[];
  readonly hasMore: boolean;
  /** Cursor of the page with older messages. */
  readonly cursor: string;
}

export class ConversationRequests {
  readonly #service: ConversationService;

  constructor(service: ConversationService) {
    this.#service = service;
  }

  /** Resolves with a page of conversations, newest first. */
  async list({ page = 1, pageSize = 20 }: ConversationListOptions = {}): Promise<ApiConversationPage> {
    const { target, connectorId } = this.#service;
    if (!('botId' in target)) throw notPossibleError('Conversations of an app cannot be listed.');
    const query = new URLSearchParams({
      bot_id: target.botId,
      connector_id: connectorId,
      page_num: String(wholeNumber(page, Number.MAX_SAFE_INTEGER)),
      page_size: String(wholeNumber(pageSize, MAX_PAGE_SIZE)),
      // Undocumented, but sent by Coze's own client. An API without it sorts by creation.
      sort_field: 'updated_at',
    });
    const { data } = await this.#send('listConversation', { method: 'GET', path: `/v1/conversations?${query.toString()}` });
    const { conversations, has_more } = asObject(data);
    return {
      has_more: has_more === true,
      conversations: asList(conversations)
        .map(toConversation)
        .filter(({ id }) => id !== ''),
    };
  }

  /** Resolves with the newest messages, oldest first, in the SDK's form. */
  async history(id: string): Promise<MessagePage> {
    const { target } = this.#service;
    const { data, first_id, last_id, has_more } = await this.#listMessages(id, { limit: HISTORY_LENGTH });
    const messages = toMessages(data).reverse() as MessagePage['messages'];
    // This is the visitor's conversation with another bot, which would not answer here.
    if ('botId' in target && messages.some(({ bot_id }) => bot_id && bot_id !== target.botId)) throw conversationUnavailableError();
    const page = {
      messages,
      prevCursorId: asText(last_id),
      nextCursorId: asText(first_id),
      prevHasMore: has_more === true,
      nextHasMore: false,
    };
    return withoutOrphanedAnswers(page);
  }

  /** Resolves with a page of messages older than `cursor`, or of the newest for `''`, as large as the API allows. */
  async messages(id: string, cursor: string): Promise<HistoryPage> {
    const { data, last_id, has_more } = await this.#listMessages(id, {
      limit: MAX_HISTORY_LENGTH,
      ...(cursor !== '' && { after_id: cursor }),
    });
    return { messages: toMessages(data), hasMore: has_more === true, cursor: asText(last_id) };
  }

  /** Cuts `name` to the API's limit. */
  async rename(id: string, name: string): Promise<void> {
    if (!('botId' in this.#service.target)) throw notPossibleError('Conversations of an app cannot be renamed.');
    await this.#send('editConversation', { method: 'PUT', path: conversationPath(id), body: { name: cutName(name) } });
  }

  async delete(id: string): Promise<void> {
    await this.#send('editConversation', { method: 'DELETE', path: conversationPath(id) });
  }

  async #listMessages(id: string, body: object): Promise<MessageListBody> {
    const path = `/v1/conversation/message/list?conversation_id=${toQueryValue(id)}`;
    return (await this.#send('listMessage', { method: 'POST', path, body })) as MessageListBody;
  }

  async #send(permission: Permission, request: FeatureRequest): Promise<FeatureResponseBody> {
    const result = await this.#service.request(request);
    if (!result.ok) throw toConversationError(result.code, permission, permission !== 'listConversation');
    return result.body;
  }
}

type MessageListBody = FeatureResponseBody & Readonly<Record<'first_id' | 'last_id' | 'has_more', unknown>>;

function toConversation(value: unknown): ApiConversation {
  const { id, name, created_at, updated_at } = asObject(value);
  const createdAt = asSeconds(created_at);
  return { id: asText(id), name: asText(name), created_at: createdAt, updated_at: asSeconds(updated_at) || createdAt };
}

const conversationPath = (id: string): string => `/v1/conversations/${toPathSegment(id)}`;

function wholeNumber(value: unknown, max: number): number {
  return Math.min(Math.max(Math.trunc(Number(value)) || 1, 1), max);
}

/** Trims `name` and cuts it to the API's limit, without splitting a surrogate pair. */
function cutName(name: string): string {
  return firstCharacters(name.trim(), MAX_NAME_LENGTH);
}
