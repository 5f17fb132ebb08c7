import { apiErrors } from '../http/api-error.js';
import { toSeconds } from '../http/envelope.js';
import type { Identity } from '../oauth/tokens.js';
import type { StandInState } from '../state.js';
import type { Chat } from '../store/chat.js';
import { type Conversation, hasRunningChat } from '../store/conversations.js';
import { newMessage, placeInChat } from '../store/new-message.js';
import { type IncomingMessage, type ReadMessage, readMessage } from './incoming.js';
import { composeReply } from './reply.js';
import type { Question } from './reply-parts.js';
import type { Turn } from './turn-parts.js';

export interface TurnRequest {
  readonly identity: Identity;
  readonly conversation: Conversation;
  /** Sent in messages and events; `undefined` for a Coze app. */
  readonly botId: string | undefined;
  readonly messages: readonly IncomingMessage[];
  readonly maxMessages: number;
  readonly savesHistory: boolean;
  readonly metaData: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly doneData: unknown;
}

/** Adds a question to the conversation and composes the reply. If it throws, it has stored nothing. */
export function openTurn(state: StandInState, request: TurnRequest): Turn {
  const { conversation, messages } = request;
  if (messages.length > request.maxMessages) throw apiErrors.tooManyMessages(request.maxMessages);
  if (hasRunningChat(conversation, state.faults.current.busyAfterCancel)) throw apiErrors.conversationBusy();
  leaveWaitingChats(state, conversation);

  const incoming = messages.map((message) => readMessage(state, request.identity.appId, message));
  const reply = composeReply({ ...toQuestion(conversation, incoming), variables: request.variables }, state.origin);

  const chat = createChat(state, request);
  conversation.chats.set(chat.id, chat);
  if (request.savesHistory) {
    nameAfterQuestion(state, conversation, incoming);
    for (const message of incoming) state.conversations.addMessage(conversation, newMessage(state, placeInChat(chat), message.body));
  }
  return { conversation, chat, reply, savesHistory: request.savesHistory, doneData: request.doneData };
}

/**
 * Undocumented: if another question arrives while a chat waits for tool outputs, either the waiting chat blocks the question, or the waiting chat is
 * dropped.
 */
function leaveWaitingChats(state: StandInState, conversation: Conversation): void {
  const waiting = [...conversation.chats.values()].filter(({ status }) => status === 'requires_action');
  if (waiting.length > 0 && state.faults.current.busyWhileWaiting) throw apiErrors.conversationBusy();
  for (const { id } of waiting) state.waiting.delete(id);
}

const MAX_NAME_LENGTH = 100;

/** The documentation ("edit conversation") says that a conversation is named after its first question until somebody renames it. */
function nameAfterQuestion(state: StandInState, conversation: Conversation, incoming: readonly ReadMessage[]): void {
  if (conversation.name !== '' || conversation.messages.length > 0 || state.faults.current.leavesUnnamed) return;
  const asked = incoming.find(({ body }) => body.role === 'user');
  if (asked !== undefined) conversation.name = asked.body.plainText.slice(0, MAX_NAME_LENGTH);
}

function toQuestion(conversation: Conversation, incoming: readonly ReadMessage[]): Omit<Question, 'variables'> {
  const sent = incoming.filter((message) => message.body.role === 'user');
  const asked = sent.at(-1);
  const inContext = conversation.messages
    .filter((message) => message.type === 'question' && message.sectionId === conversation.sectionId)
    // Documentation of `/v3/chat/cancel`: question and reply of a cancelled turn do not count as context later.
    .filter((message) => conversation.chats.get(message.chatId)?.status !== 'canceled')
    .map((message) => message.plainText);
  if (asked === undefined) return repeatQuestion(inContext);
  const earlierQuestions = [...inContext, ...sent.slice(0, -1).map((message) => message.body.plainText)];
  return { text: asked.text, attachments: asked.attachments, earlierQuestions };
}

/** A chat without a user message answers the conversation's last question again. */
function repeatQuestion(inContext: readonly string[]): Omit<Question, 'variables'> {
  const text = inContext.at(-1);
  if (text === undefined) throw apiErrors.badParameter('additional_messages has no message of the user');
  return { text, attachments: [], earlierQuestions: inContext };
}

function createChat(state: StandInState, { conversation, botId, metaData }: TurnRequest): Chat {
  return {
    id: state.ids.next(),
    conversationId: conversation.id,
    botId,
    sectionId: conversation.sectionId,
    createdAtSeconds: toSeconds(state.clock()),
    metaData,
    status: 'created',
    isBeingAnswered: true,
    endedAtSeconds: undefined,
    lastError: { code: 0, msg: '' },
    requiredAction: undefined,
    usage: { token_count: 0, output_count: 0, input_count: 0 },
    messages: [],
  };
}
