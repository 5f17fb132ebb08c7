import { type ChatV3Message, CozeAPI, type StreamChatData } from '@coze/api';
import type { ChatServiceProps, ChatType, IChatService } from '@coze/chat-sdk';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ChatOptions } from '../../../../../src/config/chat-options.js';
import type { Problem } from '../../../../../src/core/errors.js';
import { Quotes } from '../../../../../src/frame/app/answers/quotes.js';
import { IsolatedChatService, type TokenedClient } from '../../../../../src/frame/app/service/isolated-chat-service.js';
import type { MessagePage } from '../../../../../src/frame/app/service/message-page.js';
import type { ChatMessage, HostApi } from '../../../../../src/frame/contract.js';
import type { HttpResponse, OutgoingRequest } from '../../../../../src/frame/platform/axios/contract.js';
import { RequestHeaders } from '../../../../../src/frame/platform/axios/request-headers.js';
import { VirtualTime } from '../../../../support/virtual-time.js';
import { chatCompleted, completed, created, delta, done, error, listen, message, outline, streamOf } from './chat-events.js';

type Speech = Awaited<ReturnType<IChatService['translation']>>;

/** Replaces the SDK's own service. Each response serves one call. */
const sdk = vi.hoisted(() => ({
  streams: [] as AsyncIterable<StreamChatData>[],
  calls: [] as string[],
  /** Calls that start something new, and the events passed to the SDK, in order. */
  log: [] as string[],
  /** Repeats a request with this token after an HTTP 401, as the SDK does by itself. */
  replaysWith: undefined as string | undefined,
  signals: [] as (AbortSignal | undefined)[],
  requests: [] as unknown[],
  page: { messages: [] } as MessagePage,
  voice: [] as (() => Speech)[],
  speech: [] as (() => ArrayBuffer)[],
}));

/** The SDK's part of the client, beyond that of `@coze/api`: a test calls the interceptors that were added. */
class ApiClient extends CozeAPI implements TokenedClient {
  declare token: string;
  intercept = (config: OutgoingRequest): Promise<OutgoingRequest> => Promise.resolve(config);
  readonly cancelled: unknown[] = [];
  cancel = (): Promise<unknown> => Promise.resolve({ code: 0 });

  /** Requests outside of the client: only cancellations are sent here. */
  readonly fetch: typeof globalThis.fetch = async (url, { body } = {}) => {
    expect(url).toBe('https://api.coze.cn/v3/chat/cancel');
    this.cancelled.push(JSON.parse(body as string));
    return new Response(JSON.stringify(await this.cancel()));
  };

  /** Passes a response through the service's interceptor. */
  hear = (response: HttpResponse): HttpResponse => response;

  useRequestInterceptors(intercept: ApiClient['intercept']): void {
    this.intercept = intercept;
  }

  useResponseInterceptors(hear: ApiClient['hear']): void {
    this.hear = hear;
  }
}

vi.mock('@coze/chat-sdk', () => {
  /** Implements what our service relies on, so that an incompatible SDK is a compile error here. */
  class ChatService implements Omit<IChatService, 'getAppInfo' | 'getOrCreateConversationId' | 'upload' | 'handleErrorCode'> {
    readonly apiClient: ApiClient;
    constructor({ apiClient }: ChatServiceProps) {
      this.apiClient = apiClient as ApiClient;
    }
    async *asyncChat(
      params: Parameters<IChatService['asyncChat']>[0],
      options?: Parameters<IChatService['asyncChat']>[1],
    ): AsyncGenerator<StreamChatData> {
      sdk.signals.push(options?.signal as AbortSignal | undefined);
      sdk.requests.push(params);
      const headers = new RequestHeaders({ authorization: `Bearer ${this.apiClient.token}` });
      const config = await this.apiClient.intercept({ url: '/v3/chat', headers, responseType: 'stream' });
      sdk.calls.push(`chat ${String(config.headers.get('Authorization'))}`);
      if (sdk.replaysWith !== undefined) {
        config.headers.set('Authorization', `Bearer ${sdk.replaysWith}`);
        sdk.calls.push(`chat ${String(config.headers.get('Authorization'))}`);
      }
      yield* sdk.streams.shift() ?? [];
    }
    createNewConversation() {
      sdk.log.push('create');
      return Promise.resolve({ conversationId: '2', sectionId: '2' });
    }
    createNewSection() {
      sdk.log.push('clear');
      return Promise.resolve({ sectionId: '2' });
    }
    getMessageList() {
      return Promise.resolve(sdk.page);
    }
    async translation() {
      sdk.calls.push(`voice ${this.apiClient.token}`);
      return next(sdk.voice);
    }
    async audioSpeech() {
      sdk.calls.push(`speech ${this.apiClient.token}`);
      return next(sdk.speech);
    }
  }
  return { ChatService };
});

