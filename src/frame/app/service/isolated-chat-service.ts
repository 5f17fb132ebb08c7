/**
 * Subclass of the SDK's chat service, injected by `setting.onGetCustomChatService`. It guarantees that:
 * - every request carries a token that is still valid on arrival;
 * - a token that is rejected inside a 200 response costs one silent retry;
 * - every turn ends, also when its stream does not, and at once when it is stopped;
 * - a history that cannot be loaded is a failure, not an empty chat;
 * - a new visitor waits for nothing that is known: there is no history, and their conversation is begun while they look at the chat;
 * - nothing of a conversation that the visitor has left arrives in the next one.
 */
import { ChatEventType, type StreamChatData } from '@coze/api';
import { ChatService, type IChatService } from '@coze/chat-sdk';
import type { ChatOptions } from '../../../config/chat-options.js';
import type { ChatTarget } from '../../../config/chat-target.js';
import { delay, systemTimers, type Timers } from '../../../core/clock.js';
import { toPathSegment } from '../../../core/path-segment.js';
import type { HostApi } from '../../contract.js';
import type { HttpResponse, OutgoingRequest, ResponseHead } from '../../platform/axios/contract.js';
import { HttpFailure } from '../../platform/axios/http-failure.js';
import { infoPaths, newestRequest } from '../../start-requests.js';
import type { AnswerWatch } from '../answers/answer-watch.js';
import { greetingFor } from '../answers/greeting.js';
import { Quotes } from '../answers/quotes.js';
import { SentShortcut } from '../answers/sent-shortcut.js';
import { getErrorCode, isAuthError, NoTokenError } from '../errors/api-error-code.js';
import { isPermissionMissing, toPermissionProblem, toReplyProblem, toStartProblem, toUploadProblem } from '../errors/problem.js';
import { AnswerStop } from './answer-stop.js';
import { toKnownEvents, toMessages } from './api-messages.js';
import { audioOrError } from './audio-response.js';
import { toBotInfo, toOnboarding } from './bot-info.js';
import { type Conversation, ConversationStart, findNewest, type RestoredConversation } from './conversation-start.js';
import { type FeatureRequest, type FeatureResult, requestFeature } from './feature-request.js';
import { type MessagePage, withoutOrphanedAnswers, withStopNotices } from './message-page.js';
import { quoteAsMarkdown, quoteAsPart } from './quoted-message.js';
import { TurnConnection } from './turn-connection.js';
import {
  busyPausesAfter,
  CONVERSATION_GONE,
  findChatId,
  getFailureCode,
  isBadParameter,
  isBusy,
  isRefusal,
  PAUSES_AFTER_BREAK_MS,
  questionText,
} from './turn-events.js';
import { noteUnexpected, readTurn } from './turn-response.js';
import { terminateStream } from './turn-stream.js';
import { type ContinueTurn, type WaitingTurn, withRest } from './waiting-turn.js';

type ChatServiceProps = ConstructorParameters<typeof ChatService>[0];
export type ChatParams = Parameters<ChatService['asyncChat']>[0];
type RequestOptions = Parameters<ChatService['asyncChat']>[1];
type MessageListRequest = Parameters<ChatService['getMessageList']>[0];
type SdkMessagePage = Awaited<ReturnType<ChatService['getMessageList']>>;
/** As its type says, rather than what TypeScript infers from its code. */
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

/** Rejects with an error that carries the API's `code`, if there is one. */
export type SendFile = (request: FileRequest) => Promise<string>;

interface ChatRequest {
  readonly config: OutgoingRequest;
  /** As it was first sent. */
  readonly token: string;
}

