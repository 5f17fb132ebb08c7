/**
 * The React context with the `FrameTurns` that all answers of a chat share. `current` is set when the first answer is shown, because the class is in
 * the chunk for Markdown, which is loaded late.
 */
import { createContext } from 'react';
import type { FrameTurns } from './frame-turns.js';

export const MarkdownTurns = createContext<{ current: FrameTurns | undefined } | undefined>(undefined);