function next<T>(answers: (() => T)[]): T {
  const answer = answers.shift();
  if (answer === undefined) throw new Error('The test has no answer to this call.');
  return answer();
}

beforeEach(() =>
  Object.assign(sdk, {
    streams: [],
    calls: [],
    log: [],
    replaysWith: undefined,
    signals: [],
    requests: [],
    page: { messages: [] },
    voice: [],
    speech: [],
  }),
);

/** A service whose host provides `token-1`, and the next token after each rejection. */
function arrange(
  tokens: { fresh?: () => string; replaced?: () => string } = {},
  options: ChatOptions = {},
  wasStopped = (_: string): boolean => false,
) {
  let count = 1;
  const refused: string[] = [];
  const messages: ChatMessage[] = [];
  const problems: Problem[] = [];
  const host: HostApi = {
    mayStillSend: () => true,
    getAccessToken: () => Promise.resolve(tokens.fresh?.() ?? `token-${count}`),
    refreshAccessToken: (token) => {
      refused.push(token);
      count += 1;
      return Promise.resolve(tokens.replaced?.() ?? `token-${count}`);
    },
    confirmVisitor: () => Promise.resolve(true),
    prepareMessage: (text) => Promise.resolve({ text, context: {}, hasTools: false }),
    runTools: () => Promise.resolve(undefined),
    onFocus: () => {},
    onReady: () => {},
    onFailed: (problem) => problems.push(problem),
    draft: () => ({ text: undefined, unsent: undefined, hasFocus: false }),
    onDraft: () => {},
    onEvent: (event) => {
      if (event.type === 'reply-failed' || event.type === 'feature-failed') problems.push(event.problem);
      if (event.type === 'message') messages.push(event.message);
      return true;
    },
  };
  const time = new VirtualTime();
  const quotes = new Quotes();
  const apiClient = new ApiClient({ token: 'first-token' });
  const props: ChatServiceProps = { apiClient, appId: 'bot', chatType: 'bot' as ChatType };
  const service = new IsolatedChatService(props, {
    target: { botId: 'bot' },
    apiBaseUrl: 'https://api.coze.cn',
    host,
    options: () => options,
    quotes,
    wasStopped,
    timers: time.timers,
    fetch: apiClient.fetch,
  });
  const question = { bot_id: 'bot', conversation_id: '2', additional_messages: [{ role: 'user', content: 'hi', content_type: 'text' }] };
  const ask = async (): Promise<readonly string[]> => {
    const seen: StreamChatData[] = [];
    await listen(service.asyncChat(question as Parameters<typeof service.asyncChat>[0]), (event) => {
      seen.push(event);
      sdk.log.push(event.event);
    });
    return outline(seen);
  };
  return { service, apiClient, refused, messages, problems, quotes, time, ask };
}

