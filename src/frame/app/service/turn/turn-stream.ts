/**
 * Ensures that the events of an answer end. The SDK regards a turn as running until `done`, `error` or `chat.failed`, for up to 210 s, and
 * it shows a failure only if nothing at all was answered (SDK `send-message/async-send-message`, `store/conversation`).
 */
import { ChatEventType, type ChatV3Message, type CreateChatData, type StreamChatData } from '@coze/api';
import type { Timers } from '../../../../core/clock.js';
import { interruptedReply, stoppedReply } from '../../answers/interrupted-answer.js';
import { getErrorCode } from '../../errors/api-error-code.js';
import type { TurnConnection } from './turn-connection.js';
import { DONE_EVENT } from './turn-events.js';

/**
 * A bot may think, search and run workflows for long; silence after the first text of the answer means that the stream is dead. Silence is
 * measured in bytes: proxies and gateways send comments to keep the connection open while the bot works.
 */
const THINKING_LIMIT_MS = 180_000;
const WRITING_LIMIT_MS = 60_000;
/** Applies when only `done` is missing. Comments do not extend this limit. */
const COMPLETED_LIMIT_MS = 2_000;
/** The SDK ends a turn 210 s after the last event (SDK `raw-send-message`, `_checkTimeout`). */
const MAX_EVENT_PAUSE_MS = 195_000;

/** An event that the SDK ignores, except that it restarts the SDK's time limit. */
const STILL_RUNNING_EVENT = { event: ChatEventType.CONVERSATION_CHAT_IN_PROGRESS, data: {} } as StreamChatData;

/**
 * Passes `events` on; the last one is always `done` or `error`. A failure before the first message becomes an `error`, whose text the SDK
 * chooses by `code`. A failure after it becomes an {@link interruptedReply} below the answer, and a stop becomes a {@link stoppedReply}.
 * Aborting `connection` causes neither, because the visitor has moved on. If this function abandons an open stream, it aborts the connection
 * before it yields the last event, because the SDK does not call it again after that. After a stop the caller aborts the connection.
 */
export async function* terminateStream(
  events: AsyncIterable<StreamChatData>,
  connection: TurnConnection,
  timers: Timers,
): AsyncGenerator<StreamChatData> {
  const reader = new EventReader(events[Symbol.asyncIterator](), connection, timers);
  let previous: StreamChatData | undefined;
  let lastMessage: MessageEvent | undefined;
  const messages = new MessageCompleter();
  while (previous?.event !== ChatEventType.DONE) {
    const event = await reader.next(previous);
    if (event === STILL_RUNNING_EVENT) {
      yield event;
      continue;
    }
    const failure = findFailure(event);
    if (failure !== undefined) {
      const isAnswered = previous !== undefined && isAwaitingDone(previous);
      if (connection.isStopped && !isAnswered) return yield* stoppedEvents(lastMessage, previous);
      const isComplete = connection.readingSignal.aborted || isAnswered;
      connection.abort();
      return yield* finalEvents(lastMessage, isComplete ? undefined : failure);
    }
    previous = event;
    if (!isMessage(event)) {
      yield event;
      continue;
    }
    lastMessage = event;
    yield* messages.push(event);
  }
}

/** Whether the answer is complete, or waits for an action of the page. */
const isAwaitingDone = ({ event }: StreamChatData): boolean =>
  event === ChatEventType.CONVERSATION_CHAT_COMPLETED || event === ChatEventType.CONVERSATION_CHAT_REQUIRES_ACTION;

type MessageEvent = Extract<StreamChatData, { data: ChatV3Message }>;
type ErrorEvent = Extract<StreamChatData, { event: ChatEventType.ERROR }>;

function* finalEvents(lastMessage: MessageEvent | undefined, failure: ErrorEvent | undefined): Generator<StreamChatData> {
  if (lastMessage === undefined) return yield failure ?? DONE_EVENT;
  if (lastMessage.event === ChatEventType.CONVERSATION_MESSAGE_DELTA) yield toCompletedEvent(lastMessage.data);
  if (failure !== undefined) yield toCompletedEvent(interruptedReply(lastMessage.data, failure.data.code));
  yield DONE_EVENT;
}

function* stoppedEvents(lastMessage: MessageEvent | undefined, previous: StreamChatData | undefined): Generator<StreamChatData> {
  if (lastMessage?.event === ChatEventType.CONVERSATION_MESSAGE_DELTA) yield toCompletedEvent(lastMessage.data);
  yield toCompletedEvent(stoppedReply(lastMessage?.data ?? findTurnIds(previous)));
  yield DONE_EVENT;
}

/** Returns the ids of a turn that has no message yet, from its last event; `undefined` if that has none. */
function findTurnIds(event: StreamChatData | undefined): ChatV3Message | undefined {
  const { id, conversation_id, section_id } = Object(event?.data) as Partial<CreateChatData> & { readonly section_id?: string };
  return id === undefined ? undefined : ({ chat_id: id, conversation_id, section_id } as ChatV3Message);
}

