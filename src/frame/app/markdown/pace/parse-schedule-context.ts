/**
 * The React context with the `ParseSchedule` that all answers of a chat share. `current` is set when the first answer is shown, because the class is in
 * the chunk for Markdown, which is loaded late.
 */
import { createContext } from 'react';
import type { ParseSchedule } from './parse-schedule.js';

export const ParseScheduleContext = createContext<{ current: ParseSchedule | undefined } | undefined>(undefined);
