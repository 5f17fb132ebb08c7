/** Few visitors export or delete their conversations, so the code is loaded with the first command. */
import { loadChunk } from '../../../platform/load-chunk.js';
import type * as OwnData from './own-data.js';

export const loadOwnData = (): Promise<typeof OwnData> => loadChunk('own-data', () => import('./own-data.js'));

/** Only the code of the message bar knows how feedback is stored. Never rejects. */
export async function forgetFeedback(conversationIds: readonly string[]): Promise<void> {
  await loadChunk('message-bar', () => import('../../messages/bar/message-bar.js')).then(
    (bar) => bar.forgetFeedback(conversationIds),
    () => undefined,
  );
}