test.each([
  ['before the first word', [created, error(4028, 'used up')]],
  ['in the middle', [created, delta('Hel'), error(4028, 'used up')]],
])('An answer that fails %s is reported to the page once, with one of our codes', async (_, events) => {
  const { ask, problems } = arrange();
  sdk.streams = [streamOf(events)];
  await ask();
  expect(problems).toEqual([
    { code: 'quota_exceeded', message: 'An allowance or a balance at Coze is used up (code 4028).', retryable: true },
  ]);
});

const answer = (text = 'Hello'): AsyncIterable<StreamChatData> =>
  streamOf([created, delta(text), completed({ content: text }), chatCompleted, done]);
const answerSeen = ['conversation.chat.created', 'delta Hello', 'completed Hello', 'conversation.chat.completed', 'done'];

test('A question is sent with a fresh token', async () => {
  const { ask, apiClient } = arrange();
  sdk.streams = [answer()];
  expect(await ask()).toEqual(answerSeen);
  expect(sdk.calls).toEqual(['chat Bearer token-1']);
  expect(apiClient.token).toBe('token-1');
});

test('Options that the page has set are sent with the question, and those that it has not set are left out', async () => {
  const { ask } = arrange({}, { customVariables: { city: 'Berlin' }, extraParameters: { latitude: '52.5' }, upload: false });
  sdk.streams = [answer()];
  await ask();
  const [request] = sdk.requests;
  expect(request).toMatchObject({ bot_id: 'bot', custom_variables: { city: 'Berlin' }, extra_params: { latitude: '52.5' } });
  expect(Object.keys(request as object)).not.toContain('parameters');
});

test.each([401, 4100, 4101, 700012006])(
  'A token that is rejected with %i before the first event is replaced, and the answer arrives without an error',
  async (code) => {
    const { ask, refused } = arrange();
    sdk.streams = [streamOf([error(code)]), answer()];
    expect(await ask()).toEqual(answerSeen);
    expect(sdk.calls).toEqual(['chat Bearer token-1', 'chat Bearer token-2']);
    expect(refused).toEqual(['token-1']);
  },
);

test('The error is shown if the new token is rejected, too', async () => {
  const { ask, refused } = arrange();
  sdk.streams = [streamOf([error(4101)]), streamOf([error(4101)]), answer()];
  expect(await ask()).toEqual(['error 4101 ""']);
  expect(sdk.calls).toHaveLength(2);
  expect(refused).toEqual(['token-1']);
});

test('The error is shown if a token is rejected after the SDK itself has retried an HTTP 401', async () => {
  const { ask, refused } = arrange();
  sdk.replaysWith = 'token-2';
  sdk.streams = [streamOf([error(700012006)]), answer()];
  expect(await ask()).toEqual(['error 700012006 ""']);
  expect(sdk.calls).toEqual(['chat Bearer token-1', 'chat Bearer token-2']);
  expect(refused).toEqual([]);
});

test('An error that is not about the token is shown without a second request', async () => {
  const { ask } = arrange();
  sdk.streams = [streamOf([error(4016)]), answer()];
  expect(await ask()).toEqual(['error 4016 ""']);
  expect(sdk.calls).toHaveLength(1);
});

test('A question is not sent again if the token is rejected after the first event', async () => {
  const { ask } = arrange();
  sdk.streams = [streamOf([created, error(4101)]), answer()];
  expect(await ask()).toEqual(['conversation.chat.created', 'error 4101 ""']);
  expect(sdk.calls).toHaveLength(1);
});

test('A question without a token is not sent, and ends with the error 401', async () => {
  const { ask } = arrange({ fresh: () => '' });
  expect(await ask()).toEqual(['error 401 ""']);
  expect(sdk.calls).toEqual([]);
});

test('A rejected token is not sent again if there is no new one, and the next question works once there is one', async () => {
  let isDown = true;
  const { ask } = arrange({ replaced: () => (isDown ? '' : 'token-2'), fresh: () => (isDown ? 'token-1' : 'token-2') });
  sdk.streams = [streamOf([error(4101)]), answer()];
  expect(await ask()).toEqual(['error 401 ""']);
  isDown = false;
  expect(await ask()).toEqual(answerSeen);
  expect(sdk.calls).toEqual(['chat Bearer token-1', 'chat Bearer token-2']);
});

