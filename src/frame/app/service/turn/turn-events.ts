/** What the events of a turn say, and its question. */
import { ChatEventType, type StreamChatData } from '@coze/api';
import type { ChatService } from '@coze/chat-sdk';
import { isBrokenAnswer, isStoppedAnswer } from '../../answers/interrupted-answer.js';
import { getText } from '../../answers/message-text.js';
import { getErrorCode, isAuthError } from '../../errors/api-error-code.js';

export type ChatParams = Parameters<ChatService['asyncChat']>[0];

/** Without it the SDK waits for more of a turn. */
export const DONE: StreamChatData = { event: ChatEventType.DONE, data: '[DONE]' };

/** Wrong id, or one of a conversation that was deleted. */
export const CONVERSATION_GONE = 4002;
/** The conversation has a running answer. */
const BUSY = 4016;
/** Something in the request is not as the API expects it. */
const BAD_PARAMETER = 4000;

/** Between the attempts to ask a conversation whose last answer broke off (Coze allows one running answer in a conversation). */
export const PAUSES_AFTER_BREAK_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000];
/** The same after a stop: Coze lets go at once, or, where it was not cancelled, writes on to the end. A minute in all. */
const PAUSES_AFTER_STOP_MS: readonly number[] = [250, 750, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 10_000, 10_000];

export function busyPausesAfter(message: { readonly id: string }): readonly number[] {
  if (isStoppedAnswer(message)) return PAUSES_AFTER_STOP_MS;
  return isBrokenAnswer(message) ? PAUSES_AFTER_BREAK_MS : [];
}

/** Of the chat (turn) that an event opens; empty where it opens none. */
export function findChatId({ done, value }: IteratorResult<StreamChatData>): string {
  return done !== true && value.event === ChatEventType.CONVERSATION_CHAT_CREATED ? value.data.id : '';
}

export function isRefusal({ event, data }: StreamChatData): boolean {
  return event === ChatEventType.ERROR && isAuthError(data);
}

export function isBusy({ event, data }: StreamChatData): boolean {
  return event === ChatEventType.ERROR && getErrorCode(data) === BUSY;
}

export function isBadParameter({ event, data }: StreamChatData): boolean {
  return event === ChatEventType.ERROR && getErrorCode(data) === BAD_PARAMETER;
}

/** The code with which a turn ends, if it fails. */
export function getFailureCode({ event, data }: StreamChatData): number | undefined {
  if (event === ChatEventType.ERROR) return data.code;
  return event === ChatEventType.CONVERSATION_MESSAGE_COMPLETED && isBrokenAnswer(data) ? Number(data.meta_data?.['code']) : undefined;
}

/** What the visitor wrote; empty for pictures and files alone. */
export function questionText({ additional_messages: messages = [] }: ChatParams): string {
  const { content, content_type: type } = messages.at(-1) ?? {};
  return typeof content === 'string' && type !== undefined ? getText({ content, content_type: type }) : '';
}