/**
 * Completes an open message before the next completion. A step such as a tool call may be completed in the middle of an answer. The SDK
 * treats every completion as that of the message that it is assembling, and drops the completed message (SDK
 * `send-message/async-send-message`).
 */
class MessageCompleter {
  #open: ChatV3Message | undefined;
  readonly #closed = new Set<string>();

  *push(event: MessageEvent): Generator<StreamChatData> {
    const { id } = event.data;
    if (event.event === ChatEventType.CONVERSATION_MESSAGE_DELTA) {
      this.#open = event.data;
      return yield event;
    }
    const open = this.#open;
    this.#open = undefined;
    if (open !== undefined && open.id !== id) {
      this.#closed.add(open.id);
      yield toCompletedEvent(open);
    } else if (open === undefined && this.#closed.has(id)) return;
    yield event;
  }
}

function limitAfter(event: StreamChatData | undefined): number {
  if (event?.event === ChatEventType.CONVERSATION_MESSAGE_DELTA) return WRITING_LIMIT_MS;
  if (event !== undefined && isAwaitingDone(event)) return COMPLETED_LIMIT_MS;
  return THINKING_LIMIT_MS;
}

class EventReader {
  readonly #stream: AsyncIterator<StreamChatData>;
  readonly #connection: TurnConnection;
  readonly #timers: Timers;
  /** The pending read, kept across a {@link STILL_RUNNING_EVENT}. */
  #pendingRead: Promise<StreamChatData> | undefined;

  constructor(stream: AsyncIterator<StreamChatData>, connection: TurnConnection, timers: Timers) {
    this.#stream = stream;
    this.#connection = connection;
    this.#timers = timers;
  }

  /**
   * Resolves with the next event. End of stream, read error, silence beyond the limit and abort become an `error`. A long pause in which
   * bytes arrive becomes {@link STILL_RUNNING_EVENT}.
   */
  next(previous: StreamChatData | undefined): Promise<StreamChatData> {
    const connection = this.#connection;
    const timers = this.#timers;
    const limitMs = limitAfter(previous);
    this.#pendingRead ??= this.#read();
    const pendingRead = this.#pendingRead;
    return new Promise((resolve) => {
      const finish = (event: StreamChatData): void => {
        cancelLimit();
        cancelPause();
        connection.listenForBytes(undefined);
        connection.readingSignal.removeEventListener('abort', abort);
        if (event !== STILL_RUNNING_EVENT) this.#pendingRead = undefined;
        resolve(event);
      };
      const abort = (): void => finish(errorEvent());
      const timeOut = (): void => {
        connection.recordFailure(`nothing came for ${limitMs / 1_000} s`);
        finish(errorEvent());
      };
      let cancelLimit = timers.set(timeOut, limitMs);
      const cancelPause = timers.set(() => finish(STILL_RUNNING_EVENT), MAX_EVENT_PAUSE_MS);
      if (connection.readingSignal.aborted) return abort();
      connection.readingSignal.addEventListener('abort', abort);
      if (limitMs !== COMPLETED_LIMIT_MS) {
        connection.listenForBytes(() => {
          cancelLimit();
          cancelLimit = timers.set(timeOut, limitMs);
        });
      }
      void pendingRead.then(finish);
    });
  }

  async #read(): Promise<StreamChatData> {
    try {
      const { done: isOver, value } = await this.#stream.next();
      if (isOver !== true) return value;
      this.#connection.recordFailure('the answer ended early');
      return errorEvent();
    } catch (error) {
      this.#connection.recordError(error);
      return errorEvent(getErrorCode(error));
    }
  }
}

function findFailure({ event, data }: StreamChatData): ErrorEvent | undefined {
  if (event === ChatEventType.ERROR) return errorEvent(getErrorCode(data));
  if (event === ChatEventType.CONVERSATION_CHAT_FAILED) return errorEvent(getErrorCode(data.last_error) ?? getErrorCode(data));
  return undefined;
}

/** Omits Coze's text, which addresses the bot's owner and some of which the SDK would show. */
function errorEvent(code = -1): ErrorEvent {
  return { event: ChatEventType.ERROR, data: { code, msg: '' } };
}

function isMessage(event: StreamChatData): event is MessageEvent {
  return event.event === ChatEventType.CONVERSATION_MESSAGE_DELTA || event.event === ChatEventType.CONVERSATION_MESSAGE_COMPLETED;
}

/** Completes the message that the SDK assembles from deltas, or adds a whole one. */
function toCompletedEvent(message: ChatV3Message): StreamChatData {
  return { event: ChatEventType.CONVERSATION_MESSAGE_COMPLETED, data: message };
}
