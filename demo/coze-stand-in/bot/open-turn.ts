import { apiErrors } from '../http/api-error.js';
import { toSeconds } from '../http/envelope.js';
import type { Identity } from '../oauth/tokens.js';
import type { Chat } from '../store/chat.js';
import { type Conversation, hasRunningChat } from '../store/conversations.js';
import type { Message } from '../store/message.js';
import type { StandInState } from '../state.js';
import { type IncomingMessage, readMessage, type ReadMessage } from './incoming.js';
import { composeReply, type Question } from './reply.js';
import type { Turn } from './turn.js';

export interface TurnRequest {
  readonly identity: Identity;
  readonly conversation: Conversation;
  /** Written into messages and events; `undefined` for a Coze app. */
  readonly botId: string | undefined;
  readonly messages: readonly IncomingMessage[];
  readonly maxMessages: number;
  readonly savesHistory: boolean;
  readonly metaData: Readonly<Record<string, string>>;
  readonly doneData: unknown;
}

/** Takes a question into the conversation and decides on the answer. Throws before anything is stored. */
export function openTurn(state: StandInState, request: TurnRequest): Turn {
  const { conversation, messages } = request;
  if (messages.length > request.maxMessages) throw apiErrors.tooManyMessages(request.maxMessages);
  if (hasRunningChat(conversation)) throw apiErrors.conversationBusy();

  const incoming = messages.map((message) => readMessage(state, request.identity.appId, message));
  const asked = incoming.findLast((message) => message.role === 'user') ?? lastQuestion(state, request);
  const reply = composeReply(toQuestion(state, request, asked), state.origin);

  const chat = createChat(state, request);
  conversation.chats.set(chat.id, chat);
  if (request.savesHistory) incoming.forEach((message) => state.conversations.addMessage(conversation, toStored(state, chat, message)));
  return { conversation, chat, reply, savesHistory: request.savesHistory, doneData: request.doneData };
}

/** A chat without new messages answers the last question of the conversation, if there is one. */
function lastQuestion(state: StandInState, { conversation, identity }: TurnRequest): ReadMessage {
  const stored = conversation.messages.findLast((message) => message.type === 'question');
  if (stored === undefined) throw apiErrors.badParameter('additional_messages has no message of the user');
  return readStored(state, identity, stored);
}

function toQuestion(state: StandInState, { conversation, identity }: TurnRequest, asked: ReadMessage): Question {
  const earlierQuestions = conversation.messages
    .filter((message) => message.type === 'question' && message.sectionId === conversation.sectionId)
    .map((message) => readStored(state, identity, message))
    .map(({ text, attachments }) => [text, ...attachments.map((file) => file.name)].join(' ').trim());
  return { text: asked.text, attachments: asked.attachments, earlierQuestions };
}

function readStored(state: StandInState, { appId }: Identity, { role, content, contentType, metaData }: Message): ReadMessage {
  return readMessage(state, appId, { role, content, content_type: contentType, meta_data: { ...metaData } });
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
    endedAtSeconds: undefined,
    lastError: { code: 0, msg: '' },
    usage: { token_count: 0, output_count: 0, input_count: 0 },
    messages: [],
  };
}

function toStored(state: StandInState, chat: Chat, message: ReadMessage): Message {
  return {
    id: state.ids.next(),
    conversationId: chat.conversationId,
    botId: chat.botId,
    chatId: chat.id,
    sectionId: chat.sectionId,
    role: message.role,
    type: message.role === 'user' ? 'question' : 'answer',
    content: message.content,
    contentType: message.contentType,
    createdAtSeconds: chat.createdAtSeconds,
    updatedAtSeconds: chat.createdAtSeconds,
    metaData: message.metaData,
  };
}