test('The visitor’s message is reported once the turn exists', async () => {
  const { ask, messages } = arrange();
  sdk.streams = [answer()];
  await ask();
  expect(messages).toEqual([{ role: 'user', text: 'hi', id: '7382159487131697202' }]);
});

test.each([
  ['conversation', 'create'],
  ['section', 'clear'],
] as const)('A new %s first ends the running turn and its connection', async (what, call) => {
  const { service, ask, time } = arrange();
  sdk.streams = [streamOf([created, delta('Hel')], 'stays open')];
  const turn = ask();
  await time.advance(0);
  const begun = what === 'conversation' ? service.createNewConversation() : service.createNewSection('1');
  await time.advance(0);
  await begun;
  expect((await turn).slice(-2)).toEqual(['completed Hel', 'done']);
  expect(sdk.log.slice(-2)).toEqual(['done', call]);
  expect(sdk.signals[0]?.aborted).toBe(true);
});

test('A new conversation does not wait if no turn is running', async () => {
  const { service, ask, time } = arrange();
  sdk.streams = [answer()];
  await ask();
  const begun = service.createNewConversation();
  await time.advance(0);
  expect(await begun).toEqual({ conversationId: '2', sectionId: '2' });
});

test('A question ends the connection of an earlier answer that is no longer read', async () => {
  const { ask, service } = arrange();
  sdk.streams = [streamOf([created, delta('Hel')], 'stays open'), answer()];
  await service.asyncChat({ bot_id: 'bot' }).next();
  expect(await ask()).toEqual(answerSeen);
  expect(sdk.signals.map((signal) => signal?.aborted)).toEqual([true, false]);
});

test('A complete answer does not abort its connection', async () => {
  const { ask } = arrange();
  sdk.streams = [answer()];
  await ask();
  expect(sdk.signals[0]?.aborted).toBe(false);
});

const question = (id: string): ChatV3Message => message({ id, type: 'question' });
const reply = (id: string): ChatV3Message => message({ id, type: 'answer' });
const pageError = Object.assign(new Error('Get Message Error'), { code: -1, msg: 'Get Message Error', getErrorMessageByI18n: () => '' });
const failedPage: MessagePage = { messages: [], prevHasMore: false, error: pageError };

test('A history that cannot be loaded at the start is a problem for the page', async () => {
  sdk.page = failedPage;
  const { service, apiClient, problems } = arrange();
  apiClient.hear({ data: { code: 4101 } } as HttpResponse);
  await expect(service.getMessageList({ conversationId: '1' })).rejects.toThrow('Get Message Error');
  const second = service.getMessageList({ conversationId: '1' });
  apiClient.hear({ data: { code: 4020 } } as HttpResponse);
  apiClient.hear({ data: { code: 0 } } as HttpResponse);
  await expect(second).rejects.toThrow();
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^No answer of the Coze API came from https:\/\/api\.coze\.cn\./),
    'Coze has too many requests to answer (code 4020).',
  ]);
});

test('An older page of the history that cannot be loaded is returned with its error', async () => {
  sdk.page = failedPage;
  expect(await arrange().service.getMessageList({ conversationId: '1', prevCursorId: '20' })).toEqual(failedPage);
});

test('Answers whose question is on the next page are left for that page', async () => {
  const { service } = arrange();
  sdk.page = { messages: [reply('1'), question('2'), reply('3')], prevHasMore: true, prevCursorId: '1' };
  expect(await service.getMessageList({ conversationId: '1' })).toMatchObject({ messages: [question('2'), reply('3')], prevCursorId: '2' });
});

