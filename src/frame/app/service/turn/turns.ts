/**
 * Sends the questions of a chat, one at a time, and reads their answers. Retries silently when a token is rejected inside a 200 response,
 * and when the conversation is busy with the previous answer. Every turn ends, even if its stream does not, and at once when it is stopped.
 */
import { ChatEventType, type StreamChatData } from '@coze/api';
import type { ChatService } from '@coze/chat-sdk';
import { delay, type Timers } from '../../../../core/clock.js';
import type { HostApi } from '../../../contract.js';
import type { AnswerWatch } from '../../answers/answer-watch.js';
import type { Quotes } from '../../answers/quotes.js';
import { toReplyProblem } from '../../errors/problem.js';
import { toKnownEvents } from '../api-messages.js';
import type { ClientToken } from '../client-token.js';
import type { MessagePage } from '../message-page.js';
import { AnswerStop } from './answer-stop.js';
import { quoteAsMarkdown, quoteAsPart } from './quoted-message.js';
import { TurnConnection } from './turn-connection.js';
import {
  busyPausesAfter,
  type ChatParams,
  CONVERSATION_GONE,
  findChatId,
  getFailureCode,
  isBadParameter,
  isBusy,
  isTokenRejection,
  PAUSES_AFTER_BREAK_MS,
  questionText,
} from './turn-events.js';
import { terminateStream } from './turn-stream.js';
import { type ContinueTurn, type WaitingTurn, withContinuation } from './waiting-turn.js';

export type RequestOptions = Parameters<ChatService['asyncChat']>[1];

export interface TurnsOptions {
  readonly token: ClientToken;
  readonly client: ChatService['apiClient'];
  readonly host: Pick<HostApi, 'onEvent'>;
  /** Sends a question. */
  readonly open: (params: ChatParams, options: RequestOptions) => AsyncIterable<StreamChatData>;
  /** Asks Coze to release a turn. Never rejects. */
  readonly cancel: (conversationId: string, chatId: string) => Promise<void>;
  readonly quotes: Quotes;
  /** Returns the page's context of the next message: texts by name, for the bot only. */
  readonly takeContext: () => Readonly<Record<string, string>>;
  /** Called for each turn that requires an action of the page. Returns the function that continues it, or `undefined` to end it there. */
  readonly continueTurn: () => ContinueTurn | undefined;
  /** Called when the conversation of a turn no longer exists, for example because another tab has deleted it. */
  readonly onConversationGone?: (() => void) | undefined;
  /** Observes each answer from its question on; the code that shows the answer reports its end. */
  readonly answers?: Pick<AnswerWatch, 'begin' | 'observe'> | undefined;
  readonly timers: Timers;
}

export class Turns {
  readonly #options: TurnsOptions;
  readonly #stop: AnswerStop;
  /** Connection of the last turn: the SDK sends one message at a time. */
  #connection = new TurnConnection();
  #conversationId = '';
  #context: Readonly<Record<string, string>> = {};
  #isAnswering = false;
  /** Promise for which a cancellation waits. */
  #cancelHeld: Promise<void> | undefined;
  /** Pauses before retries of the next question: Coze may still be writing the last answer if that broke off or was stopped. */
  #busyPausesMs: readonly number[] = [];

  constructor(options: TurnsOptions) {
    this.#options = options;
    const { cancel, timers } = options;
    const cancelInTurn = async (conversationId: string, chatId: string): Promise<void> => {
      await this.#cancelHeld;
      await cancel(conversationId, chatId);
    };
    this.#stop = new AnswerStop({ cancel: cancelInTurn, timers });
  }

  /** Connection of the last turn. */
  get connection(): TurnConnection {
    return this.#connection;
  }

  /** The page's context of the last turn. */
  get context(): Readonly<Record<string, string>> {
    return this.#context;
  }

