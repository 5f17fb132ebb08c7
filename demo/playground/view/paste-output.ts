import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { LightElement } from '../../page/light-element.js';
import { marked } from '../../site/marked-text.js';
import type { PageLanguage } from '../../site/page-language.js';
import { BACKEND_NAMES, type BackendName, isMount } from '../output/backend-names.js';
import { type Backend, BACKEND_TITLES, loadBackend } from '../output/backends.js';
import { BACKEND_GUIDES, SNIPPET_GUIDES } from '../output/guides.js';
import { toPastedChat } from '../output/pasted-chat.js';
import { listPermissions } from '../output/permissions.js';
import { createPolicy } from '../output/policy.js';
import { sha256 } from '../output/sha256.js';
import { SNIPPET_KINDS } from '../output/snippet-kinds.js';
import { createSnippet, createStyleSheet } from '../output/snippets.js';
import { INITIAL_SETTINGS, type Settings } from '../settings/settings.js';
import { PLAYGROUND_STRINGS } from '../strings/strings.js';

/** Fired when another part of the output is selected. */
export class ViewChangeEvent extends Event {
  readonly change: Partial<Pick<Settings, 'snippet' | 'backend' | 'usesNonce'>>;

  constructor(change: ViewChangeEvent['change']) {
    super('view-change', { bubbles: true });
    this.change = change;
  }
}

/** The code to paste for the settings: page, style sheet, CSP, permissions, backend. */
export class PasteOutput extends LightElement {
  @property({ attribute: false }) settings: Settings = INITIAL_SETTINGS;
  @property({ attribute: false }) language: PageLanguage = 'en';
  /** `null` if a URL in the settings is invalid. */
  @state() private policy: readonly string[] | null = [];
  /** `null` if it could not be loaded. */
  @state() private backend: (Backend & { readonly name: BackendName }) | null | undefined;

  protected override updated(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (!changed.has('settings')) return;
    void this.#updatePolicy(this.settings);
    if (this.backend?.name !== this.settings.backend) void this.#updateBackend(this.settings.backend);
  }

  protected override render() {
    const { settings } = this;
    const strings = PLAYGROUND_STRINGS[this.language];
    const chat = toPastedChat(settings);
    const { text } = createSnippet(settings.snippet, chat, settings);
    const styleSheet = createStyleSheet(chat);
    return html`
      <div class="section-head">
        <h2 id="paste-title">${strings.paste}</h2>
        <fieldset class="control">
          <legend class="visually-hidden">${strings.pasteAs}</legend>
          <div class="segments">
            ${SNIPPET_KINDS.map(
              (kind) =>
                html`<label
                  ><input
                    type="radio"
                    name="show"
                    value=${kind}
                    autocomplete="off"
                    .checked=${live(kind === settings.snippet)}
                    @change=${() => this.#change({ snippet: kind })}
                  /><span>${strings.snippets[kind]}</span></label
                >`,
            )}
          </div>
        </fieldset>
      </div>
      <code-card name="snippet" .heading=${strings.snippets[settings.snippet]} .text=${text} .strings=${strings}></code-card>
      ${this.#renderGuide(SNIPPET_GUIDES[settings.snippet], strings.snippetGuide)}
      ${styleSheet === '' ? nothing : html`<code-card name="style-sheet" .heading=${strings.styleSheet} .text=${styleSheet} .strings=${strings}></code-card>`}

      <div class="output-part">
        <h3>${strings.policy}</h3>
        <p class="output-hint">${strings.policyHint}</p>
        <label class="field-flag"
          ><input
            type="checkbox"
            name="nonce"
            autocomplete="off"
            .checked=${live(settings.usesNonce)}
            @change=${({ target }: Event) => this.#change({ usesNonce: (target as HTMLInputElement).checked })}
          /><span>${strings.usesNonce}</span></label
        >
        ${
          this.policy === null
            ? html`<p class="notice notice-problem">${strings.noPolicy}</p>`
            : html`<code-card
                name="policy"
                heading="Content-Security-Policy"
                .text=${`${this.policy.join(';\n')}\n`}
                .strings=${strings}
              ></code-card>`
        }
      </div>

      <div class="output-part">
        <h3>${strings.permissions}</h3>
        <p class="output-hint">${strings.permissionsHint}</p>
        <dl class="permissions" id="permissions">
          ${listPermissions(settings).map(
            ({ group, points }) =>
              html`<div>
                <dt>
                  <span lang="zh-CN">${group.chinese}</span
                  >${this.language === 'en' ? html` <span class="group-english">${group.english}</span>` : nothing}
                </dt>
                ${points.map((point) => html`<dd><code>${point}</code></dd>`)}
              </div>`,
          )}
        </dl>
        <p class="output-hint">${strings.permissionsBeyond}</p>
      </div>

      <div class="output-part">
        <h3>${strings.backend}</h3>
        <label class="field">
          <span class="field-label">${strings.backendFor}</span>
          <select
            name="backend"
            autocomplete="off"
            @change=${({ target }: Event) => this.#change({ backend: (target as HTMLSelectElement).value as BackendName })}
          >
            ${BACKEND_NAMES.map((name) => html`<option value=${name} .selected=${live(name === settings.backend)}>${BACKEND_TITLES[name]}</option>`)}
          </select>
        </label>
        ${this.#renderBackend()}
      </div>
    `;
  }

  #renderGuide(path: string | undefined, text: string) {
    return path === undefined ? nothing : html`<p class="output-hint"><a href="/docs/${this.language}/${path}">${text}</a></p>`;
  }

  #renderBackend() {
    const strings = PLAYGROUND_STRINGS[this.language];
    if (this.backend === null) return html`<p class="notice notice-problem">${strings.backendMissing}</p>`;
    if (this.backend === undefined) return nothing;
    const { path, text, steps, name } = this.backend;
    const translated = strings.steps[name];
    return html`${isMount(name) ? html`<p class="output-hint">${marked(strings.backendBefore)}</p>` : nothing}
      <code-card name="backend-code" .heading=${path} .text=${text} .strings=${strings}></code-card> ${
        steps.length === 0
          ? nothing
          : html`<p class="output-hint">${strings.backendSteps}</p>
              <ul class="output-steps">
                ${(translated ?? steps).map((step) => html`<li>${translated === undefined ? step : marked(step)}</li>`)}
              </ul>`
      }
      ${this.#renderGuide(BACKEND_GUIDES[name], strings.backendGuide)}`;
  }

  async #updatePolicy(settings: Settings): Promise<void> {
    const chat = toPastedChat(settings);
    const snippet = createSnippet(settings.snippet, chat, settings);
    const policy = await createPolicy(settings, chat, snippet, sha256).catch(() => null);
    if (settings === this.settings) this.policy = policy;
  }

  async #updateBackend(name: BackendName): Promise<void> {
    const backend = await loadBackend(name).then(
      (loaded) => ({ ...loaded, name }),
      () => null,
    );
    if (name === this.settings.backend) this.backend = backend;
  }

  #change(change: ViewChangeEvent['change']): void {
    this.dispatchEvent(new ViewChangeEvent(change));
  }
}

declare global {
  interface HTMLElementEventMap {
    'view-change': ViewChangeEvent;
  }
  interface HTMLElementTagNameMap {
    'paste-output': PasteOutput;
  }
}
