/** Reads all messages of a conversation from the API. */
import type { Timers } from '../../../../core/clock.js';
import type { HistoryPage } from '../conversation-requests.js';
import { retryWhileLimited } from './retry-while-limited.js';

/** Limits a history to a hundred requests, and to a file size that a text editor can open. */
export const MAX_MESSAGES = 5_000;

type HistoryMessage = HistoryPage['messages'][number];

export interface History {
  /** Oldest first. */
  readonly messages: readonly HistoryMessage[];
  /** `false` if these are only the newest {@link MAX_MESSAGES}. */
  readonly isComplete: boolean;
}

/** `requestPage` requests the page of messages older than `cursor`, or the newest page for `''`. Rejects with the errors of `requestPage`. */
export async function readHistory(requestPage: (cursor: string) => Promise<HistoryPage>, timers: Timers): Promise<History> {
  // Keyed by id, because messages that are sent meanwhile shift the pages, so that pages overlap.
  const known = new Map<string, HistoryMessage>();
  let cursor = '';
  for (;;) {
    const page = await retryWhileLimited(() => requestPage(cursor), timers);
    const count = known.size;
    for (const message of page.messages) known.set(message.id, message);
    const isLast = !page.hasMore || page.cursor === '' || known.size === count;
    if (isLast || known.size >= MAX_MESSAGES) {
      return { messages: [...known.values()].slice(0, MAX_MESSAGES).reverse(), isComplete: isLast && known.size <= MAX_MESSAGES };
    }
    ({ cursor } = page);
  }
}
