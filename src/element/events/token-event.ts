import type { TokenUpdate } from '../../token/source/token-update.js';
import { CozeTokenEvent } from './chat-events.js';

/** Maps a token update to the page's event; `undefined` for updates that only concern the chat. */
export function toTokenEvent(update: TokenUpdate): CozeTokenEvent | undefined {
  switch (update.phase) {
    case 'requested':
    case 'verified':
    case 'unverified':
    case 'subject-changed':
      return undefined;
    case 'issued':
    case 'refreshed': {
      const { phase, reason, attempt, expiresAtMs: expiresAt, refreshAtMs: nextRequestAt } = update;
      return new CozeTokenEvent({ phase, reason, attempt, expiresAt, nextRequestAt, code: undefined });
    }
    case 'failed': {
      const { phase, reason, attempt, retryAtMs: nextRequestAt, failure } = update;
      return new CozeTokenEvent({ phase, reason, attempt, expiresAt: undefined, nextRequestAt, code: failure.code });
    }
  }
}
