import { apiErrors } from '../http/api-error.js';
import type { Message } from './message.js';

/** The start and the end of a page of messages, in the terms of Coze's "list messages". */
export interface PageRequest {
  readonly order: 'asc' | 'desc';
  /** Only messages of this chat. */
  readonly chatId?: string | undefined;
  /** The page ends before this message, in the order of the list. */
  readonly beforeId?: string | undefined;
  /** The page starts after this message, in the order of the list: with `desc`, older ones. */
  readonly afterId?: string | undefined;
  readonly limit: number;
}

export interface MessagePage {
  readonly messages: readonly Message[];
  readonly firstId: string;
  readonly lastId: string;
  /** Whether there are more messages beyond the page, in the direction of reading. */
  readonly hasMore: boolean;
}

/** Cuts a page out of a conversation's messages, whose oldest is first. Throws 4005 for a cursor that is not the id of a message. */
export function cutPage(messages: readonly Message[], request: PageRequest): MessagePage {
  const ofChat = request.chatId ? messages.filter((message) => message.chatId === request.chatId) : messages;
  const list = request.order === 'desc' ? ofChat.toReversed() : ofChat;

  const start = isCursor(request.afterId) ? findPosition(list, request.afterId) + 1 : 0;
  const end = isCursor(request.beforeId) ? findPosition(list, request.beforeId) : list.length;
  const between = list.slice(start, end);

  const readsBackwards = isCursor(request.beforeId) && !isCursor(request.afterId);
  const page = readsBackwards ? between.slice(-request.limit) : between.slice(0, request.limit);
  return { messages: page, firstId: page[0]?.id ?? '', lastId: page.at(-1)?.id ?? '', hasMore: between.length > page.length };
}

/** Coze writes "no cursor" as an absent field, an empty string or "0". */
const isCursor = (id: string | undefined): id is string => id !== undefined && id !== '' && id !== '0';

function findPosition(list: readonly Message[], id: string): number {
  const position = list.findIndex((message) => message.id === id);
  if (position < 0) throw apiErrors.invalidMessage();
  return position;
}
