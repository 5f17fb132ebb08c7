/** Markdown comes with the first message that needs it, or once the chat can be used: a bot that says hello in plain words is usable without. */
import { loadChunk } from '../../platform/load-chunk.js';
import type * as MarkdownParts from './markdown-parts.js';

export const loadMarkdown = (): Promise<typeof MarkdownParts> => loadChunk('markdown-parts', () => import('./markdown-parts.js'));
