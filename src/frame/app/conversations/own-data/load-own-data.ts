/** Few visitors ever take their conversation along, or delete all of them: what does it comes with the first wish. */
import { loadChunk } from '../../../platform/load-chunk.js';
import type * as OwnData from './own-data.js';

export const loadOwnData = (): Promise<typeof OwnData> => loadChunk('own-data', () => import('./own-data.js'));

/** What the browser keeps of the visitor's ratings is known to who shows them. Never rejects. */
export async function forgetFeedback(conversationIds: readonly string[]): Promise<void> {
  await loadChunk('message-bar', () => import('../../messages/bar/message-bar.js')).then(
    (bar) => bar.forgetFeedback(conversationIds),
    () => undefined,
  );
}
