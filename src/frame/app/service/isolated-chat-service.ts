/**
 * Subclass of the SDK's chat service, injected by `setting.onGetCustomChatService`. It guarantees that:
 * - every request carries a token that is still valid on arrival;
 * - a history that cannot be loaded is a failure, not an empty chat;
 * - a new visitor does not wait: no history is requested, and their conversation is created while the chat is already shown;
 * - no event of a conversation that the visitor has left arrives in the next one.
 */
import type { StreamChatData } from '@coze/api';
import { ChatService, type IChatService } from '@coze/chat-sdk';
import type { ChatOptions } from '../../../config/chat-options.js';
import type { ChatTarget } from '../../../config/chat-target.js';
import { systemTimers, type Timers } from '../../../core/clock.js';
import { toPathSegment } from '../../../core/path-segment.js';
import type { HostApi } from '../../contract.js';
import type { HttpResponse, OutgoingRequest, ResponseHead } from '../../platform/axios/contract.js';
import { HttpFailure } from '../../platform/axios/http-failure.js';
import { infoPaths, newestRequest } from '../../start-requests.js';
import { greetingFor } from '../answers/greeting.js';
import { Quotes } from '../answers/quotes.js';
import { SentShortcut } from '../answers/sent-shortcut.js';
import { getErrorCode, NoTokenError } from '../errors/api-error-code.js';
import { isPermissionMissing, toPermissionProblem, toStartProblem, toUploadProblem } from '../errors/problem.js';
import { toMessages } from './api-messages.js';
import { audioOrError } from './audio-response.js';
import { toBotInfo, toOnboarding } from './bot-info.js';
import { ClientToken } from './client-token.js';
import { type Conversation, ConversationStart, findNewest, type RestoredConversation } from './conversation-start.js';
import { type FeatureRequest, type FeatureResult, requestFeature } from './feature-request.js';
import { type MessagePage, withoutOrphanedAnswers, withStopNotices } from './message-page.js';
import type { ChatParams } from './turn/turn-events.js';
import { readTurn, recordUnexpectedResponse } from './turn/turn-response.js';
import { type RequestOptions, Turns, type TurnsOptions } from './turn/turns.js';

type ChatServiceProps = ConstructorParameters<typeof ChatService>[0];
type MessageListRequest = Parameters<ChatService['getMessageList']>[0];
type SdkMessagePage = Awaited<ReturnType<ChatService['getMessageList']>>;
/** The SDK's declared type, not the one that TypeScript infers from the SDK's code. */
export type SdkAppInfo = Awaited<ReturnType<IChatService['getAppInfo']>>;
type TranslationParams = Parameters<ChatService['translation']>[0];
type SpeechParams = Parameters<ChatService['audioSpeech']>[0];

/** The part of the SDK's API client that `@coze/api` does not declare (SDK `utils/mini-coze-api`). Its `axios` is ours (`frame/platform/axios`). */
export interface TokenedClient {
  token: string;
  useRequestInterceptors(intercept: (config: OutgoingRequest) => Promise<OutgoingRequest>): void;
  useResponseInterceptors(intercept: (response: HttpResponse) => HttpResponse): void;
}

export interface FileRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Uploads a file, and resolves with its id. Rejects with an error that has the API's `code`, if there is one. */
export type SendFile = (request: FileRequest) => Promise<string>;

type TurnHooks = Pick<TurnsOptions, 'quotes' | 'takeContext' | 'continueTurn' | 'onConversationGone' | 'answers' | 'timers'>;

