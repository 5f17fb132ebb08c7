/** What is in the panel once the chat is loaded. */
import { html, nothing, type TemplateResult } from 'lit';
import type { HeaderOptions } from '../frame/chat-options.js';
import type { ChatStrings } from '../locales/en.js';
import type { SessionStatus } from '../session/state.js';
import { closeIcon } from './icons.js';
import type { StatusMessage } from './status-message.js';
import { loadingView, statusView } from './status-view.js';

export interface PanelViewOptions {
  readonly texts: ChatStrings;
  readonly heading: string;
  /** URL of a picture. */
  readonly icon: string;
  readonly header: HeaderOptions | undefined;
  readonly status: SessionStatus;
  /** Instead of the chat. */
  readonly message: StatusMessage | undefined;
  /** Holds the chat's iframe. */
  readonly frame: HTMLElement;
  readonly onRetry: () => void;
  /** Where there is something to close. */
  readonly onClose: (() => void) | undefined;
}

export function panelView(options: PanelViewOptions): TemplateResult {
  const { frame, heading, onClose, status } = options;
  const hasHeader = onClose !== undefined || heading;
  return html`${hasHeader ? headerView(options) : nothing}
    <div class="body">${frame}${statusView(status, contentView(options))}</div>`;
}

function headerView({ texts, heading, icon, header, onClose }: PanelViewOptions): TemplateResult {
  const hidden = (shown = true): string => (shown ? '' : 'when-full-screen');
  const close = html`<button
    type="button"
    class="close ${hidden(header?.closeButton)}"
    part="close"
    aria-label=${texts.closeChat}
    @click=${onClose}
  >
    ${closeIcon}
  </button>`;
  return html`<div class="header ${hidden(header?.shown)}" part="header">
    ${icon ? html`<img src=${icon} alt="" />` : nothing}
    <h2 class="heading">${heading || texts.chat}</h2>
    ${onClose === undefined ? nothing : close}
  </div>`;
}

function contentView(options: PanelViewOptions): TemplateResult | typeof nothing {
  const { message, status, texts } = options;
  switch (status) {
    case 'idle':
    case 'authorizing':
    case 'loading':
      return loadingView(texts.starting);
    case 'ready':
    case 'refreshing':
      return nothing;
    case 'signed-out':
    case 'failed':
      return message === undefined ? nothing : messageView(message, options);
  }
}

function messageView({ title, text, detail, canRetry }: StatusMessage, { status, texts, onRetry }: PanelViewOptions): TemplateResult {
  const retry = html`<button type="button" class="retry" @click=${onRetry}>${texts.retry}</button>`;
  const view = html`<p class="title">${title}</p>
    <p>${text}</p>
    ${detail === undefined ? nothing : html`<p class="detail">${detail}</p>`} ${canRetry ? retry : nothing}`;
  return status === 'failed' ? html`<slot name="error">${view}</slot>` : view;
}