test.each<[string, MessagePage]>([
  ['there is no next page', { messages: [reply('1'), question('2')], prevHasMore: false, prevCursorId: '1' }],
  ['the page begins with a question', { messages: [question('1'), reply('2')], prevHasMore: true, prevCursorId: '1' }],
  ['the page has no question', { messages: [reply('1'), reply('2')], prevHasMore: true, prevCursorId: '1' }],
])('A page of the history stays whole when %s', async (_, page) => {
  sdk.page = page;
  expect(await arrange().service.getMessageList({ conversationId: '1' })).toEqual(page);
});

const refuse = (code: number) => (): never => {
  throw Object.assign(new Error('refused'), { code });
};
const json = (body: object): ArrayBuffer => new TextEncoder().encode(JSON.stringify(body)).buffer;
const wav = new TextEncoder().encode('RIFF….WAVE').buffer;
const recording: Parameters<IsolatedChatService['translation']>[0] = { file: { filePath: 'blob:1' } };
const speech = { input: 'Hello', voice_id: '1' };

test('A recording is sent with a fresh token', async () => {
  const { service } = arrange();
  sdk.voice = [() => ({ text: 'Hello' })];
  expect(await service.translation(recording)).toEqual({ text: 'Hello' });
  expect(sdk.calls).toEqual(['voice token-1']);
});

test('A recording whose token is rejected is sent once more with a new token', async () => {
  const { service, refused } = arrange();
  sdk.voice = [refuse(4101), () => ({ text: 'Hello' })];
  expect(await service.translation(recording)).toEqual({ text: 'Hello' });
  expect(sdk.calls).toEqual(['voice token-1', 'voice token-2']);
  expect(refused).toEqual(['token-1']);
});

test.each([
  ['a second time', [refuse(4101), refuse(4101)], 2],
  ['for another reason', [refuse(4302)], 1],
])('A recording that is refused %s fails', async (_, answers, count) => {
  const { service } = arrange();
  sdk.voice = [...answers, () => ({ text: 'Hello' })];
  await expect(service.translation(recording)).rejects.toThrow('refused');
  expect(sdk.calls).toHaveLength(count);
});

test('Speech from the API is returned unchanged', async () => {
  const { service } = arrange();
  sdk.speech = [() => wav];
  expect(await service.audioSpeech(speech)).toBe(wav);
});

test('Speech is requested once more with a new token if a response with status 200 rejects the token', async () => {
  const { service, refused } = arrange();
  sdk.speech = [() => json({ code: 4100, msg: 'authentication is invalid' }), () => wav];
  expect(await service.audioSpeech(speech)).toBe(wav);
  expect(sdk.calls).toEqual(['speech token-1', 'speech token-2']);
  expect(refused).toEqual(['token-1']);
});

test.each([
  ['an error', json({ code: 4028, msg: 'balance used up' })],
  ['JSON that is cut off', new TextEncoder().encode('{"code":41').buffer],
])('A response with %s is not played as speech', async (_, body) => {
  const { service } = arrange();
  sdk.speech = [() => body];
  await expect(service.audioSpeech(speech)).rejects.toThrow('The answer is not audio.');
  expect(sdk.calls).toHaveLength(1);
});

test('The SDK’s own refresh of the token after an error event is switched off', async () => {
  const { service, refused } = arrange();
  expect(await service.handleErrorCode()).toBe('');
  expect(refused).toEqual([]);
});

test('A question after an interrupted answer waits until Coze has finished that answer', async () => {
  const { ask, time } = arrange();
  sdk.streams = [streamOf([created, delta('Hel')]), streamOf([error(4016)]), streamOf([error(4016)]), answer()];
  await ask();
  const second = ask();
  await time.advance(1_000);
  await time.advance(2_000);
  expect(await second).toEqual(answerSeen);
});

test('A question fails after five attempts if the conversation stays busy after an interrupted answer', async () => {
  const { ask, time } = arrange();
  sdk.streams = [streamOf([created, delta('Hel')]), ...Array.from({ length: 5 }, () => streamOf([error(4016)]))];
  await ask();
  const second = ask();
  for (const pauseMs of [1_000, 2_000, 4_000, 8_000]) await time.advance(pauseMs);
  expect(await second).toEqual(['error 4016 ""']);
  expect(sdk.calls).toHaveLength(6);
});