  async *ask(params: ChatParams, requestOptions: RequestOptions): AsyncGenerator<StreamChatData> {
    const { host, answers, quotes, takeContext, onConversationGone, timers } = this.#options;
    // `AnswerStop` aborts a stopped connection, as soon as the id that is to be cancelled is known.
    if (!this.#connection.isStopped) this.#connection.abort();
    const connection = (this.#connection = new TurnConnection());
    this.#conversationId = params.conversation_id ?? '';
    this.#isAnswering = true;
    this.#context = takeContext();
    answers?.begin(this.#conversationId);
    const quote = quotes.pending;
    const answer = this.#answerTo(params, requestOptions, connection, quote);
    for await (const event of terminateStream(answer, connection, timers)) {
      if (event.event === ChatEventType.CONVERSATION_MESSAGE_COMPLETED) this.#busyPausesMs = busyPausesAfter(event.data);
      const code = getFailureCode(event);
      if (code !== undefined) host.onEvent({ type: 'reply-failed', problem: toReplyProblem(code, connection.failure) });
      if (code === CONVERSATION_GONE) onConversationGone?.();
      if (event.event === ChatEventType.CONVERSATION_CHAT_CREATED) this.#reportQuestion(params, event.data.id, quote);
      answers?.observe(event);
      // The SDK requests no events after these.
      if (event.event === ChatEventType.DONE || event.event === ChatEventType.ERROR) this.#isAnswering = false;
      yield event;
    }
  }

  /** Stops the running answer. Returns `false` if no answer is running. */
  stop(): boolean {
    if (!this.#isAnswering || this.#connection.isStopped) return false;
    this.#stop.stop(this.#connection, this.#conversationId);
    return true;
  }

  /** Ends the last turn; no event of it arrives afterwards. */
  async end(): Promise<void> {
    this.#connection.abort();
    // The SDK consumes the remaining events of the turn within this macrotask.
    await delay(0, this.#options.timers);
  }

  /** Prepares for a question in the conversation with `messages`, whose newest question Coze may still be answering. */
  prepareConversation(messages: MessagePage['messages']): void {
    this.#busyPausesMs = messages.at(-1)?.type === 'question' ? PAUSES_AFTER_BREAK_MS : [];
  }

  /** Retries only after an error in place of the first event: after that event Coze has the question, and a retry would post it again. */
  async *#answerTo(params: ChatParams, options: RequestOptions, connection: TurnConnection, quote: string): AsyncGenerator<StreamChatData> {
    const { token, open, continueTurn, timers } = this.#options;
    await token.fresh();
    if (this.#stop.pending !== undefined) await Promise.race([this.#stop.pending, aborted(connection.readingSignal)]);
    const pausesMs = this.#busyPausesMs.values();
    let isRenewed = false;
    let asked = quoteAsPart(params, quote);
    let isQuotedAsPart = asked !== params;
    for (;;) {
      if (connection.readingSignal.aborted) return connection.settleChatId('');
      const events = toKnownEvents(open(asked, { ...options, signal: connection.signal }));
      const first = await events.next();
      const rejected = first.done !== true && isTokenRejection(first.value) ? token.chatRequestToken : undefined;
      const pauseMs = first.done !== true && isBusy(first.value) ? pausesMs.next().value : undefined;
      if (rejected !== undefined && !isRenewed) {
        isRenewed = true;
        await token.replace(rejected);
      } else if (isQuotedAsPart && first.done !== true && isBadParameter(first.value)) {
        // Some APIs reject a quote in the form of Coze's own client; every API accepts text.
        isQuotedAsPart = false;
        asked = quoteAsMarkdown(params, quote);
      } else if (pauseMs !== undefined) {
        await delay(pauseMs, timers, connection.readingSignal);
      } else {
        const chatId = findChatId(first);
        if (connection.isStopped && chatId !== '') this.#reportQuestion(params, chatId, quote);
        connection.settleChatId(chatId);
        return yield* withContinuation(prepend(first, events), this.#toWaiting(params, chatId, connection, options), continueTurn);
      }
    }
  }

  #reportQuestion(params: ChatParams, chatId: string, quote: string): void {
    const { quotes, host } = this.#options;
    quotes.accept(chatId, quote);
    host.onEvent({ type: 'message', message: { role: 'user', text: questionText(params), id: chatId } });
  }

  #toWaiting(
    { conversation_id = '' }: ChatParams,
    chatId: string,
    connection: TurnConnection,
    requestOptions: RequestOptions,
  ): WaitingTurn {
    const { client, token } = this.#options;
    return {
      conversationId: conversation_id,
      chatId,
      connection,
      client,
      requestOptions,
      renewToken: async () => {
        const rejected = token.chatRequestToken;
        if (rejected !== undefined) await token.replace(rejected);
        return rejected !== undefined;
      },
      holdCancel: (until) => {
        this.#cancelHeld = until;
      },
    };
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function* prepend<T>(first: IteratorResult<T>, rest: AsyncIterator<T>): AsyncGenerator<T> {
  for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
}
