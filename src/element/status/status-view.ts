/** Renders the content of the panel while the chat cannot be used. */
import { html, nothing, type TemplateResult } from 'lit';
import type { SessionStatus } from '../../session/session-state.js';
import type { DefaultStrings } from '../launcher/default-strings.js';

/**
 * One element for all states: a live region has to exist before its content changes, or screen readers do not announce that. `nothing`
 * hides it.
 */
export function renderStatus(status: SessionStatus, content: TemplateResult | typeof nothing): TemplateResult {
  const role = status === 'failed' ? 'alert' : 'status';
  return html`<div class="status" part="status" role=${role} ?hidden=${content === nothing}>${content}</div>`;
}

export function renderLoading(text: string): TemplateResult {
  return html`<slot name="loading"><div class="skeleton">${text}</div></slot>`;
}

/** Renders the content until the chat is loaded, or if that fails. `question` asks for consent first. */
export function renderPlaceholder(
  status: SessionStatus,
  strings: DefaultStrings,
  onRetry: () => void,
  question: HTMLElement | undefined,
): TemplateResult {
  const failure = html`<strong>${strings.unreachable}</strong>
    <button type="button" class="retry" @click=${onRetry}>${strings.retry}</button>`;
  return renderStatus(status, status === 'failed' ? failure : html`${question ?? renderLoading(strings.starting)}`);
}