test('A question fails at once if the conversation is busy without an interrupted answer', async () => {
  const { ask } = arrange();
  sdk.streams = [streamOf([error(4016)])];
  expect(await ask()).toEqual(['error 4016 ""']);
});

test.each([
  ['ends early', streamOf([created]), 'A message was not answered: the answer ended early.'],
  ['throws', streamOf([created], new Error('{"msg":"of Coze"}')), 'A message was not answered: the request failed.'],
])('The page gets the reason for a missing answer when the stream %s, without the text of the API', async (_, stream, expected) => {
  const { ask, problems } = arrange();
  sdk.streams = [stream];
  await ask();
  expect(problems).toEqual([{ code: 'chat_failed', message: expected, retryable: true }]);
});

const cancelOfAnswer = { conversation_id: '2', chat_id: '7382159487131697202' };
const opened = (): AsyncIterable<StreamChatData> => streamOf([created, delta('Hel')], 'stays open');

test('A stopped answer ends at once and is cancelled at Coze, and a second stop has no effect', async () => {
  const { service, ask, time, apiClient, problems } = arrange();
  expect(service.stopAnswer()).toBe(false);
  sdk.streams = [opened()];
  const turn = ask();
  await time.advance(0);
  expect([service.stopAnswer(), service.stopAnswer()]).toEqual([true, false]);
  expect((await turn).slice(-3)).toEqual(['completed Hel', 'completed stopped-answer', 'done']);
  await time.advance(0);
  expect(sdk.signals[0]?.aborted).toBe(true);
  expect([apiClient.cancelled, problems]).toEqual([[cancelOfAnswer], []]);
});

test('A question that is stopped before its answer begins is cancelled and reported once its id is known', async () => {
  const { service, ask, time, apiClient, messages } = arrange();
  let open = (): void => {};
  sdk.streams = [
    (async function* () {
      await new Promise<void>((resolve) => (open = resolve));
      yield* opened();
    })(),
  ];
  const turn = ask();
  await time.advance(0);
  service.stopAnswer();
  expect(await turn).toEqual(['completed stopped-answer', 'done']);
  await time.advance(0);
  expect([sdk.signals[0]?.aborted, apiClient.cancelled, messages]).toEqual([false, [], []]);
  open();
  await time.advance(0);
  expect([sdk.signals[0]?.aborted, apiClient.cancelled]).toEqual([true, [cancelOfAnswer]]);
  expect(messages).toEqual([{ role: 'user', text: 'hi', id: cancelOfAnswer.chat_id }]);
});

test('A question whose quote the API takes only as text, and that is then stopped, reaches the page in the visitor’s words', async () => {
  const { service, ask, time, messages, quotes } = arrange();
  quotes.set('said before');
  let open = (): void => {};
  sdk.streams = [
    streamOf([error(4000)]),
    (async function* () {
      await new Promise<void>((resolve) => (open = resolve));
      yield* opened();
    })(),
  ];
  const turn = ask();
  await time.advance(0);
  service.stopAnswer();
  await turn;
  open();
  await time.advance(0);
  expect(JSON.stringify(sdk.requests[1])).toContain('> said before');
  expect(messages).toEqual([{ role: 'user', text: 'hi', id: cancelOfAnswer.chat_id }]);
});

test('The connection of a stopped question is aborted after ten seconds without a response', async () => {
  const { service, ask, time, apiClient } = arrange();
  sdk.streams = [streamOf([], 'stays open')];
  const turn = ask();
  await time.advance(0);
  service.stopAnswer();
  await turn;
  await time.advance(10_000);
  expect([sdk.signals[0]?.aborted, apiClient.cancelled]).toEqual([true, []]);
});

