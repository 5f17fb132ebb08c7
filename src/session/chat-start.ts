/** How a chat begins in its frame: what can be asked of the API while the frame's code comes, for the visitor whom the token has proven. */
import type { ChatOptions } from '../config/chat-options.js';
import type { VisitorIdentity } from '../config/config.js';
import type { Timers } from '../core/clock.js';
import type { HostApi } from '../frame/contract.js';
import { AnswersAhead, type AnswersAheadOptions, type ApiAnswer } from '../frame/host/answers-ahead.js';
import { historyRequest, infoPaths, newestRequest } from '../frame/start-requests.js';
import { NewestConversation, type NewestConversationOptions } from './newest-conversation.js';

export interface ChatStartOptions extends Omit<NewestConversationOptions, 'scope'>, Pick<AnswersAheadOptions, 'view'> {
  readonly identity: VisitorIdentity;
  /** Whose tokens they are, by the backend. */
  readonly subject: string | undefined;
  /** Where the chat is to begin; empty for the newest. */
  readonly conversationId: string;
  readonly options: ChatOptions;
  /** Of this frame, and of this visitor. */
  readonly host: HostApi;
  readonly timers: Timers;
}

export class ChatStart {
  /** For the frame. */
  readonly host: HostApi;
  readonly #options: ChatStartOptions;
  readonly #newest: NewestConversation;
  readonly #ahead: AnswersAhead;

  constructor(options: ChatStartOptions) {
    const { identity, subject, conversationId, options: chatOptions, host, view, timers } = options;
    const { target, connectorId, apiBaseUrl } = identity;
    const scope = JSON.stringify([subject, apiBaseUrl, connectorId, target, chatOptions.conversationName]);
    this.#options = options;
    this.#newest = new NewestConversation({ ...options, scope: subject === undefined ? undefined : scope });
    this.#ahead = new AnswersAhead({ apiBaseUrl, token: host.getAccessToken(), headers: chatOptions.requestHeaders, view, timers });
    this.host = {
      ...host,
      takeAnswer: (method, url, body) => this.#ahead.take(method, url, body),
      isReturning: this.#newest.remembered.then(({ id }) => id !== '' || conversationId !== ''),
      onReady: (chat) => {
        this.#ahead.drop();
        host.onReady(chat);
      },
      onEvent: (event) => {
        const goesOn = host.onEvent(event);
        if (event.type === 'conversation' && event.isNewest && goesOn) void this.#newest.remember(event.id);
        return goesOn;
      },
    };
    for (const path of infoPaths(target, connectorId)) this.#ahead.ask({ method: 'GET', path });
    this.#askForConversation();
  }

  end(): void {
    this.#ahead.drop();
  }

  #askForConversation(): void {
    const { identity, conversationId, options } = this.#options;
    if (conversationId !== '') return this.#ahead.ask(historyRequest(conversationId));
    const newest = newestRequest(identity.target, identity.connectorId, options.conversationName);
    const { remembered } = this.#newest;
    this.#ahead.ask(
      newest,
      remembered.then(({ id, tag }) => ({
        sentPath: newest.method === 'GET' ? `${newest.path}&_=${tag}` : newest.path,
        // What says otherwise may be an old answer, from a cache: it is asked for again, by who asks no cache.
        accepts: (answer) => id === '' || findId(answer) === id,
      })),
    );
    void remembered.then(({ id }) => id !== '' && this.#ahead.ask(historyRequest(id)));
  }
}

function findId({ data }: ApiAnswer): unknown {
  const { id, conversations } = Object(data) as { readonly id?: unknown; readonly conversations?: readonly { readonly id?: unknown }[] };
  return id ?? conversations?.[0]?.id;
}
