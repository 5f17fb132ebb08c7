/** Maps session state and connectivity to the content that replaces the chat, or to the banner above it. Pure: the caller owns the effects. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ChatStrings } from '../../locales/translations/en.js';
import { isUsable, type SessionState } from '../../session/session-state.js';
import { failedMessage, offlineMessage, signedOutMessage, type StatusMessage } from './status-message.js';
import { renderLoading } from './status-view.js';

export interface Connectivity {
  readonly isOffline: boolean;
  /** Whether the chat has been starting for longer than usual. */
  readonly isSlow: boolean;
}

/** Actions of the visitor, and the countdown to an automatic retry. */
export interface StatusActions {
  readonly signIn: TemplateResult | typeof nothing;
  /** Time until the automatic retry. */
  readonly countdown: HTMLElement | typeof nothing;
  readonly onRetry: () => void;
}

/** Text above a usable chat, if any. */
export function renderBanner(state: SessionState, { isOffline }: Connectivity, strings: ChatStrings): string | typeof nothing {
  return isUsable(state) && isOffline ? strings.offlineNotice : nothing;
}

/** Renders the content that replaces the chat; `nothing` while the chat can be used. */
export function renderOverlay(
  state: SessionState,
  connectivity: Connectivity,
  strings: ChatStrings,
  actions: StatusActions,
): TemplateResult | typeof nothing {
  switch (state.status) {
    case 'ready':
    case 'refreshing':
      return nothing;
    case 'signed-out':
      return html`<slot name="signed-out">${renderMessage(signedOutMessage(strings), actions.signIn)}</slot>`;
    case 'failed': {
      const message = failedMessage(state.problem, strings, connectivity.isOffline);
      const retry = html`<button type="button" class="retry" @click=${actions.onRetry}>${strings.retry}</button>`;
      const below = html`${actions.countdown}${message.canRetry ? retry : nothing}`;
      return html`<slot name="error">${renderMessage(message, below)}</slot>`;
    }
    case 'idle':
    case 'authorizing':
    case 'loading':
      if (connectivity.isOffline) return renderMessage(offlineMessage(strings));
      return html`${renderLoading(strings.starting)}${connectivity.isSlow ? renderSlow(strings) : nothing}`;
  }
}

function renderSlow({ slow }: ChatStrings): TemplateResult {
  return html`<div class="below"><p>${slow}</p></div>`;
}

function renderMessage({ title, text, detail }: StatusMessage, below: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<p class="title">${title}</p>
    <p>${text}</p>
    ${detail === undefined ? nothing : html`<p class="detail">${detail}</p>`} ${below}`;
}
