/**
 * The events of one answer, made to end. The SDK takes a turn for running until `done`, `error` or `chat.failed` comes, for up to 210 s,
 * and it marks a failure only while nothing at all was answered (SDK `send-message/async-send-message`, `store/conversation`).
 */
import { ChatEventType, type ChatV3Message, type CreateChatData, type StreamChatData } from '@coze/api';
import type { Timers } from '../../../../core/clock.js';
import { interruptedReply, stoppedReply } from '../../answers/interrupted-answer.js';
import { getErrorCode } from '../../errors/api-error-code.js';
import type { TurnConnection } from './turn-connection.js';
import { DONE } from './turn-events.js';

/**
 * A bot may think, search and run workflows for long; silence after its first words means that the stream is dead. Silence is measured in bytes:
 * a proxy or a gateway keeps a connection open with comments while the bot is at work.
 */
const THINKING_LIMIT_MS = 180_000;
const WRITING_LIMIT_MS = 60_000;
/** Only `done` is missing. Comments are no reason to wait for it longer. */
const COMPLETED_LIMIT_MS = 2_000;
/** The SDK ends a turn 210 s after the last event (SDK `raw-send-message`, `_checkTimeout`). */
const MAX_EVENT_PAUSE_MS = 195_000;

/** Nothing new, which the SDK passes over. */
const stillRunning = { event: ChatEventType.CONVERSATION_CHAT_IN_PROGRESS, data: {} } as StreamChatData;

/**
 * `events` up to their end, which is always `done` or `error`. A failure before the first message is an `error`, whose text the SDK must
 * choose by `code`. A failure after it is a {@link interruptedReply} of its own below what was said, a stop a {@link stoppedReply}. Aborting
 * `connection` is neither: the visitor has moved on. It is aborted here when an open stream is given up, before the last event, because the SDK
 * asks for nothing after it; whoever has stopped it aborts it.
 */
