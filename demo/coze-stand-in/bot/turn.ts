import type { ChatFault, Faults } from '../faults.js';
import { toSeconds } from '../http/envelope.js';
import type { ChatEvent } from '../http/event-stream.js';
import { parseJson } from '../json.js';
import type { StandInState } from '../state.js';
import { type Chat, chatToWire } from '../store/chat.js';
import { type Message, messageToWire, type MessageType } from '../store/message.js';
import { newMessage, placeInChat } from '../store/new-message.js';
import { cutIntoPieces } from './pieces.js';
import { chatFailure, errorEvent } from './reply.js';
import type { FunctionCall, Reply, ReplyFailure, ToolRound } from './reply-parts.js';
import type { Turn, WaitingTurn } from './turn-parts.js';

/** How often a held answer checks whether it may continue. */
const HOLD_POLL_MS = 10;

/**
 * Emits events in the order of the official overview of `/v3/chat`. `reader` is aborted when the client disconnects: then the answer is
 * finished at once, unless a fault keeps its pace. A cancelled answer is finished and charged, too.
 */
export async function runTurn(state: StandInState, turn: Turn, emit: (event: ChatEvent) => void, reader: AbortSignal): Promise<void> {
  try {
    await answerTurn(state, turn, emit, reader);
  } finally {
    turn.chat.isBeingAnswered = false;
  }
}

/** Resumes the same chat: emits `in_progress`, the submitted tool outputs, and the rest of the answer. */
export async function resumeTurn(
  state: StandInState,
  { turn, round }: WaitingTurn,
  outputs: readonly string[],
  emit: (event: ChatEvent) => void,
  reader: AbortSignal,
): Promise<void> {
  const responses = outputs.map((output) => createMessage(state, turn, 'tool_response', output));
  turn.chat.messages.push(...responses);
  const next = { ...turn, reply: round.next(outputs), responses };
  await runTurn(state, next, emit, reader);
}

async function answerTurn(state: StandInState, turn: Turn, emit: (event: ChatEvent) => void, reader: AbortSignal): Promise<void> {
  const { chat, reply, responses } = turn;
  const faults = state.faults.current;
  const hurry = faults.answersOnUnread ? state.lifetime : AbortSignal.any([reader, state.lifetime]);
  const pause = (ms: number): Promise<void> => state.wait(ms, hurry);

  if (responses === undefined || faults.createdAfterTools) emit({ event: 'conversation.chat.created', data: chatToWire(chat) });
  if (chat.status === 'created') chat.status = 'in_progress';
  emit({ event: 'conversation.chat.in_progress', data: chatToWire(chat) });
  for (const response of responses ?? []) emit({ event: 'conversation.message.completed', data: messageToWire(response) });
  await pause(faults.beforeAnswerMs + reply.extraDelayMs.beforeAnswer);

  if (reply.tools !== undefined && reply.text === '') return requireAction(state, turn, reply.tools, emit);
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

  if (failure === undefined && reply.tools !== undefined) {
    chat.messages.push(answer);
    if (turn.savesHistory) state.conversations.addMessage(turn.conversation, answer);
    emit({ event: 'conversation.message.completed', data: messageToWire(answer) });
    return requireAction(state, turn, reply.tools, emit);
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
    createMessage(state, turn, 'verbose', verboseContent('generate_answer_finish', { finish_reason: 0, FinData: '' })),
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

/** Ends the stream with a request for tools; another HTTP request resumes the answer. */
function requireAction(state: StandInState, turn: Turn, round: ToolRound, emit: (event: ChatEvent) => void): void {
  const { chat } = turn;
  const called = round.calls.map((call) => ({ call, id: createCallId(state) }));
  const messages = [
    ...called.map(({ call }) => createMessage(state, turn, 'function_call', functionCallContent(call))),
    createMessage(state, turn, 'verbose', verboseContent('interrupt', {})),
    createMessage(state, turn, 'verbose', verboseContent('generate_answer_finish', { finish_reason: 1, FinData: '' })),
  ];
  chat.messages.push(...messages);
  for (const message of messages) emit({ event: 'conversation.message.completed', data: messageToWire(message) });
  if (chat.status !== 'canceled') chat.status = 'requires_action';
  const tool_calls = called.map(({ call, id }) => ({ id, type: 'function' as const, function: call, require_info: null }));
  chat.requiredAction = { type: 'submit_tool_outputs', submit_tool_outputs: { tool_calls } };
  state.waiting.set(chat.id, { turn, round, callIds: called.map(({ id }) => id), sinceMs: state.clock() });
  emit({ event: 'conversation.chat.requires_action', data: chatToWire(chat) });
  emit({ event: 'done', data: turn.doneData });
}

/** As in the documentation's samples: base64, some with trailing `=`. */
const createCallId = (state: StandInState): string => Buffer.from(`BASE64:${state.ids.next()}`).toString('base64');

/** `plugin_type` 6 is a client plugin. */
const functionCallContent = (call: FunctionCall): string =>
  JSON.stringify({
    name: `ts-page-${call.name}`,
    arguments: parseJson(call.arguments) ?? call.arguments,
    plugin_id: 747,
    plugin_name: 'page',
    api_id: 748,
    api_name: call.name,
    plugin_type: 6,
    thought: `I call ${call.name}.`,
  });

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

const verboseContent = (type: string, data: object): string =>
  JSON.stringify({ msg_type: type, data: JSON.stringify(data), from_module: null, from_unit: null });

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
