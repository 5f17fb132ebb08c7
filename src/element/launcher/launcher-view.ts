/** Renders launcher and panel around any content. */
import { html, type TemplateResult } from 'lit';
import type { ChatMode } from '../properties/mode.js';
import { chatIcon, closeIcon } from '../ui/icons.js';

export interface LauncherHost {
  readonly chatName: string;
  readonly icon: string;
  readonly open: boolean;
  toggle(): void;
}

/** `onNear` is called when pointer or focus reaches the launcher, which usually precedes a press. */
export function renderLauncher({ icon, open, toggle }: LauncherHost, name: string, badge: unknown, onNear: () => void): TemplateResult {
  const picture = icon ? html`<img src=${icon} alt="" />` : chatIcon;
  return html`<button
    type="button"
    class="launcher"
    part="launcher"
    aria-label=${name}
    aria-expanded=${open}
    aria-controls="panel"
    @click=${toggle}
    @pointerenter=${onNear}
    @focus=${onNear}
  >
    <slot name="launcher">${open ? closeIcon : picture}</slot>
    ${badge}
  </button>`;
}

/** `handle`: the resize handle of a bubble's panel. */
export function renderPanel({ chatName, open }: LauncherHost, mode: ChatMode, content: TemplateResult, handle: unknown): TemplateResult {
  return mode === 'bubble'
    ? html`<dialog id="panel" class="panel bubble" part="panel" aria-label=${chatName} tabindex="-1" ?open=${open} ?hidden=${!open}>
        ${content} ${handle}
      </dialog>`
    : html`<section id="panel" class="panel ${mode}" part="panel" role="region" aria-label=${chatName} tabindex="-1">${content}</section>`;
}