export interface IsolatedChatServiceOptions extends Partial<TurnHooks> {
  readonly target: ChatTarget;
  readonly apiBaseUrl: string;
  readonly host: HostApi;
  /** The page's present options. */
  readonly options: () => ChatOptions;
  /** Finds the conversation that was open before; `undefined` if it is unavailable. */
  readonly restore?: ((service: IsolatedChatService) => Promise<RestoredConversation | undefined>) | undefined;
  /** Blank if the name is unknown. */
  readonly visitorName?: string;
  readonly shortcut?: SentShortcut;
  /** Receives the newest messages before they are shown, oldest first. */
  readonly onHistory?: (messages: MessagePage['messages']) => void;
  /** Whether the visitor has stopped the answer of a chat (turn). */
  readonly wasStopped?: (chatId: string) => boolean;
  readonly fetch?: typeof globalThis.fetch;
}

/** In place of the SDK's ten minutes, in which a visitor would see nothing but the loading view. The stream of an answer has other limits. */
const REQUEST_TIMEOUT_MS = 60_000;

export class IsolatedChatService extends ChatService {
  readonly target: ChatTarget;
  declare readonly connectorId: string;
  readonly start: ConversationStart;
  /** The newest message with which the chat has begun. Coze may still be answering it: the visitor has left or reloaded a page. */
  newestMessage: MessagePage['messages'][number] | undefined;
  protected readonly options: () => ChatOptions;
  readonly #apiBaseUrl: string;
  readonly #host: HostApi;
  readonly #visitorName: string;
  readonly #shortcut: SentShortcut;
  readonly #timers: Timers;
  readonly #fetch: typeof globalThis.fetch;
  readonly #onHistory: IsolatedChatServiceOptions['onHistory'];
  readonly #wasStopped: (chatId: string) => boolean;
  readonly #token: ClientToken;
  readonly #turns: Turns;
  /** `false` once Coze has answered that the OAuth app lacks the permission. */
  #mayCancel = true;
  /** Code of the API's last error. */
  #lastErrorCode: number | undefined;

