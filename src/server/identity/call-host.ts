import { systemTimers } from '../../core/clock.js';
import { withDeadline } from '../../core/deadline.js';

/** A session store that does not respond must not block requests for ever. */
const HOST_TIMEOUT_MS = 5000;

/**
 * Calls a function of the host, such as `identify`. Rejects with a `DeadlineError` after 5 s, and with the signal's reason when that
 * aborts.
 */
export function callHost<T>(call: () => T | Promise<T>, signal?: AbortSignal): Promise<T> {
  return withDeadline(async () => call(), { durationMs: HOST_TIMEOUT_MS, timers: systemTimers, signal });
}