export interface IsolatedChatServiceOptions {
  readonly target: ChatTarget;
  readonly apiBaseUrl: string;
  readonly host: HostApi;
  /** The page's, as they are now. */
  readonly options: () => ChatOptions;
  /** The conversation to begin with, unless it is not to be had. */
  readonly restore?: ((service: IsolatedChatService) => Promise<RestoredConversation | undefined>) | undefined;
  /** Blank where it is not known. */
  readonly visitorName?: string;
  readonly quotes?: Quotes;
  /** The conversation of a turn is not there any more, perhaps deleted in another tab. */
  readonly onGone?: () => void;
  readonly shortcut?: SentShortcut;
  /** What the page says to the message that goes out next: texts by name, for the bot alone. */
  readonly takeContext?: () => Readonly<Record<string, string>>;
  /** Goes on with a turn that wants something run; asked anew for each. `undefined`: the turn ends there. */
  readonly continueTurn?: () => ContinueTurn | undefined;
  /** Receives the newest messages before they are shown, oldest first. */
  readonly onHistory?: (messages: MessagePage['messages']) => void;
  /** Hears of each answer from its question on; whoever shows it says when it ends. */
  readonly answers?: Pick<AnswerWatch, 'ask' | 'observe'>;
  /** Whether the visitor has stopped the answer of a chat (turn). */
  readonly wasStopped?: (chatId: string) => boolean;
  readonly timers?: Timers;
  readonly fetch?: typeof globalThis.fetch;
}

export class IsolatedChatService extends ChatService {
  readonly target: ChatTarget;
  declare readonly connectorId: string;
  readonly start: ConversationStart;
  protected readonly options: () => ChatOptions;
  readonly #apiBaseUrl: string;
  readonly #host: HostApi;
  readonly #visitorName: string;
  readonly #quotes: Quotes;
  readonly #shortcut: SentShortcut;
  readonly #takeContext: () => Readonly<Record<string, string>>;
  readonly #continueTurn: () => ContinueTurn | undefined;
  /** Of the last turn. */
  protected context: Readonly<Record<string, string>> = {};
  /** What Coze has to hear first. */
  #cancelHeld: Promise<void> | undefined;
  readonly #timers: Timers;
  readonly #fetch: typeof globalThis.fetch;
  readonly #stop: AnswerStop;
  readonly #onHistory: IsolatedChatServiceOptions['onHistory'];
  readonly #onGone: IsolatedChatServiceOptions['onGone'];
  readonly #answers: IsolatedChatServiceOptions['answers'];
  readonly #wasStopped: (chatId: string) => boolean;
  readonly #client: TokenedClient;
  /** Of the last turn: the SDK sends one message at a time. */
  #connection = new TurnConnection();
  #conversationId = '';
  #isAnswering = false;
  /** `false` once Coze has said that the OAuth app may not. */
  #mayCancel = true;
  #chatRequest: ChatRequest | undefined;
  /** Why the API last said no: its code. */
  #lastErrorCode: number | undefined;
  /** How long a conversation may be busy with the last answer: one that broke off on its way, or was stopped, Coze may still be writing. */
  #busyPausesMs: readonly number[] = [];

