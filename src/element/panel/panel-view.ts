/** Content of the panel once the chat is loaded. */
import { html, nothing, type TemplateResult } from 'lit';
import type { HeaderOptions } from '../../config/chat-options.js';
import { holdWheel } from '../../frame/hold-wheel.js';
import type { ChatStrings } from '../../locales/translations/en.js';
import type { SessionStatus } from '../../session/session-state.js';
import { renderStatus } from '../status/status-view.js';
import { closeIcon } from '../ui/icons.js';

export interface PanelViewOptions {
  readonly strings: ChatStrings;
  readonly heading: string;
  /** URL of a picture. */
  readonly icon: string;
  readonly header: HeaderOptions | undefined;
  /** Element before the heading. */
  readonly headerStart: HTMLElement | undefined;
  readonly status: SessionStatus;
  /** Shown instead of the chat. */
  readonly overlay: TemplateResult | typeof nothing;
  /** Shown above the chat. */
  readonly banner: string | typeof nothing;
  /** Holds the chat's iframe. */
  readonly frame: HTMLElement;
  /** `undefined` if the panel cannot be closed. */
  readonly onClose: (() => void) | undefined;
}

export function renderPanelContent(options: PanelViewOptions): TemplateResult {
  const { overlay, frame, heading, headerStart, banner, onClose, status } = options;
  const hasHeader = onClose !== undefined || heading || headerStart !== undefined;
  return html`${hasHeader ? renderHeader(options) : nothing}
    <div class="body" @wheel=${onClose && holdWheel}>
      <div class="notice" part="notice" role="status">${banner}</div>
      ${frame}${renderStatus(status, overlay)}
    </div>`;
}

function renderHeader({ strings, heading, icon, header, headerStart, onClose }: PanelViewOptions): TemplateResult {
  const hidden = (shown = true): string => (shown ? '' : 'when-full-screen');
  const close = html`<button
    type="button"
    class="close ${hidden(header?.closeButton)}"
    part="close"
    aria-label=${strings.closeChat}
    @click=${onClose}
  >
    ${closeIcon}
  </button>`;
  return html`<div class="header ${hidden(header?.shown)}" part="header" @wheel=${onClose && holdWheel}>
    ${headerStart} ${icon ? html`<img src=${icon} alt="" />` : nothing}
    <h2 class="heading">${heading || strings.chat}</h2>
    ${onClose === undefined ? nothing : close}
  </div>`;
}
