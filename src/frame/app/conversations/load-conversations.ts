/** Most visitors have one conversation and stay in it: what lists and changes conversations comes with the first wish for another. */
import { loadChunk } from '../../platform/load-chunk.js';
import type * as Conversations from './conversations.js';

export const loadConversations = (): Promise<typeof Conversations> => loadChunk('conversations', () => import('./conversations.js'));