  constructor(props: ChatServiceProps, serviceOptions: IsolatedChatServiceOptions) {
    super(props);
    const { target, apiBaseUrl, host, options, onHistory, onConversationGone, restore, answers, timers = systemTimers } = serviceOptions;
    const { fetch = globalThis.fetch.bind(globalThis), wasStopped = () => false, visitorName = '' } = serviceOptions;
    const { takeContext = () => ({}), continueTurn = () => undefined } = serviceOptions;
    const { quotes = new Quotes(), shortcut = new SentShortcut() } = serviceOptions;
    this.target = target;
    this.options = options;
    this.#visitorName = visitorName;
    this.#shortcut = shortcut;
    this.#apiBaseUrl = apiBaseUrl;
    this.#host = host;
    this.#timers = timers;
    this.#fetch = async (url, init) => {
      const { method = 'GET', body } = init ?? {};
      const prefetched =
        typeof url === 'string' ? host.takeResponse?.(method, url, typeof body === 'string' ? JSON.parse(body) : null) : undefined;
      return (await prefetched) ?? fetch(url, init);
    };
    this.#onHistory = onHistory;
    this.#wasStopped = wasStopped;
    this.start = new ConversationStart({
      restore: async () => restore?.(this),
      find: () => this.findConversation(),
      create: () => this.beginConversation(),
      onFailed: (cause) => host.onFailed(toStartProblem(getErrorCode(cause) ?? -1, apiBaseUrl)),
      timers,
    });
    const client = props.apiClient as unknown as TokenedClient;
    const token = (this.#token = new ClientToken(client, host));
    const turns = (this.#turns = new Turns({
      token,
      client: props.apiClient,
      host,
      open: (params, requestOptions) => this.openStream(params, requestOptions),
      cancel: (conversationId, chatId) => this.cancelChat(conversationId, chatId),
      quotes,
      takeContext,
      continueTurn,
      onConversationGone,
      answers,
      timers,
    }));
    client.useRequestInterceptors(async (config) => {
      await token.authorize(config);
      const { method = 'GET', url, data } = config;
      if (config.responseType !== 'stream')
        return { ...config, timeout: REQUEST_TIMEOUT_MS, prefetched: host.takeResponse?.(method, url, data) };
      const { connection } = turns;
      const request = { ...config, onResponse: (response: ResponseHead) => recordUnexpectedResponse(response, connection) };
      token.recordChatRequest(request);
      return request;
    });
    client.useResponseInterceptors((response) => {
      // The SDK passes a failed request on as if it were a response (SDK `utils/mini-coze-api`, `useAuthError`).
      if (response instanceof HttpFailure) turns.connection.recordFailure(`${apiBaseUrl} cannot be reached`);
      else if (response.data instanceof ReadableStream) return { ...response, data: readTurn(response.data, turns.connection) };
      this.#lastErrorCode = getErrorCode(response.data) ?? this.#lastErrorCode;
      return response;
    });
  }

  override async getAppInfo(): Promise<SdkAppInfo> {
    const info = await this.loadInfo();
    const onboarding = toOnboarding(info.onboarding_info);
    return { ...info, onboarding_info: { ...onboarding, prologue: greetingFor(onboarding.prologue ?? '', this.#visitorName) } };
  }

  /** Loads the bot's settings, in the form that the SDK reads. */
  protected async loadInfo(): Promise<SdkAppInfo> {
    const [path] = infoPaths(this.target, this.connectorId);
    const result = await this.request({ method: 'GET', path });
    if (result.ok) return { appId: this.appId, type: this.chatType, ...toBotInfo(result.body.data) } as SdkAppInfo;
    // The SDK's request returns fewer settings, and only for bots that are published to the API channel.
    return super.getAppInfo() as Promise<SdkAppInfo>;
  }

  override asyncChat(params: ChatParams, options?: RequestOptions): AsyncGenerator<StreamChatData> {
    return this.#turns.ask(params, options);
  }

  /**
   * Stops the running answer: the chat shows no more of it, and aborts its stream. Coze still generates and charges the answer, but is
   * asked to release the conversation. Returns `false` if no answer is running.
   */
  stopAnswer(): boolean {
    return this.#turns.stop();
  }

  /** Asks Coze to release the conversation of a turn. Never rejects. */
  protected async cancelChat(conversationId: string, chatId: string): Promise<void> {
    if (!this.#mayCancel) return;
    const body = { conversation_id: conversationId, chat_id: chatId };
    const result = await this.request({ method: 'POST', path: '/v3/chat/cancel', body });
    if (result.ok || !isPermissionMissing(result.code)) return;
    this.#mayCancel = false;
    this.#host.onEvent({ type: 'feature-failed', problem: toPermissionProblem('cancelChat', result.code) });
  }

  /** Sends a question. Adds the page's options only here, because neither the visitor nor the SDK needs them. */
  protected openStream(params: ChatParams, requestOptions: RequestOptions): AsyncIterable<StreamChatData> {
    const { parameters, customVariables, extraParameters, metaData } = this.options();
    const shortcut_command = this.#shortcut.find(params.additional_messages?.at(-1)?.content);
    const custom_variables = Object.keys(this.context).length === 0 ? customVariables : { ...customVariables, ...this.context };
    const extras = { shortcut_command, parameters, custom_variables, extra_params: extraParameters, meta_data: metaData };
    return super.asyncChat({ ...params, ...withoutUndefined(extras) }, requestOptions);
  }

  /** The page's context of the last message, for the bot only. */
  protected get context(): Readonly<Record<string, string>> {
    return this.#turns.context;
  }

  /**
   * Ends the turn first, because the SDK would add a running answer to the next conversation (SDK `store/conversation`,
   * `clearConversation`).
   */
  override async createNewConversation(): Promise<Conversation> {
    await this.#turns.end();
    return this.start.begin();
  }

  protected beginConversation(): Promise<Conversation> {
    return super.createNewConversation();
  }

  override getOrCreateConversationId(): Promise<Conversation> {
    return this.start.open();
  }

  /** Resolves with the visitor's newest conversation, or with `undefined` if there is none. */
  protected async findConversation(): Promise<Conversation | undefined> {
    const { path } = newestRequest(this.target, this.connectorId);
    const { data } = await this.apiClient.get<undefined, { readonly data: unknown }>(path);
    return findNewest(data);
  }

  /** Ends the running turn. Called before the conversation with `messages` is shown, whose newest question Coze may still be answering. */
  async prepareConversation(messages: MessagePage['messages']): Promise<void> {
    await this.#turns.end();
    this.#beginWith(messages);
  }

  #beginWith(messages: MessagePage['messages']): void {
    this.#turns.prepareConversation(messages);
    this.#onHistory?.(messages);
  }

  /** Adds a notice below each answer that the visitor has stopped. */
  withStopNotices(page: MessagePage): MessagePage {
    return withStopNotices(page, this.#wasStopped);
  }

  /** Sends a request for a feature that the chat can do without. Never rejects. */
  request(request: FeatureRequest): Promise<FeatureResult> {
    const { requestHeaders } = this.options();
    return requestFeature(
      { apiBaseUrl: this.#apiBaseUrl, headers: requestHeaders, tokens: this.#host, fetch: this.#fetch, timers: this.#timers },
      request,
    );
  }

  override async createNewSection(conversationId: string): ReturnType<ChatService['createNewSection']> {
    await this.#turns.end();
    // The SDK's client puts the id into a path without encoding it.
    return super.createNewSection(toPathSegment(conversationId));
  }

  override async getMessageList(request: MessageListRequest): Promise<SdkMessagePage> {
    this.#lastErrorCode = undefined;
    const known = request.prevCursorId ? undefined : this.start.takePage(request.conversationId);
    const page: MessagePage = known ?? (await super.getMessageList(request));
    // The SDK shows a Retry for older pages, above the messages; for the first page it would show an empty chat.
    if (page.error !== undefined && !request.prevCursorId) {
      // Reported here first, because the SDK's own report has no reason.
      this.#host.onFailed(toStartProblem(this.#lastErrorCode ?? -1, this.#apiBaseUrl));
      throw page.error;
    }
    const messages = toMessages(page.messages) as typeof page.messages;
    const shown = this.withStopNotices(withoutOrphanedAnswers({ ...page, messages }));
    if (!request.prevCursorId) {
      // A notice, if the visitor has stopped the answer: it is not awaited.
      this.newestMessage = shown.messages.at(-1);
      this.#beginWith(messages);
    }
    return shown as SdkMessagePage;
  }

  /** Uploads a file with `send`, and resolves with its id. Calls `send` once more with another token if the API rejects the first. */
  async uploadFile(send: SendFile): Promise<string> {
    try {
      if (!(await this.#host.confirmVisitor())) throw new NoTokenError();
      return await this.#token.retryWithNewToken(() =>
        send({
          url: `${this.#apiBaseUrl}/v1/files/upload`,
          headers: { ...this.options().requestHeaders, authorization: this.#token.authorization },
        }),
      );
    } catch (error) {
      this.#host.onEvent({ type: 'reply-failed', problem: toUploadProblem(error) });
      throw error;
    }
  }

  /** Retries here, because requests of voice input bypass the interceptor, and the SDK does not retry them (SDK `_uploadFile`). */
  override translation(params: TranslationParams, options?: RequestOptions): Promise<{ text: string }> {
    return this.#token.retryWithNewToken(() => super.translation(params, options));
  }

  /** Throws an error that arrives in a 200 response. The SDK does not inspect the bytes, and would treat the error as audio. */
  override audioSpeech(params: SpeechParams): Promise<ArrayBuffer> {
    return this.#token.retryWithNewToken(async () => audioOrError(await super.audioSpeech(params)));
  }

  /** Does nothing, because this class already handles auth codes in streams; a second refresh would discard a valid token. */
  override handleErrorCode(): Promise<string> {
    return Promise.resolve('');
  }
}

/** Omits undefined members. */
function withoutUndefined<T extends object>(members: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
