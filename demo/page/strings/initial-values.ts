/** Values in the page's strings before the host's response arrives. */
import { en } from './en.js';

export const OUTAGE_SECONDS = 10;
/** The shortest lifetime of the stand-in's tokens. */
export const INITIAL_LIFE_SECONDS = 15;

export const INITIAL_VALUES = { seconds: OUTAGE_SECONDS, life: en.seconds.replace('{count}', String(INITIAL_LIFE_SECONDS)) };
