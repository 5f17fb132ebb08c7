import type { ChatFault, Faults } from '../faults.js';
import { toSeconds } from '../http/envelope.js';
import type { ChatEvent } from '../http/event-stream.js';
import type { StandInState } from '../state.js';
import { type Chat, chatToWire } from '../store/chat.js';
import type { Conversation } from '../store/conversations.js';
import { type Message, messageToWire, type MessageType } from '../store/message.js';
import { newMessage, placeInChat } from '../store/new-message.js';
import { cutIntoPieces } from './pieces.js';
import { chatFailure, errorEvent, type FunctionCall, type Reply, type ReplyFailure } from './reply.js';

/** One answer about to be given. */
export interface Turn {
  readonly conversation: Conversation;
  readonly chat: Chat;
  readonly reply: Reply;
  /** Whether the answer becomes part of the conversation. */
  readonly savesHistory: boolean;
  /** Data of the closing `done`. */
  readonly doneData: unknown;
}

/** How often a held answer looks whether it may go on. */
const HOLD_POLL_MS = 10;

/**
 * The order of events is that of the official overview of `/v3/chat`. `reader` is aborted when nobody listens any more: then the answer is finished
 * at once, unless it is told to go on. Cancelled or not, it is finished and charged.
 */
export async function runTurn(state: StandInState, turn: Turn, emit: (event: ChatEvent) => void, reader: AbortSignal): Promise<void> {
  try {
    await answerTurn(state, turn, emit, reader);
  } finally {
    turn.chat.isBeingAnswered = false;
  }
}

async function answerTurn(state: StandInState, turn: Turn, emit: (event: ChatEvent) => void, reader: AbortSignal): Promise<void> {
  const { chat, reply } = turn;
  const faults = state.faults.current;
  const hurry = faults.answersOnUnread ? state.lifetime : AbortSignal.any([reader, state.lifetime]);
  const pause = (ms: number): Promise<void> => state.wait(ms, hurry);

  emit({ event: 'conversation.chat.created', data: chatToWire(chat) });
  if (chat.status === 'created') chat.status = 'in_progress';
  emit({ event: 'conversation.chat.in_progress', data: chatToWire(chat) });
  await pause(faults.beforeAnswerMs + reply.extraDelayMs.beforeAnswer);

  if (reply.call !== undefined) return requireAction(state, turn, reply.call, emit);
  const answer = createMessage(state, turn, 'answer', reply.text, reply.thoughts);
  for (const piece of cutIntoPieces(reply.thoughts ?? '')) {
    emit({ event: 'conversation.message.delta', data: { ...deltaToWire(answer, ''), reasoning_content: piece } });
    await pause(faults.betweenWordsMs);
  }
  for (const { type, content } of reply.steps ?? []) {
    const step = createMessage(state, turn, type, content);
    chat.messages.push(step);
    emit({ event: 'conversation.message.completed', data: messageToWire(step) });
  }
  const failure = toFailure(reply, faults);
  const pieces = cutIntoPieces(reply.text).slice(0, failure?.afterPieces);
  for (const [index, piece] of pieces.entries()) {
    while (index === pieces.length - 1 && state.faults.current.holdLastWord && !hurry.aborted) await pause(HOLD_POLL_MS);
    emit({ event: 'conversation.message.delta', data: deltaToWire(answer, piece) });
    await pause(faults.betweenWordsMs + reply.extraDelayMs.betweenWords);
  }

  if (failure === undefined) complete(state, turn, answer, emit);
  else fail(state, turn, failure, emit);
}

function toFailure(reply: Reply, faults: Faults): ReplyFailure | undefined {
  return failureOfFault(faults.chat) ?? reply.failure;
}

function failureOfFault(fault: ChatFault): ReplyFailure | undefined {
  if (fault === 'error-event') return errorEvent(0);
  if (fault === 'chat-failed') return chatFailure(0);
  if (fault === 'fail-after-delta') return chatFailure(3);
  return undefined;
}

function complete(state: StandInState, turn: Turn, answer: Message, emit: (event: ChatEvent) => void): void {
  const { chat, conversation, reply } = turn;
  const produced = [
    answer,
    createMessage(state, turn, 'verbose', GENERATE_ANSWER_FINISH),
    ...reply.suggestions.map((suggestion) => createMessage(state, turn, 'follow_up', suggestion)),
  ];
  chat.messages.push(...produced);
  const isKept = chat.status !== 'canceled' || state.faults.current.canceledInHistory === 'turn';
  if (turn.savesHistory && isKept) state.conversations.addMessage(conversation, answer);
  for (const message of produced) emit({ event: 'conversation.message.completed', data: messageToWire(message) });

  const tokens = { output_count: cutIntoPieces(reply.text).length, input_count: 12 };
  chat.usage = { token_count: tokens.output_count + tokens.input_count, ...tokens };
  endChat(state, chat, 'completed');
  emit({ event: 'conversation.chat.completed', data: chatToWire(chat) });
  emit({ event: 'done', data: turn.doneData });
}

/** The answer ends here; another request would go on with it. */
function requireAction(state: StandInState, turn: Turn, call: FunctionCall, emit: (event: ChatEvent) => void): void {
  const { chat } = turn;
  const message = createMessage(state, turn, 'function_call', JSON.stringify({ ...call, arguments: JSON.parse(call.arguments) }));
  chat.messages.push(message);
  emit({ event: 'conversation.message.completed', data: messageToWire(message) });
  if (chat.status !== 'canceled') chat.status = 'requires_action';
  chat.requiredAction = {
    type: 'submit_tool_outputs',
    submit_tool_outputs: { tool_calls: [{ id: state.ids.next(), type: 'function', function: call }] },
  };
  emit({ event: 'conversation.chat.requires_action', data: chatToWire(chat) });
  emit({ event: 'done', data: turn.doneData });
}

/** Neither kind of failure is followed by `done`. */
function fail(state: StandInState, { chat }: Turn, failure: ReplyFailure, emit: (event: ChatEvent) => void): void {
  chat.lastError = { code: failure.code, msg: failure.msg };
  endChat(state, chat, 'failed');
  if (failure.kind === 'chat-failed') emit({ event: 'conversation.chat.failed', data: chatToWire(chat) });
  else emit({ event: 'error', data: chat.lastError });
}

/** A cancelled chat stays cancelled, although its stream runs to the end (documentation of `/v3/chat/cancel`). */
function endChat(state: StandInState, chat: Chat, status: 'completed' | 'failed'): void {
  if (chat.status === 'canceled') return;
  chat.status = status;
  chat.endedAtSeconds = toSeconds(state.clock());
}

const GENERATE_ANSWER_FINISH = JSON.stringify({
  msg_type: 'generate_answer_finish',
  data: JSON.stringify({ finish_reason: 0, FinData: '' }),
  from_module: null,
  from_unit: null,
});

const createMessage = (state: StandInState, { chat }: Turn, type: MessageType, content: string, thoughts = ''): Message =>
  newMessage(state, placeInChat(chat), {
    role: 'assistant',
    type,
    content,
    contentType: 'text',
    plainText: content,
    metaData: {},
    thoughts,
  });

function deltaToWire(answer: Message, piece: string): Readonly<Record<string, unknown>> {
  return {
    id: answer.id,
    conversation_id: answer.conversationId,
    bot_id: answer.botId,
    role: answer.role,
    type: answer.type,
    content: piece,
    content_type: answer.contentType,
    chat_id: answer.chatId,
    section_id: answer.sectionId,
  };
}
