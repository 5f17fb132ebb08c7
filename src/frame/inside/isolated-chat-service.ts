/**
 * The SDK's own transport with four habits mended, through its official door (`setting.onGetCustomChatService`):
 * every request carries a token that is still valid on arrival; an expired token noticed only inside a 200 answer costs one silent
 * retry; a stream that stops without an end ends the turn; history that cannot be loaded is a failure, not an empty chat.
 */
import { ChatEventType, type StreamChatData } from '@coze/api';
import { ChatService, type ChatMessageGroup, type IChatService } from '@coze/chat-sdk';
import type { FrameHost } from '../contract.js';

type ChatServiceProps = ConstructorParameters<typeof ChatService>[0];
type ChatParams = Parameters<ChatService['asyncChat']>[0];
type RequestOptions = Parameters<ChatService['asyncChat']>[1];
type MessageListRequest = Parameters<ChatService['getMessageList']>[0];
type SdkMessagePage = Awaited<ReturnType<ChatService['getMessageList']>>;
/** What the SDK's own type says of a page, rather than what TypeScript infers from its code. */
type MessagePage = Awaited<ReturnType<IChatService['getMessageList']>>;
type TranslationParams = Parameters<ChatService['translation']>[0];

/** The part of the SDK's API client that `@coze/api` does not declare (SDK `utils/mini-coze-api`). */
interface TokenedClient {
  token: string;
  useRequestInterceptors(intercept: (config: InterceptedRequest) => Promise<InterceptedRequest>): void;
}
interface InterceptedRequest {
  headers: { Authorization?: string };
}

/** Codes with which Coze says that a token is expired or unknown (coze-api.md section C). */
const AUTH_CODES: ReadonlySet<unknown> = new Set([401, 4100, 4101, 700012006]);
const TURN_ENDS: ReadonlySet<ChatEventType> = new Set([ChatEventType.DONE, ChatEventType.ERROR, ChatEventType.CONVERSATION_CHAT_FAILED]);

export class IsolatedChatService extends ChatService {
  readonly #host: FrameHost;
  readonly #client: TokenedClient;

  constructor(props: ChatServiceProps, host: FrameHost) {
    super(props);
    this.#host = host;
    this.#client = props.apiClient as unknown as TokenedClient;
    this.#client.useRequestInterceptors(async (config) => {
      config.headers.Authorization = `Bearer ${await this.#freshToken()}`;
      return config;
    });
  }

  override async *asyncChat(params: ChatParams, options?: RequestOptions): AsyncGenerator<StreamChatData> {
    const events = super.asyncChat(params, options)[Symbol.asyncIterator]();
    const first = await events.next();
    // Only before anything was answered: afterwards a second request would post the question twice.
    const isRefused = first.done !== true && isAuthError(first.value);
    if (isRefused) await this.#host.replaceToken(this.#client.token);
    yield* this.#turn(isRefused ? super.asyncChat(params, options) : resume(first, events), params);
  }

  /** Ends at the first event that ends a turn, and with a failure when none comes: the SDK would keep the input disabled for 210 s. */
  async *#turn(events: AsyncIterable<StreamChatData>, params: ChatParams): AsyncGenerator<StreamChatData> {
    for await (const event of events) {
      if (event.event === ChatEventType.CONVERSATION_CHAT_CREATED) {
        this.#host.onMessage({ role: 'user', text: questionText(params), id: event.data.id });
      }
      yield event;
      if (TURN_ENDS.has(event.event)) return;
    }
    yield { event: ChatEventType.ERROR, data: { code: -1, msg: '' } };
  }

  override async getMessageList(request: MessageListRequest): Promise<SdkMessagePage> {
    const page: MessagePage = await super.getMessageList(request);
    // Older pages show their own Retry above the messages; for the first one the SDK would show an empty chat.
    if (page.error !== undefined && !request.prevCursorId) throw page.error;
    return withoutOrphanedAnswers(page) as SdkMessagePage;
  }

  /** Voice does not pass the interceptor, and the SDK never retries it (SDK `_uploadFile`). */
  override async translation(params: TranslationParams, options?: RequestOptions): Promise<{ text: string }> {
    await this.#freshToken();
    try {
      return await super.translation(params, options);
    } catch (error) {
      if (!isAuthCode(error)) throw error;
      this.#client.token = await this.#host.replaceToken(this.#client.token);
      return super.translation(params, options);
    }
  }

  /** {@link asyncChat} has already dealt with auth codes; a second refresh would throw away a good token. */
  override handleErrorCode(): Promise<string> {
    return Promise.resolve('');
  }

  async #freshToken(): Promise<string> {
    const token = await this.#host.freshToken();
    if (token === '') throw new Error('No access token.');
    this.#client.token = token;
    return token;
  }
}

async function* resume<T>(first: IteratorResult<T>, rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** What the visitor wrote; empty for pictures and files. */
function questionText({ additional_messages: messages = [] }: ChatParams): string {
  const question = messages.at(-1);
  return question?.content_type === 'text' && typeof question.content === 'string' ? question.content : '';
}

/**
 * A page may begin in the middle of a turn. The SDK then loses the answers, and paging with them, when the next page fails
 * (SDK `provider/store/conversation`, `combineMessageGroup`), so they are left for the next page, which asks from the question on.
 */
function withoutOrphanedAnswers(page: MessagePage): MessagePage {
  const firstQuestion = page.messages.findIndex((message) => message.type === 'question');
  const oldestKept = page.messages[firstQuestion];
  if (!page.prevHasMore || firstQuestion < 1 || oldestKept === undefined) return page;
  return { ...page, messages: page.messages.slice(firstQuestion), prevCursorId: oldestKept.id };
}

function isAuthError({ event, data }: StreamChatData): boolean {
  return event === ChatEventType.ERROR && isAuthCode(data);
}

function isAuthCode(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'code' in value && AUTH_CODES.has(value.code);
}

/** The text of a finished turn's answers. */
export function answerText(group: ChatMessageGroup): string {
  return group.respMessages
    .filter((message) => message.type === 'answer')
    .map((message) => message.content)
    .join('\n');
}
