/**
 * Cross-tab sync. A message only makes this tab ask the backend, which alone decides to whom the chat belongs. A visible chat asks until the
 * backend confirms the message or the pauses are used up; a hidden chat is removed at once.
 */
import type { Timers } from '../core/clock.js';
import { ErrorCode } from '../core/errors.js';
import type { TokenUpdate } from '../token/source/token-update.js';
import type { AuthMessage } from './auth-channel.js';
import type { SessionController } from './session-controller.js';
import type { SessionNotification } from './session-notification.js';
import { hasFrame } from './session-state.js';

export interface AuthSyncOptions {
  readonly session: Pick<SessionController, 'state' | 'subject' | 'revalidate' | 'suspend' | 'verify' | 'proof'>;
  /** See `cookieSessionKey`; `undefined` when a sign-in in another tab cannot change this chat's identity. */
  readonly scope: () => string | undefined;
  readonly isVisible: () => boolean;
  readonly post: (message: AuthMessage) => void;
  readonly timers: Timers;
}

/** Pauses before each further question while the backend contradicts the message, for example because a log-out has not reached it yet. */
const PAUSES_MS: readonly number[] = [2_000, 3_000, 10_000];
/** How long a chat that may belong to another visitor stays visible while the backend does not respond. */
const RESPONSE_TIMEOUT_MS = 2_500;

export class AuthSync {
  readonly #options: AuthSyncOptions;
  /** A message received while a token request was running; the token's response may be older than the message. */
  #pendingMessage: AuthMessage | undefined;
  /** The message about which the backend was asked just now. */
  #asked: AuthMessage | undefined;
  #cancelQuestion = (): void => {};
  #cancelTimeout = (): void => {};

  constructor(options: AuthSyncOptions) {
    this.#options = options;
  }

  /** Sends what this tab has learnt from its token endpoint to the other tabs. */
  handleNotification(notification: SessionNotification): void {
    if (notification.type === 'token-updated') this.#handleToken(notification.update);
    if (notification.type === 'identity-changed' && notification.cause === 'signed-out') this.#post(undefined);
  }

  #handleToken(update: TokenUpdate): void {
    if (update.phase === 'issued') {
      const message = this.#pendingMessage;
      this.#pendingMessage = undefined;
      if (message !== undefined && message.subject !== update.subject) this.#investigate(message);
      if (update.subject !== undefined) this.#post(update.subject);
    }
    const hadVisitor = this.#options.session.subject !== undefined;
    if (hadVisitor && update.phase === 'failed' && update.failure.code === ErrorCode.SignedOut) this.#post(undefined);
  }

  handleMessage(message: AuthMessage): void {
    if (!this.#concerns(message)) return;
    if (!this.#options.isVisible()) return this.#options.session.suspend();
    if (this.#canAsk) this.#investigate(message);
    else this.#pendingMessage = message;
  }

  stop(): void {
    this.#cancelQuestion();
    this.#cancelTimeout();
  }

  get #canAsk(): boolean {
    const { state } = this.#options.session;
    return hasFrame(state) || state.status === 'signed-out';
  }

  #investigate(message: AuthMessage): void {
    const { session, timers } = this.#options;
    const isDoubted = session.proof?.isDoubted === true;
    session.proof?.doubt();
    // Each chat of a page sends the same message. The next pause, or a request of the chat, asks again.
    if (isDoubted && this.#asked !== undefined && this.#asked.subject === message.subject) return;
    // A second message must not restart the timeout of the first one's question.
    if (!isDoubted) {
      this.#cancelTimeout();
      this.#cancelTimeout = timers.set(() => this.#handleSilence(), RESPONSE_TIMEOUT_MS);
    }
    this.#asked = message;
    this.#ask(message, PAUSES_MS);
  }

  #ask(message: AuthMessage, [pauseMs, ...laterPausesMs]: readonly number[]): void {
    const { session, timers } = this.#options;
    session.proof?.distrust();
    void (session.state.status === 'signed-out' ? session.revalidate() : session.verify());
    this.#cancelQuestion();
    if (pauseMs !== undefined) this.#cancelQuestion = timers.set(() => this.#askAgain(message, laterPausesMs), pauseMs);
  }

  #askAgain(message: AuthMessage, pausesMs: readonly number[]): void {
    this.#asked = undefined;
    if (!this.#concerns(message)) return;
    if (!this.#options.isVisible()) return this.#options.session.suspend();
    if (this.#canAsk) this.#ask(message, pausesMs);
    else this.#pendingMessage = message;
  }

  #handleSilence(): void {
    const { session } = this.#options;
    if (session.proof?.isDoubted === true && hasFrame(session.state)) session.suspend();
  }

  #concerns(message: AuthMessage): boolean {
    return message.scope === this.#options.scope() && !this.#isCurrent(message);
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
