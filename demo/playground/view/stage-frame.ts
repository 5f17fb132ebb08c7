import { html } from 'lit';
import { property, query } from 'lit/decorators.js';
import { LightElement } from '../../page/light-element.js';
import { STAGE_READY, type StageMessage } from '../stage/stage-message.js';

/** The live chat, on a page of its own, so that a launcher has a corner to float in and a full-page chat has a window. */
export class StageFrame extends LightElement {
  @property() label = '';
  /** `undefined` until the bot is known. */
  @property({ attribute: false }) message: StageMessage | undefined;
  @query('iframe') private readonly frame!: HTMLIFrameElement | null;
  #isReady = false;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('message', this.#onMessage);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('message', this.#onMessage);
  }

  protected override render() {
    return html`<iframe class="stage-frame" src="./stage/" title=${this.label} allow="microphone; clipboard-write"></iframe>`;
  }

  protected override updated(): void {
    if (this.#isReady && this.message !== undefined) this.frame?.contentWindow?.postMessage(this.message, location.origin);
  }

  readonly #onMessage = ({ origin, source, data }: MessageEvent): void => {
    if (origin !== location.origin || source !== this.frame?.contentWindow || data !== STAGE_READY) return;
    this.#isReady = true;
    this.requestUpdate();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'stage-frame': StageFrame;
  }
}
