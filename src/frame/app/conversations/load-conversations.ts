/** Most visitors have one conversation, so the code that lists and changes conversations is loaded with the first command. */
import { loadChunk } from '../../platform/load-chunk.js';
import type * as Conversations from './conversations.js';

export const loadConversations = (): Promise<typeof Conversations> => loadChunk('conversations', () => import('./conversations.js'));
