/** How things are with the chat, and what its visitor sees of it: in place of the chat, or above it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../../core/errors.js';
import type { SessionStatus } from '../../session/session-state.js';
import { ConnectionMonitor } from './connection-monitor.js';
import { RetryCountdown } from './retry-countdown.js';
import { SignInLink, type SignInLinkHost } from './sign-in-link.js';
import { failedMessage, offlineMessage, signedOutMessage, type StatusMessage } from './status-message.js';
import { renderLoading } from './status-view.js';
import type { LocalizedStrings } from './localized-strings.js';

export interface StatusPanelHost extends SignInLinkHost {
  requestUpdate(): void;
}

export interface StatusPanelOptions {
  readonly host: StatusPanelHost;
  readonly window: Window;
  readonly onRetry: () => void;
  /** The visitor may have signed in. */
  readonly onReturn: () => void;
}

export interface FailureState {
  readonly problem: Problem;
  /** Epoch milliseconds of the next attempt, when one is made without being asked for. */
  readonly retryAtMs?: number | undefined;
}

export class StatusPanel {
  readonly #options: StatusPanelOptions;
  readonly #connection: ConnectionMonitor;
  readonly #countdown: RetryCountdown;
  readonly #signIn: SignInLink;
  #status: SessionStatus = 'idle';
  #failure: FailureState | undefined;

  constructor(options: StatusPanelOptions) {
    const { host, window, onReturn } = options;
    this.#options = options;
    this.#connection = new ConnectionMonitor(window, () => host.requestUpdate());
    this.#countdown = new RetryCountdown(host.ownerDocument);
    this.#signIn = new SignInLink(host, window, onReturn);
  }

  get status(): SessionStatus {
    return this.#status;
  }

  get problem(): Problem | undefined {
    return this.#failure?.problem;
  }

  /** Whether the chat is what the visitor sees. */
  get isInteractive(): boolean {
    return this.#status === 'ready' || this.#status === 'refreshing';
  }

  setStatus(status: SessionStatus, failure?: FailureState): void {
    const isNews = status !== this.#status || !isSameFailure(failure, this.#failure);
    this.#status = status;
    this.#failure = failure;
    this.#connection.update(status);
    if (failure?.retryAtMs === undefined) this.#countdown.stop();
    if (status !== 'signed-out') this.#signIn.dispose();
    if (isNews) this.#options.host.requestUpdate();
  }

  /** Above a chat that can be used, if there is anything to say. */
  renderBanner({ texts }: LocalizedStrings): string | typeof nothing {
    return this.isInteractive && this.#connection.isOffline ? texts.offlineNotice : nothing;
  }

  /** In place of the chat. */
  renderOverlay(words: LocalizedStrings): TemplateResult | typeof nothing {
    const { texts } = words;
    if (this.isInteractive) return nothing;
    if (this.#status === 'signed-out') {
      const view = messageView(signedOutMessage(texts), this.#signIn.render(texts.signIn));
      return html`<slot name="signed-out">${view}</slot>`;
    }
    if (this.#status === 'failed') return this.#failure === undefined ? nothing : this.#failureView(this.#failure, words);
    if (this.#connection.isOffline) return messageView(offlineMessage(texts));
    return html`${renderLoading(texts.starting)}${this.#connection.isSlow ? html`<div class="below"><p>${texts.slow}</p></div>` : nothing}`;
  }

  /** Final. */
  stop(): void {
    this.#connection.stop();
    this.#countdown.stop();
    this.#signIn.dispose();
  }

  #failureView({ problem, retryAtMs }: FailureState, words: LocalizedStrings): TemplateResult {
    const { isOffline } = this.#connection;
    const message = failedMessage(problem, words.texts, isOffline);
    const hasTime = retryAtMs !== undefined && !isOffline;
    if (hasTime) this.#countdown.start(retryAtMs, words);
    const retry = html`<button type="button" class="retry" @click=${this.#options.onRetry}>${words.texts.retry}</button>`;
    const view = messageView(message, html`${hasTime ? this.#countdown.element : nothing}${message.canRetry ? retry : nothing}`);
    return html`<slot name="error">${view}</slot>`;
  }
}

function isSameFailure(one: FailureState | undefined, other: FailureState | undefined): boolean {
  return one?.retryAtMs === other?.retryAtMs && one?.problem.message === other?.problem.message;
}

function messageView({ title, text, detail }: StatusMessage, actions: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<p class="title">${title}</p>
    <p>${text}</p>
    ${detail === undefined ? nothing : html`<p class="detail">${detail}</p>`} ${actions}`;
}
