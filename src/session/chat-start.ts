/** Prefetches the first API responses of a chat while the frame's code loads, for the visitor whom the token has proven. */
import type { ChatOptions } from '../config/chat-options.js';
import type { VisitorIdentity } from '../config/config.js';
import type { Timers } from '../core/clock.js';
import type { HostApi } from '../frame/contract.js';
import { type ApiResponseBody, PrefetchedResponses, type PrefetchOptions } from '../frame/host/prefetched-responses.js';
import { historyRequest, infoPaths, newestRequest, type StartRequest, startRequest } from '../frame/start-requests.js';
import { NewestConversation, type NewestConversationOptions } from './newest-conversation.js';

export interface ChatStartOptions extends Omit<NewestConversationOptions, 'scope'>, Pick<PrefetchOptions, 'view'> {
  readonly identity: VisitorIdentity;
  /** The subject of the tokens, as named by the backend. */
  readonly subject: string | undefined;
  /** Whether a gateway issued the tokens. The API is then that gateway. */
  readonly isGateway: boolean;
  /** The conversation to open; empty for the newest. */
  readonly conversationId: string;
  readonly options: ChatOptions;
  /** The functions that the page offers this frame. */
  readonly host: HostApi;
  readonly timers: Timers;
}

export class ChatStart {
  /** `host` of the options, with the prefetched responses. */
  readonly host: HostApi;
  readonly #options: ChatStartOptions;
  readonly #newest: NewestConversation;
  readonly #prefetched: PrefetchedResponses;

  constructor(options: ChatStartOptions) {
    const { identity, subject, conversationId, options: chatOptions, host, view, timers } = options;
    const { target, connectorId, apiBaseUrl } = identity;
    const scope = JSON.stringify([subject, apiBaseUrl, connectorId, target, chatOptions.conversationName]);
    this.#options = options;
    this.#newest = new NewestConversation({ ...options, scope: subject === undefined ? undefined : scope });
    this.#prefetched = new PrefetchedResponses({
      apiBaseUrl,
      token: host.getAccessToken(),
      headers: chatOptions.requestHeaders,
      view,
      timers,
    });
    this.host = {
      ...host,
      takeResponse: (method, url, body) => this.#prefetched.take(method, url, body),
      isReturning: this.#newest.remembered.then(({ id }) => id !== '' || conversationId !== ''),
      onReady: (chat) => {
        this.#prefetched.discard();
        host.onReady(chat);
      },
      onEvent: (event) => {
        const isAllowed = host.onEvent(event);
        if (event.type === 'conversation' && event.isNewest && isAllowed) void this.#newest.remember(event.id);
        return isAllowed;
      },
    };
    const infos = infoPaths(target, connectorId).map((path): StartRequest => ({ method: 'GET', path }));
    const newest = newestRequest(target, connectorId, chatOptions.conversationName);
    if (options.isGateway) this.#prefetchTogether(infos, newest);
    else this.#prefetchOneByOne(infos, newest);
  }

  end(): void {
    this.#prefetched.discard();
  }

  #prefetchTogether(infos: readonly StartRequest[], newest: StartRequest): void {
    const { conversationId } = this.#options;
    // `no-store`: the URL is the same for all visitors, the response is each visitor's own.
    const startResponse = this.#prefetched.request(startRequest(newest, conversationId), { cache: 'no-store' }).then((content) => {
      const parts = Object(content?.data) as StartParts;
      // Stored before the chat learns the conversation's id, with which it requests the messages.
      const id = findId(Object(parts.newest));
      if (typeof id === 'string') this.#prefetched.set(historyRequest(id), parts.history);
      return parts;
    });
    const provide = (request: StartRequest, find: (parts: StartParts) => unknown): void =>
      this.#prefetched.set(request, startResponse.then(find));
    infos.forEach((request, index) => provide(request, ({ info }) => info?.[index]));
    if (conversationId === '') provide(newest, (parts) => parts.newest);
    else provide(historyRequest(conversationId), ({ history }) => history);
  }

  #prefetchOneByOne(infos: readonly StartRequest[], newest: StartRequest): void {
    const { conversationId } = this.#options;
    for (const info of infos) this.#prefetched.prefetch(info);
    if (conversationId !== '') return this.#prefetched.prefetch(historyRequest(conversationId));
    const { remembered } = this.#newest;
    this.#prefetched.prefetch(
      newest,
      remembered.then(({ id, tag }) => ({
        sentPath: newest.method === 'GET' ? `${newest.path}&_=${tag}` : newest.path,
        // A cached response may have another id. The chat then sends the request again, without a cache.
        accepts: (content) => id === '' || findId(content) === id,
      })),
    );
    void remembered.then(({ id }) => id !== '' && this.#prefetched.prefetch(historyRequest(id)));
  }
}

/** Body of the gateway's response to the start request. */
interface StartParts {
  readonly info?: readonly unknown[];
  readonly newest?: ApiResponseBody;
  readonly history?: unknown;
}

function findId({ data }: ApiResponseBody): unknown {
  const { id, conversations } = Object(data) as { readonly id?: unknown; readonly conversations?: readonly { readonly id?: unknown }[] };
  return id ?? conversations?.[0]?.id;
}
