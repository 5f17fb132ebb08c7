/** The notifications of a session to the element, in one union, so that TypeScript reports where a new one is not handled. */
import type { ChatEvent } from '../frame/contract.js';
import type { TokenUpdate } from '../token/source/token-update.js';
import type { IdentityChangeCause, SessionState } from './session-state.js';

export type SessionNotification =
  | ChatEvent
  | { readonly type: 'state-changed'; readonly state: SessionState; readonly previous: SessionState }
  | { readonly type: 'token-updated'; readonly update: TokenUpdate }
  | { readonly type: 'identity-changed'; readonly cause: IdentityChangeCause };

/** Must not throw. Returns `false` if a listener of the page called `preventDefault()`. */
export type Notify = (notification: SessionNotification) => boolean;
