import type { Context } from 'hono';
import type { StandInEnv } from '../state.js';
import type { ApiError } from './api-error.js';

/** Coze's response envelope on one line, without a trailing newline: the SDK's stream reader depends on that. */
export function answer(c: Context<StandInEnv>, data: unknown, beside: Readonly<Record<string, unknown>> = {}): Response {
  return c.json({ code: 0, msg: '', data, ...beside, detail: { logid: c.get('logId') } });
}

export function answerError(c: Context<StandInEnv>, error: ApiError): Response {
  return c.json({ code: error.code, msg: error.message, detail: { logid: c.get('logId') } }, error.status);
}

/** Converts epoch ms to the seconds that Coze sends. */
export const toSeconds = (epochMs: number): number => Math.floor(epochMs / 1000);
