/** Icons of our own buttons. */
import { html } from 'lit';

export const chatIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <path d="M4 5.5h16v11H9.5L5 20v-3.5H4z" />
  <path d="M8.5 11h.01M12 11h.01M15.5 11h.01" />
</svg>`;
export const closeIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="m6 6 12 12M18 6 6 18" /></svg>`;
