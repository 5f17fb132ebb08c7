/** Cross-tab sync: a message only triggers revalidation; visible chats refresh, hidden ones are torn down. */
import { ErrorCode } from '../core/errors.js';
import type { TokenUpdate } from '../token/source/token-update.js';
import type { AuthMessage } from './auth-channel.js';
import type { SessionController } from './session-controller.js';
import type { SessionNotification } from './session-notification.js';
import { hasFrame } from './session-state.js';

export interface AuthSyncOptions {
  readonly session: Pick<SessionController, 'state' | 'subject' | 'revalidate' | 'suspend'>;
  /** See `cookieSessionKey`; `undefined` when no sign-in elsewhere can matter. */
  readonly scope: () => string | undefined;
  readonly isVisible: () => boolean;
  readonly post: (message: AuthMessage) => void;
}

export class AuthSync {
  readonly #options: AuthSyncOptions;
  /** What was heard while a token was on its way, which may be older than the message. */
  #pendingMessage: AuthMessage | undefined;

  constructor(options: AuthSyncOptions) {
    this.#options = options;
  }

  /** Tells the other tabs what this one has learnt. */
  handleNotification(notification: SessionNotification): void {
    if (notification.type === 'token-updated') this.#handleToken(notification.update);
    if (notification.type === 'identity-changed' && notification.cause === 'signed-out') this.#post(undefined);
  }

  #handleToken(update: TokenUpdate): void {
    if (update.phase === 'issued') {
      if (this.#pendingMessage !== undefined && this.#pendingMessage.subject !== update.subject) void this.#options.session.revalidate();
      this.#pendingMessage = undefined;
      if (update.subject !== undefined) this.#post(update.subject);
    }
    const hasLostVisitor = this.#options.session.subject !== undefined;
    if (hasLostVisitor && update.phase === 'failed' && update.failure.code === ErrorCode.SignedOut) this.#post(undefined);
  }

  handleMessage(message: AuthMessage): void {
    const { session, scope, isVisible } = this.#options;
    if (message.scope !== scope() || this.#isCurrent(message)) return;
    const { state } = session;
    if (!isVisible()) return session.suspend();
    if (hasFrame(state) || state.status === 'signed-out') void session.revalidate();
    else this.#pendingMessage = message;
  }

  #isCurrent(message: AuthMessage): boolean {
    const { state, subject } = this.#options.session;
    if (state.status === 'signed-out') return message.subject === undefined;
    return subject !== undefined && subject === message.subject;
  }

  #post(subject: string | undefined): void {
    const scope = this.#options.scope();
    if (scope !== undefined) this.#options.post({ scope, subject });
  }
}
