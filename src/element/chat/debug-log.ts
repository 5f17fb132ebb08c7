/**
 * Formats the events of a chat for its developer's console. Each field is picked by name, so that no token, message or visitor's name can be
 * logged. A new field is not logged until it is added here.
 */
import type { SessionState } from '../../session/session-state.js';
import type { TokenUpdate } from '../../token/source/token-update.js';

export function formatState(next: SessionState, previous: SessionState): string {
  const reason = next.status === 'failed' ? ` (${next.problem.code})` : '';
  return `${previous.status} → ${next.status}${reason}, life ${next.generation}, frame ${next.frame}`;
}

/** `nowMs`: epoch milliseconds. */
export function formatTokenUpdate(update: TokenUpdate, nowMs: number): string {
  return `token ${update.phase}: ${[update.reason, `attempt ${update.attempt}`, ...details(update, nowMs)].join(', ')}`;
}

function details(update: TokenUpdate, nowMs: number): readonly string[] {
  const secondsUntil = (ms: number): string => `${Math.round((ms - nowMs) / 1000)} s`;
  switch (update.phase) {
    case 'requested':
    case 'verified':
    case 'subject-changed':
      return [];
    case 'unverified':
      return [update.failure.code];
    case 'issued':
    case 'refreshed':
      return [`expires in ${secondsUntil(update.expiresAtMs)}`, `next request in ${secondsUntil(update.refreshAtMs)}`];
    case 'failed':
      return [update.failure.code, update.retryAtMs === undefined ? 'no retry' : `retry in ${secondsUntil(update.retryAtMs)}`];
  }
}
