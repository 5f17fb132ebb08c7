/** Where the answers of a chat find the turns that they parse by: made when the first of them is shown, with the code that comes late. */
import { createContext } from 'react';
import type { FrameTurns } from './frame-turns.js';

export const MarkdownTurns = createContext<{ current: FrameTurns | undefined } | undefined>(undefined);
