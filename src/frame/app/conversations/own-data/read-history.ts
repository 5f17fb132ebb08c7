/** All messages of a conversation, as the API has them at the moment. */
import type { Timers } from '../../../../core/clock.js';
import type { HistoryPage } from '../conversation-requests.js';
import { patiently } from './patiently.js';

/** A conversation with more is cut: a hundred requests, and a file that a text editor opens. */
export const MAX_MESSAGES = 5_000;

type HistoryMessage = HistoryPage['messages'][number];

export interface History {
  /** Oldest first. */
  readonly messages: readonly HistoryMessage[];
  /** `false`: these are the newest {@link MAX_MESSAGES}. */
  readonly isComplete: boolean;
}

/** `ask` gives a page before `cursor`, newest first; the newest page for `''`. Rejects as `ask` does. */
export async function readHistory(ask: (cursor: string) => Promise<HistoryPage>, timers: Timers): Promise<History> {
  // By id: what is said meanwhile moves nothing, but a page may come twice.
  const known = new Map<string, HistoryMessage>();
  let cursor = '';
  for (;;) {
    const page = await patiently(() => ask(cursor), timers);
    const count = known.size;
    for (const message of page.messages) known.set(message.id, message);
    const isLast = !page.hasMore || page.cursor === '' || known.size === count;
    if (isLast || known.size >= MAX_MESSAGES) {
      return { messages: [...known.values()].slice(0, MAX_MESSAGES).reverse(), isComplete: isLast && known.size <= MAX_MESSAGES };
    }
    ({ cursor } = page);
  }
}