test('The next question waits for a cancellation for three seconds at most', async () => {
  const { service, ask, time, apiClient } = arrange();
  apiClient.cancel = () => new Promise(() => {});
  sdk.streams = [opened(), answer()];
  const turn = ask();
  await time.advance(0);
  service.stopAnswer();
  await turn;
  const next = ask();
  await time.advance(2_999);
  expect(sdk.calls).toHaveLength(1);
  await time.advance(1);
  expect(await next).toEqual(answerSeen);
});

test('The question after a stop is repeated for a minute while the conversation is busy, and can be stopped itself', async () => {
  const { service, ask, time } = arrange();
  const stopFirst = async (): Promise<void> => {
    sdk.streams = [opened(), ...Array.from({ length: 20 }, () => streamOf([error(4016)]))];
    const turn = ask();
    await time.advance(0);
    service.stopAnswer();
    await turn;
    await time.advance(0);
  };
  await stopFirst();
  const asked = ask();
  await time.advance(60_000);
  expect(await asked).toEqual(['error 4016 ""']);
  expect(sdk.calls).toHaveLength(13);

  await stopFirst();
  const stopped = ask();
  await time.advance(1_500);
  service.stopAnswer();
  expect(await stopped).toEqual(['completed stopped-answer', 'done']);
  const { length } = sdk.calls;
  await time.advance(60_000);
  expect(sdk.calls).toHaveLength(length);
});

test('A missing permission to cancel is reported to the page once, and an answer that has already ended is not reported', async () => {
  const { service, ask, time, apiClient, problems } = arrange();
  const refuse = async (code: number): Promise<void> => {
    apiClient.cancel = () => Promise.resolve({ code, msg: 'of Coze' });
    sdk.streams = [opened()];
    const turn = ask();
    await time.advance(0);
    service.stopAnswer();
    await turn;
    await time.advance(0);
  };
  await refuse(4104);
  expect(problems).toEqual([]);
  await refuse(4101);
  await refuse(4101);
  expect(problems).toEqual([
    { code: 'chat_failed', message: 'The OAuth app lacks the permission cancelChat (code 4101).', retryable: false },
  ]);
  expect(apiClient.cancelled).toHaveLength(2);
});

test('The history has a notice after each answer that the visitor stopped', async () => {
  const { service } = arrange({}, {}, (chatId) => chatId === '1');
  const [ofFirst, ofSecond] = ['1', '2'].map((chatId) => [
    message({ id: `q${chatId}`, chat_id: chatId, type: 'question' }),
    message({ id: `a${chatId}`, chat_id: chatId }),
  ]);
  sdk.page = { messages: [...(ofFirst ?? []), ...(ofSecond ?? [])], prevHasMore: false };
  const { messages } = await service.getMessageList({ conversationId: '1' });
  expect(messages.map(({ id }) => id)).toEqual(['q1', 'a1', 'stopped-answer', 'q2', 'a2']);
});

test('The newest message is a question while it has no answer, unless the visitor stopped that answer', async () => {
  const unanswered = message({ id: 'q1', chat_id: '1', type: 'question' });
  for (const [wasStopped, type] of [
    [false, 'question'],
    [true, 'answer'],
  ] as const) {
    const { service } = arrange({}, {}, () => wasStopped);
    sdk.page = { messages: [unanswered], prevHasMore: false };
    await service.getMessageList({ conversationId: '1' });
    expect(service.newestMessage?.type).toBe(type);
  }
});

test('A request of the SDK ends after a minute without a response, but the stream of an answer does not', async () => {
  const { apiClient } = arrange();
  const send = (request: Partial<OutgoingRequest>) =>
    apiClient.intercept({ url: '/v1/conversations', headers: new RequestHeaders({}), timeout: 600_000, ...request });
  expect((await send({})).timeout).toBe(60_000);
  expect((await send({ responseType: 'stream' })).timeout).toBe(600_000);
});
