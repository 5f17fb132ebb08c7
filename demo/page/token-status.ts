import { html, nothing, svg } from 'lit';
import { property, state } from 'lit/decorators.js';
import { fill } from '../site/marked-text.js';
import { formatCountdown } from './duration.js';
import { LightElement } from './light-element.js';
import { en, type PreviewStrings } from './strings/en.js';

/** A token as this page knows it: timestamps, never the token itself. */
export interface TokenTimes {
  readonly receivedAtMs: number;
  readonly expiresAtMs: number;
  /** `undefined` when no renewal is planned, as in a hidden tab. */
  readonly nextRequestAtMs: number | undefined;
  readonly renewals: number;
}

/** The line under a pane: the remaining lifetime of its token, and the number of renewals. */
export class TokenStatus extends LightElement {
  @property({ attribute: false }) times: TokenTimes | undefined;
  @property({ attribute: false }) strings: PreviewStrings = en;
  @state() private nowMs = Date.now();
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => (this.nowMs = Date.now()), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override willUpdate(): void {
    this.nowMs = Math.max(this.nowMs, this.times?.receivedAtMs ?? 0);
  }

  protected override render() {
    if (this.times === undefined) return html`<p class="token-text">${this.strings.noToken}</p>`;
    const { receivedAtMs, expiresAtMs, nextRequestAtMs, renewals } = this.times;
    const leftShare = (expiresAtMs - this.nowMs) / (expiresAtMs - receivedAtMs);
    return html`
      <p class="token-text">
        <span>${this.strings.validFor} <strong>${this.#countdownTo(expiresAtMs)}</strong></span>
        ${renewals > 0 ? html`<span>${fill(this.strings.renewed, { count: renewals })}</span>` : nothing}
        ${nextRequestAtMs === undefined ? nothing : html`<span class="token-next">${fill(this.strings.nextIn, { time: this.#countdownTo(nextRequestAtMs) })}</span>`}
      </p>
      <svg class="token-gauge" aria-hidden="true" width="100%" height="3">${svg`<rect height="3" width="${toPercent(leftShare)}" />`}</svg>
    `;
  }

  #countdownTo(atMs: number): string {
    return formatCountdown(Math.max(0, Math.ceil((atMs - this.nowMs) / 1000)));
  }
}

const toPercent = (share: number): string => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(1)}%`;

declare global {
  interface HTMLElementTagNameMap {
    'token-status': TokenStatus;
  }
}
