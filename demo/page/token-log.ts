import { html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { formatTime } from './duration.js';
import { LightElement } from './light-element.js';

/** One line of the log. It has no field that a token could be in. */
export interface TokenLogEntry {
  readonly atMs: number;
  readonly side: string;
  readonly visitor: string;
  readonly phase: 'issued' | 'refreshed' | 'failed' | 'signed in' | 'signed out';
  readonly detail: string;
}

const REMEMBERED_ENTRIES = 60;

/** What happened to the tokens, newest first. Not a live region: renewals would talk over everything else. */
export class TokenLog extends LightElement {
  @state() private entries: readonly (TokenLogEntry & { readonly key: number })[] = [];
  #nextKey = 0;

  add(entry: TokenLogEntry): void {
    this.entries = [{ ...entry, key: this.#nextKey++ }, ...this.entries].slice(0, REMEMBERED_ENTRIES);
  }

  protected override render() {
    return html`
      <div class="log-head">
        <h3 class="pane-title" id="log-title">Token events</h3>
        ${
          this.entries.length === 0
            ? nothing
            : html`<button class="button button-quiet" type="button" @click=${() => (this.entries = [])}>Clear</button>`
        }
      </div>
      <div class="log-body" tabindex="0" role="region" aria-labelledby="log-title">
        ${
          this.entries.length === 0
            ? html`<p class="log-empty">
                Nothing yet. Tokens that are issued, renewed or refused are listed here; their values never are.
              </p>`
            : html`<ol class="log-list">
                ${repeat(
                  this.entries,
                  ({ key }) => key,
                  (entry) => this.#renderEntry(entry),
                )}
              </ol>`
        }
      </div>
    `;
  }

  #renderEntry({ atMs, side, visitor, phase, detail }: TokenLogEntry) {
    return html`<li class="log-entry" data-phase=${phase}>
      <time datetime=${new Date(atMs).toISOString()}>${formatTime(atMs)}</time>
      <span class="log-visitor" data-visitor=${visitor.toLowerCase()}
        >${visitor}<span class="visually-hidden">, ${side} browser</span></span
      >
      <span class="log-phase">${phase}</span>
      <span class="log-detail">${detail}</span>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'token-log': TokenLog;
  }
}
