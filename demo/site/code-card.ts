import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { LightElement } from '../page/light-element.js';

const CONFIRMATION_MS = 2000;

export interface CopyStrings {
  readonly copy: string;
  readonly copied: string;
  readonly copyRefused: string;
}

/** A text to be copied, with a title. */
export class CodeCard extends LightElement {
  @property() heading = '';
  @property() text = '';
  /** The part of its ids that is this card's. */
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
    // Where the page has no secure context there is no clipboard.
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
