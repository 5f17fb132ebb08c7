import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { formatTime } from './duration.js';
import { LightElement } from './light-element.js';
import { en, type PreviewStrings } from './strings/en.js';

/** `overtaken`: the token arrived for a visitor who had already left, and was discarded. */
export type TokenLogPhase = 'issued' | 'refreshed' | 'failed' | 'overtaken' | 'signed in' | 'signed out';

const PHASE_STRINGS = {
  issued: 'phaseIssued',
  refreshed: 'phaseRefreshed',
  failed: 'phaseFailed',
  overtaken: 'phaseOvertaken',
  'signed in': 'phaseSignedIn',
  'signed out': 'phaseSignedOut',
} as const satisfies Readonly<Record<TokenLogPhase, keyof PreviewStrings>>;

/** One line of the log. No field can hold a token. */
export interface TokenLogEntry {
  readonly atMs: number;
  /** The browser's name, for screen readers. */
  readonly browser: string;
  readonly visitor: string;
  readonly phase: TokenLogPhase;
  readonly detail: string;
}

const REMEMBERED_ENTRIES = 60;

/** The history of the tokens, newest first. Not a live region: announcements of renewals would interrupt everything else. */
export class TokenLog extends LightElement {
  @property({ attribute: false }) strings: PreviewStrings = en;
  @state() private entries: readonly (TokenLogEntry & { readonly key: number })[] = [];
  #nextKey = 0;

  add(entry: TokenLogEntry): void {
    this.entries = [{ ...entry, key: this.#nextKey++ }, ...this.entries].slice(0, REMEMBERED_ENTRIES);
  }

  protected override render() {
    return html`
      <div class="log-head">
        <h3 class="pane-title" id="log-title">${this.strings.logTitle}</h3>
        ${
          this.entries.length === 0
            ? nothing
            : html`<button class="button button-quiet" type="button" @click=${() => (this.entries = [])}>${this.strings.clear}</button>`
        }
      </div>
      <div class="log-body" tabindex="0" role="region" aria-labelledby="log-title">
        ${
          this.entries.length === 0
            ? html`<p class="log-empty">${this.strings.logEmpty}</p>`
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

  #renderEntry({ atMs, browser, visitor, phase, detail }: TokenLogEntry) {
    return html`<li class="log-entry" data-phase=${phase}>
      <time datetime=${new Date(atMs).toISOString()}>${formatTime(atMs)}</time>
      <span class="log-visitor" data-visitor=${visitor.toLowerCase()}>${visitor}<span class="visually-hidden">, ${browser}</span></span>
      <span class="log-phase">${this.strings[PHASE_STRINGS[phase]]}</span>
      <span class="log-detail">${detail}</span>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'token-log': TokenLog;
  }
}
