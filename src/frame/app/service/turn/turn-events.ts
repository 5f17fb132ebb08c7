/** Reads the events of a turn, and its question. */
import { ChatEventType, type StreamChatData } from '@coze/api';
import type { ChatService } from '@coze/chat-sdk';
import { isBrokenAnswer, isStoppedAnswer } from '../../answers/interrupted-answer.js';
import { getText } from '../../answers/message-text.js';
import { getErrorCode, isAuthError } from '../../errors/api-error-code.js';

export type ChatParams = Parameters<ChatService['asyncChat']>[0];

/** Ends a turn. Without this event the SDK waits for more events. */
export const DONE_EVENT: StreamChatData = { event: ChatEventType.DONE, data: '[DONE]' };

/** Unknown id, or a conversation that was deleted. */
export const CONVERSATION_GONE = 4002;
/** The conversation has a running answer. */
const BUSY = 4016;
/** A parameter of the request is invalid. */
const BAD_PARAMETER = 4000;

/** Pauses between attempts in a conversation whose last answer broke off (Coze allows one running answer in a conversation). */
export const PAUSES_AFTER_BREAK_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000];
/**
 * Pauses between attempts after a stop. Coze releases the conversation at once or, if the cancellation failed, when the answer is complete.
 * The pauses add up to a minute.
 */
const PAUSES_AFTER_STOP_MS: readonly number[] = [250, 750, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 10_000, 10_000];

export function busyPausesAfter(message: { readonly id: string }): readonly number[] {
  if (isStoppedAnswer(message)) return PAUSES_AFTER_STOP_MS;
  return isBrokenAnswer(message) ? PAUSES_AFTER_BREAK_MS : [];
}

/** Id of the chat (turn) that an event creates; empty for other events. */
export function findChatId({ done, value }: IteratorResult<StreamChatData>): string {
  return done !== true && value.event === ChatEventType.CONVERSATION_CHAT_CREATED ? value.data.id : '';
}

export function isTokenRejection({ event, data }: StreamChatData): boolean {
  return event === ChatEventType.ERROR && isAuthError(data);
}

export function isBusy({ event, data }: StreamChatData): boolean {
  return event === ChatEventType.ERROR && getErrorCode(data) === BUSY;
}

export function isBadParameter({ event, data }: StreamChatData): boolean {
  return event === ChatEventType.ERROR && getErrorCode(data) === BAD_PARAMETER;
}

/** Returns the code of the failure that an event reports; `undefined` if it reports none. */
export function getFailureCode({ event, data }: StreamChatData): number | undefined {
  if (event === ChatEventType.ERROR) return data.code;
  return event === ChatEventType.CONVERSATION_MESSAGE_COMPLETED && isBrokenAnswer(data) ? Number(data.meta_data?.['code']) : undefined;
}

/** The text of a question; empty if it has only pictures and files. */
export function questionText({ additional_messages: messages = [] }: ChatParams): string {
  const { content, content_type: type } = messages.at(-1) ?? {};
  return typeof content === 'string' && type !== undefined ? getText({ content, content_type: type }) : '';
}
