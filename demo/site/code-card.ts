import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { LightElement } from '../page/light-element.js';

const CONFIRMATION_MS = 2000;

export interface CopyStrings {
  readonly copy: string;
  readonly copied: string;
  readonly copyRefused: string;
}

/** A text with a title and a copy button. */
export class CodeCard extends LightElement {
  @property() heading = '';
  @property() text = '';
  /** The part of its elements' ids that is unique to this card. */
  @property() name = '';
  @property({ attribute: false }) strings: CopyStrings | undefined;
  @state() private copyResult: 'copied' | 'copyRefused' | undefined;

  protected override render() {
    const { strings } = this;
    if (strings === undefined) return nothing;
    const titleId = `${this.name}-title`;
    return html`
      <figure class="code-card">
        <figcaption>
          <span id=${titleId}>${this.heading}</span>
          <button class="button button-quiet" type="button" aria-label="${strings.copy}: ${this.heading}" @click=${this.#copy}>
            ${strings[this.copyResult ?? 'copy']}
          </button>
        </figcaption>
        <pre id=${this.name} tabindex="0" role="region" aria-labelledby=${titleId}><code>${this.text}</code></pre>
        <span class="visually-hidden" role="status">${this.copyResult === undefined ? '' : strings[this.copyResult]}</span>
      </figure>
    `;
  }

  readonly #copy = (): void => {
    const show = (result: 'copied' | 'copyRefused'): void => {
      this.copyResult = result;
      setTimeout(() => (this.copyResult = undefined), CONFIRMATION_MS);
    };
    // Outside a secure context there is no clipboard API.
    void Promise.resolve(this.text)
      .then((text) => navigator.clipboard.writeText(text))
      .then(
        () => show('copied'),
        () => show('copyRefused'),
      );
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'code-card': CodeCard;
  }
}
