/**
 * Serialises the first token requests of chats that start at the same time, on a page or in several tabs. The first response may set the
 * cookie that identifies an anonymous visitor; without it the backend would create another visitor for each chat.
 */
import type { Timers } from '../../core/clock.js';
import { TokenReason } from '../protocol.js';
import { inTurn, type TurnOptions } from './in-turn.js';
import type { TokenRequester } from './token-requester.js';

/** A frozen tab may hold the lock for ever. Then two requests in parallel are better than no chat. */
const LOCK_TIMEOUT_MS = 10_000;

export interface FirstRequestOptions extends Omit<TurnOptions, 'signal'> {
  readonly timers: Timers;
}

export function serializeFirstRequest(request: TokenRequester, { locks, timers, sessionKey }: FirstRequestOptions): TokenRequester {
  return async (context) => {
    if (context.reason !== TokenReason.Initial) return request(context);
    const waiting = new AbortController();
    const stopWaiting = (): void => waiting.abort();
    const cancelTimer = timers.set(stopWaiting, LOCK_TIMEOUT_MS);
    context.signal.addEventListener('abort', stopWaiting);
    const send = (): ReturnType<TokenRequester> => {
      cancelTimer();
      return request(context);
    };
    try {
      return await inTurn(send, { locks, sessionKey, signal: waiting.signal });
    } finally {
      cancelTimer();
      context.signal.removeEventListener('abort', stopWaiting);
    }
  };
}
