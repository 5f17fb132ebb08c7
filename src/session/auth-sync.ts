/**
 * Notices that somebody has signed in or out in another tab. News from there are a reason to ask the backend, never an answer: what
 * is shown to somebody is verified, what nobody looks at is taken away until somebody does.
 */
import { ErrorCode } from '../core/errors.js';
import type { TokenUpdate } from '../token/source/token-update.js';
import type { IdentityNews } from './auth-channel.js';
import type { SessionController } from './session-controller.js';
import { hasFrame } from './session-state.js';

export interface SignInWatchOptions {
  readonly session: Pick<SessionController, 'state' | 'subject' | 'refreshToken' | 'doubt'>;
  /** See `logInScope`; `undefined` when no log-in elsewhere can matter. */
  readonly scope: () => string | undefined;
  readonly isVisible: () => boolean;
  readonly announce: (news: IdentityNews) => void;
}

export class SignInWatch {
  readonly #options: SignInWatchOptions;
  /** What was heard while a token was on its way, which may be older than the news. */
  #news: IdentityNews | undefined;

  constructor(options: SignInWatchOptions) {
    this.#options = options;
  }

  onToken(update: TokenUpdate): void {
    if (update.phase === 'issued') {
      if (this.#news !== undefined && this.#news.subject !== update.subject) void this.#options.session.refreshToken();
      this.#news = undefined;
      if (update.subject !== undefined) this.#announce(update.subject);
    }
    const hasLostVisitor = this.#options.session.subject !== undefined;
    if (hasLostVisitor && update.phase === 'failed' && update.failure.code === ErrorCode.SignedOut) this.onSignOut();
  }

  onSignOut(): void {
    this.#announce(undefined);
  }

  onNews(news: IdentityNews): void {
    const { session, scope, isVisible } = this.#options;
    if (news.scope !== scope() || this.#isKnown(news)) return;
    const { state } = session;
    if (!isVisible()) return session.doubt();
    if (hasFrame(state) || state.status === 'signed-out') void session.refreshToken();
    else this.#news = news;
  }

  #isKnown(news: IdentityNews): boolean {
    const { state, subject } = this.#options.session;
    if (state.status === 'signed-out') return news.subject === undefined;
    return subject !== undefined && subject === news.subject;
  }

  #announce(subject: string | undefined): void {
    const scope = this.#options.scope();
    if (scope !== undefined) this.#options.announce({ scope, subject });
  }
}