export async function* terminateStream(
  events: AsyncIterable<StreamChatData>,
  connection: TurnConnection,
  timers: Timers,
): AsyncGenerator<StreamChatData> {
  const reader = new EventReader(events[Symbol.asyncIterator](), connection, timers);
  let previous: StreamChatData | undefined;
  let lastMessage: MessageEvent | undefined;
  const messages = new WholeMessages();
  while (previous?.event !== ChatEventType.DONE) {
    const event = await reader.next(previous);
    if (event === stillRunning) {
      yield event;
      continue;
    }
    const failure = findFailure(event);
    if (failure !== undefined) {
      const isAnswered = previous !== undefined && isAwaitingDone(previous);
      if (connection.isStopped && !isAnswered) return yield* stoppedEvents(lastMessage, previous);
      const isComplete = connection.reading.aborted || isAnswered;
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

/** The answer is complete, or it is the page's turn. */
const isAwaitingDone = ({ event }: StreamChatData): boolean =>
  event === ChatEventType.CONVERSATION_CHAT_COMPLETED || event === ChatEventType.CONVERSATION_CHAT_REQUIRES_ACTION;

type MessageEvent = Extract<StreamChatData, { data: ChatV3Message }>;
type ErrorEvent = Extract<StreamChatData, { event: ChatEventType.ERROR }>;

function* finalEvents(lastMessage: MessageEvent | undefined, failure: ErrorEvent | undefined): Generator<StreamChatData> {
  if (lastMessage === undefined) return yield failure ?? DONE;
  if (lastMessage.event === ChatEventType.CONVERSATION_MESSAGE_DELTA) yield toCompletedEvent(lastMessage.data);
  if (failure !== undefined) yield toCompletedEvent(interruptedReply(lastMessage.data, failure.data.code));
  yield DONE;
}

function* stoppedEvents(lastMessage: MessageEvent | undefined, previous: StreamChatData | undefined): Generator<StreamChatData> {
  if (lastMessage?.event === ChatEventType.CONVERSATION_MESSAGE_DELTA) yield toCompletedEvent(lastMessage.data);
  yield toCompletedEvent(stoppedReply(lastMessage?.data ?? findPlace(previous)));
  yield DONE;
}

/** Of a chat that has said nothing yet. */
function findPlace(event: StreamChatData | undefined): ChatV3Message | undefined {
  const { id, conversation_id, section_id } = Object(event?.data) as Partial<CreateChatData> & { readonly section_id?: string };
  return id === undefined ? undefined : ({ chat_id: id, conversation_id, section_id } as ChatV3Message);
}

/**
 * A step on the way, such as a tool call, may be complete in the middle of an answer. The SDK takes any end for that of the message which it is
 * putting together, and drops the one that ended (SDK `send-message/async-send-message`).
 */
class WholeMessages {
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
  /** Outlives a {@link stillRunning} in between. */
  #coming: Promise<StreamChatData> | undefined;

  constructor(stream: AsyncIterator<StreamChatData>, connection: TurnConnection, timers: Timers) {
    this.#stream = stream;
    this.#connection = connection;
    this.#timers = timers;
  }

  /** The next event. An end, a failure to read, silence for too long and an abort are an `error`; a long pause without silence is none. */
  next(previous: StreamChatData | undefined): Promise<StreamChatData> {
    const connection = this.#connection;
    const timers = this.#timers;
    const limitMs = limitAfter(previous);
    this.#coming ??= this.#read();
    const coming = this.#coming;
    return new Promise((resolve) => {
      const finish = (event: StreamChatData): void => {
        cancelLimit();
        cancelPause();
        connection.listenForBytes(undefined);
        connection.reading.removeEventListener('abort', abort);
        if (event !== stillRunning) this.#coming = undefined;
        resolve(event);
      };
      const abort = (): void => finish(errorEvent());
      const timeOut = (): void => {
        connection.noteFailure(`nothing came for ${limitMs / 1_000} s`);
        finish(errorEvent());
      };
      let cancelLimit = timers.set(timeOut, limitMs);
      const cancelPause = timers.set(() => finish(stillRunning), MAX_EVENT_PAUSE_MS);
      if (connection.reading.aborted) return abort();
      connection.reading.addEventListener('abort', abort);
      if (limitMs !== COMPLETED_LIMIT_MS) {
        connection.listenForBytes(() => {
          cancelLimit();
          cancelLimit = timers.set(timeOut, limitMs);
        });
      }
      void coming.then(finish);
    });
  }

  async #read(): Promise<StreamChatData> {
    try {
      const { done: isOver, value } = await this.#stream.next();
      if (isOver !== true) return value;
      this.#connection.noteFailure('the answer ended early');
      return errorEvent();
    } catch (error) {
      this.#connection.noteError(error);
      return errorEvent(getErrorCode(error));
    }
  }
}

function findFailure({ event, data }: StreamChatData): ErrorEvent | undefined {
  if (event === ChatEventType.ERROR) return errorEvent(getErrorCode(data));
  if (event === ChatEventType.CONVERSATION_CHAT_FAILED) return errorEvent(getErrorCode(data.last_error) ?? getErrorCode(data));
  return undefined;
}

/** Without Coze's own words: the SDK would show some of them, and they speak to the bot's owner. */
function errorEvent(code = -1): ErrorEvent {
  return { event: ChatEventType.ERROR, data: { code, msg: '' } };
}

function isMessage(event: StreamChatData): event is MessageEvent {
  return event.event === ChatEventType.CONVERSATION_MESSAGE_DELTA || event.event === ChatEventType.CONVERSATION_MESSAGE_COMPLETED;
}

/** To the SDK the end of the message it puts together from deltas; without one a message of its own. */
function toCompletedEvent(message: ChatV3Message): StreamChatData {
  return { event: ChatEventType.CONVERSATION_MESSAGE_COMPLETED, data: message };
}
