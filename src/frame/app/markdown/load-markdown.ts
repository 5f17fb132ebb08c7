/**
 * Loads the code for Markdown with the first message that needs it, or once the chat is usable: a bot whose greeting is plain text does not wait for
 * it.
 */
import { loadChunk } from '../../platform/load-chunk.js';
import type * as MarkdownParts from './markdown-parts.js';

export const loadMarkdown = (): Promise<typeof MarkdownParts> => loadChunk('markdown-parts', () => import('./markdown-parts.js'));