  constructor(props: ChatServiceProps, serviceOptions: IsolatedChatServiceOptions) {
    super(props);
    const { target, apiBaseUrl, host, options, onHistory, onGone, restore, timers = systemTimers } = serviceOptions;
    const { fetch = globalThis.fetch.bind(globalThis) } = serviceOptions;
    const { takeContext = () => ({}), continueTurn = () => undefined } = serviceOptions;
    const { answers, wasStopped = () => false, visitorName = '', quotes = new Quotes(), shortcut = new SentShortcut() } = serviceOptions;
    this.target = target;
    this.options = options;
    this.#visitorName = visitorName;
    this.#quotes = quotes;
    this.#shortcut = shortcut;
    this.#takeContext = takeContext;
    this.#continueTurn = continueTurn;
    this.#apiBaseUrl = apiBaseUrl;
    this.#host = host;
    this.#timers = timers;
    this.#fetch = async (url, init) => {
      const { method = 'GET', body } = init ?? {};
      const answer =
        typeof url === 'string' ? host.takeAnswer?.(method, url, typeof body === 'string' ? JSON.parse(body) : null) : undefined;
      return (await answer) ?? fetch(url, init);
    };
    this.#stop = new AnswerStop({ cancel: (conversationId, chatId) => this.cancelChat(conversationId, chatId), timers });
    this.#onHistory = onHistory;
    this.#onGone = onGone;
    this.start = new ConversationStart({
      restore: async () => restore?.(this),
      find: () => this.findConversation(),
      create: () => this.beginConversation(),
      onFailed: (cause) => host.onFailed(toStartProblem(getErrorCode(cause) ?? -1, apiBaseUrl)),
      timers,
    });
    this.#answers = answers;
    this.#wasStopped = wasStopped;
    this.#client = props.apiClient as unknown as TokenedClient;
    this.#client.useRequestInterceptors(async (config) => {
      const token = await this.#freshToken();
      config.headers.set('Authorization', authorization(token));
      const { method = 'GET', url, data } = config;
      if (config.responseType !== 'stream') return { ...config, answer: host.takeAnswer?.(method, url, data) };
      const connection = this.#connection;
      const request = { ...config, onResponse: (response: ResponseHead) => noteUnexpected(response, connection) };
      this.#chatRequest = { config: request, token };
      return request;
    });
    this.#client.useResponseInterceptors((response) => {
      // The SDK passes on a failed request as if it were an answer (SDK `utils/mini-coze-api`, `useAuthError`).
      if (response instanceof HttpFailure) this.#connection.noteFailure(`${this.#apiBaseUrl} cannot be reached`);
      else if (response.data instanceof ReadableStream) return { ...response, data: readTurn(response.data, this.#connection) };
      this.#lastErrorCode = getErrorCode(response.data) ?? this.#lastErrorCode;
      return response;
    });
  }

  override async getAppInfo(): Promise<SdkAppInfo> {
    const info = await this.loadInfo();
    const onboarding = toOnboarding(info.onboarding_info);
    return { ...info, onboarding_info: { ...onboarding, prologue: greetingFor(onboarding.prologue ?? '', this.#visitorName) } };
  }

  /** What the bot's author has set, as the SDK reads it. */
  protected async loadInfo(): Promise<SdkAppInfo> {
    const [path] = infoPaths(this.target, this.connectorId);
    const result = await this.request({ method: 'GET', path });
    if (result.ok) return { appId: this.appId, type: this.chatType, ...toBotInfo(result.answer.data) } as SdkAppInfo;
    // Less of it, and for bots that are published to the API channel alone.
    return super.getAppInfo() as Promise<SdkAppInfo>;
  }

  override async *asyncChat(params: ChatParams, options?: RequestOptions): AsyncGenerator<StreamChatData> {
    // What was stopped ends by itself, once it is known what is to be cancelled.
    if (!this.#connection.isStopped) this.#connection.abort();
    const connection = (this.#connection = new TurnConnection());
    this.#conversationId = params.conversation_id ?? '';
    this.#isAnswering = true;
    this.context = this.#takeContext();
    this.#answers?.ask(this.#conversationId);
    const quote = this.#quotes.pending;
    const answer = this.#answerTo(params, options, connection, quote);
    for await (const event of terminateStream(answer, connection, this.#timers)) {
      if (event.event === ChatEventType.CONVERSATION_MESSAGE_COMPLETED) this.#busyPausesMs = busyPausesAfter(event.data);
      const code = getFailureCode(event);
      if (code !== undefined) this.#host.onEvent({ type: 'reply-failed', problem: toReplyProblem(code, connection.failure) });
      if (code === CONVERSATION_GONE) this.#onGone?.();
      if (event.event === ChatEventType.CONVERSATION_CHAT_CREATED) this.#reportQuestion(params, event.data.id, quote);
      this.#answers?.observe(event);
      // The SDK asks for nothing after these.
      if (event.event === ChatEventType.DONE || event.event === ChatEventType.ERROR) this.#isAnswering = false;
      yield event;
    }
  }

  /**
   * Ends the running answer: nothing more of it is shown, and its stream is cut. Coze goes on with it and charges it, but is told to let go of the
   * conversation. `false` when none is running.
   */
  stopAnswer(): boolean {
    if (!this.#isAnswering || this.#connection.isStopped) return false;
    this.#stop.stop(this.#connection, this.#conversationId);
    return true;
  }

  /** Never rejects. */
  protected async cancelChat(conversationId: string, chatId: string): Promise<void> {
    await this.#cancelHeld;
    if (!this.#mayCancel) return;
    const body = { conversation_id: conversationId, chat_id: chatId };
    const result = await this.request({ method: 'POST', path: '/v3/chat/cancel', body });
    if (result.ok || !isPermissionMissing(result.code)) return;
    this.#mayCancel = false;
    this.#host.onEvent({ type: 'feature-failed', problem: toPermissionProblem('cancelChat', result.code) });
  }

  #reportQuestion(params: ChatParams, chatId: string, quote: string): void {
    this.#quotes.accept(chatId, quote);
    this.#host.onEvent({ type: 'message', message: { role: 'user', text: questionText(params), id: chatId } });
  }

  /** An error instead of a first event may cost a retry. Only then: afterwards the question is posted, and a retry would post it again. */
  async *#answerTo(params: ChatParams, options: RequestOptions, connection: TurnConnection, quote: string): AsyncGenerator<StreamChatData> {
    await this.#freshToken();
    if (this.#stop.pending !== undefined) await Promise.race([this.#stop.pending, aborted(connection.reading)]);
    const pausesMs = this.#busyPausesMs.values();
    let isRenewed = false;
    let asked = quoteAsPart(params, quote);
    for (;;) {
      if (connection.reading.aborted) return connection.settle('');
      const events = toKnownEvents(this.openStream(asked, { ...options, signal: connection.signal }));
      const first = await events.next();
      const rejected = first.done !== true && isRefusal(first.value) ? this.#refusedToken() : undefined;
      const pauseMs = first.done !== true && isBusy(first.value) ? pausesMs.next().value : undefined;
      if (rejected !== undefined && !isRenewed) {
        isRenewed = true;
        await this.#replace(rejected);
      } else if (asked !== params && first.done !== true && isBadParameter(first.value)) {
        // Not every API takes a quote as Coze's own client sends it; each takes words.
        asked = params = quoteAsMarkdown(params, quote);
      } else if (pauseMs !== undefined) {
        await delay(pauseMs, this.#timers, connection.reading);
      } else {
        const chatId = findChatId(first);
        if (connection.isStopped && chatId !== '') this.#reportQuestion(params, chatId, quote);
        connection.settle(chatId);
        return yield* withRest(prepend(first, events), this.#toWaiting(params, chatId, connection, options), this.#continueTurn);
      }
    }
  }

  #toWaiting(
    { conversation_id = '' }: ChatParams,
    chatId: string,
    connection: TurnConnection,
    requestOptions: RequestOptions,
  ): WaitingTurn {
    return {
      conversationId: conversation_id,
      chatId,
      connection,
      client: this.apiClient,
      requestOptions,
      renewToken: async () => {
        const rejected = this.#refusedToken();
        if (rejected !== undefined) await this.#replace(rejected);
        return rejected !== undefined;
      },
      holdCancel: (until) => {
        this.#cancelHeld = until;
      },
    };
  }

  /** What a page has set is not the visitor's to see, nor the SDK's to know. */
  protected openStream(params: ChatParams, requestOptions: RequestOptions): AsyncIterable<StreamChatData> {
    const { parameters, customVariables, extraParameters, metaData } = this.options();
    const shortcut_command = this.#shortcut.find(params.additional_messages?.at(-1)?.content);
    const custom_variables = Object.keys(this.context).length === 0 ? customVariables : { ...customVariables, ...this.context };
    const extras = { shortcut_command, parameters, custom_variables, extra_params: extraParameters, meta_data: metaData };
    return super.asyncChat({ ...params, ...present(extras) }, requestOptions);
  }

  /** The token of the last chat request, unless the SDK has retried it already: an HTTP 401, with another token in the same request. */
  #refusedToken(): string | undefined {
    const { config, token } = this.#chatRequest ?? {};
    return token !== undefined && config?.headers.get('Authorization') === authorization(token) ? token : undefined;
  }

  /** The SDK would add a running answer to the conversation that comes next (SDK `store/conversation`, `clearConversation`). */
  override async createNewConversation(): Promise<Conversation> {
    await this.#endTurn();
    return this.start.begin();
  }

  protected beginConversation(): Promise<Conversation> {
    return super.createNewConversation();
  }

  override getOrCreateConversationId(): Promise<Conversation> {
    return this.start.open();
  }

  /** The newest one; `undefined` when there is none. */
  protected async findConversation(): Promise<Conversation | undefined> {
    const { path } = newestRequest(this.target, this.connectorId);
    const { data } = await this.apiClient.get<undefined, { readonly data: unknown }>(path);
    return findNewest(data);
  }

  /** Ends what is left of a turn, for the conversation with `messages`, whose newest question may still be being answered. */
  async enter(messages: MessagePage['messages']): Promise<void> {
    await this.#endTurn();
    this.#busyPausesMs = messages.at(-1)?.type === 'question' ? PAUSES_AFTER_BREAK_MS : [];
    this.#onHistory?.(messages);
  }

  /** What a chat can do without. Never rejects. */
  request(request: FeatureRequest): Promise<FeatureResult> {
    const { requestHeaders } = this.options();
    return requestFeature(
      { apiBaseUrl: this.#apiBaseUrl, headers: requestHeaders, tokens: this.#host, fetch: this.#fetch, timers: this.#timers },
      request,
    );
  }

  override async createNewSection(conversationId: string): ReturnType<ChatService['createNewSection']> {
    await this.#endTurn();
    // The SDK's client puts it into a path as it is.
    return super.createNewSection(toPathSegment(conversationId));
  }

  async #endTurn(): Promise<void> {
    this.#connection.abort();
    // The SDK takes what is left of the turn without a pause.
    await delay(0, this.#timers);
  }

  override async getMessageList(request: MessageListRequest): Promise<SdkMessagePage> {
    this.#lastErrorCode = undefined;
    const known = request.prevCursorId ? undefined : this.start.takePage(request.conversationId);
    const page: MessagePage = known ?? (await super.getMessageList(request));
    // Older pages show their own Retry above the messages; for the first one the SDK would show an empty chat.
    if (page.error !== undefined && !request.prevCursorId) {
      // Before the SDK does, which does not say why.
      this.#host.onFailed(toStartProblem(this.#lastErrorCode ?? -1, this.#apiBaseUrl));
      throw page.error;
    }
    const messages = toMessages(page.messages) as typeof page.messages;
    if (!request.prevCursorId) this.#onHistory?.(messages);
    return withStopNotices(withoutOrphanedAnswers({ ...page, messages }), this.#wasStopped) as SdkMessagePage;
  }

  /** `send` makes one request, and may be asked for a second with another token. Resolves with the file's id. */
  async uploadFile(send: SendFile): Promise<string> {
    try {
      if (!(await this.#host.confirmVisitor())) throw new NoTokenError();
      return await this.#retryRefused(() =>
        send({
          url: `${this.#apiBaseUrl}/v1/files/upload`,
          headers: { ...this.options().requestHeaders, authorization: authorization(this.#client.token) },
        }),
      );
    } catch (error) {
      this.#host.onEvent({ type: 'reply-failed', problem: toUploadProblem(error) });
      throw error;
    }
  }

  /** Voice does not pass the interceptor, and the SDK never retries it (SDK `_uploadFile`). */
  override translation(params: TranslationParams, options?: RequestOptions): Promise<{ text: string }> {
    return this.#retryRefused(() => super.translation(params, options));
  }

  /** To the SDK an error in a 200 answer is audio, because it does not look into bytes. */
  override audioSpeech(params: SpeechParams): Promise<ArrayBuffer> {
    return this.#retryRefused(async () => audioOrError(await super.audioSpeech(params)));
  }

  /** Auth codes in streams have been dealt with here; a second refresh would throw away a good token. */
  override handleErrorCode(): Promise<string> {
    return Promise.resolve('');
  }

  /** Repeats `request` once, with another token, when it throws an auth error. */
  async #retryRefused<T>(request: () => Promise<T>): Promise<T> {
    const token = await this.#freshToken();
    try {
      return await request();
    } catch (error) {
      if (!isAuthError(error)) throw error;
      await this.#replace(token);
      return request();
    }
  }

  #freshToken(): Promise<string> {
    return this.#applyToken(this.#host.getAccessToken());
  }

  #replace(rejected: string): Promise<string> {
    return this.#applyToken(this.#host.refreshAccessToken(rejected));
  }

  async #applyToken(coming: Promise<string>): Promise<string> {
    const token = await coming;
    if (token === '') throw new NoTokenError();
    this.#client.token = token;
    return token;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Without the members that are not there. */
function present<T extends object>(members: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}

const authorization = (token: string): string => `Bearer ${token}`;

async function* prepend<T>(first: IteratorResult<T>, rest: AsyncIterator<T>): AsyncGenerator<T> {
  for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
}
