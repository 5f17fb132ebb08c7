/** A short message beside the closed launcher, until it is dismissed or the chat is opened; then not again in this tab. */
import { html, nothing, render, unsafeCSS } from 'lit';
import { parseTeaserDelay, TEASER_DELAY_SECONDS } from '../properties/teaser-delay.js';
import { adoptStyles } from '../ui/adopt-styles.js';
import { closeIcon } from '../ui/icons.js';
import { readStored } from '../ui/storage-read.js';
import { writeStored } from '../ui/storage-write.js';
import type { PageFeatureHost } from './page-host.js';
import teaserCss from './teaser.css?inline';

const styles = unsafeCSS(teaserCss);

export class Teaser {
  readonly #chat: PageFeatureHost;
  readonly #box: HTMLElement;
  #timer: number | undefined;
  #isDue = false;
  #isOver: boolean;

  constructor(chat: PageFeatureHost) {
    this.#chat = chat;
    this.#isOver = readStored('sessionStorage', 'teaser', chat) !== null;
    this.#box = chat.ownerDocument.createElement('div');
    // A live region has to exist before its content, or screen readers do not announce that.
    this.#box.setAttribute('role', 'status');
    chat.renderRoot.querySelector('.root')?.append(this.#box);
    adoptStyles(chat.renderRoot, styles);
  }

  sync(): void {
    const { launcherStrings, isBubble, open, teaser, teaserDelaySeconds } = this.#chat;
    if (open && this.#isDue) this.#end();
    const isWanted = teaser && isBubble && !open && !this.#isOver;
    if (isWanted && !this.#isDue) {
      this.#timer ??= window.setTimeout(
        () => {
          this.#isDue = true;
          this.#chat.requestUpdate();
        },
        (parseTeaserDelay(teaserDelaySeconds) ?? TEASER_DELAY_SECONDS) * 1000,
      );
    }
    const view = html`<div class="teaser" part="teaser" dir=${launcherStrings?.direction ?? 'ltr'}>
      <button type="button" class="teaser-text" dir="auto" @click=${this.#open}>${teaser}</button>
      <button
        type="button"
        class="dismiss"
        aria-label=${this.#chat.strings?.dismissTeaser ?? launcherStrings?.dismissTeaser ?? 'Dismiss this message'}
        @click=${this.#dismiss}
      >
        ${closeIcon}
      </button>
    </div>`;
    render(isWanted && this.#isDue ? view : nothing, this.#box);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#box.remove();
  }

  readonly #open = (): void => this.#chat.toggle();

  readonly #dismiss = (): void => {
    this.#end();
    this.#chat.renderRoot.querySelector<HTMLElement>('.launcher')?.focus({ preventScroll: true });
    this.#chat.requestUpdate();
  };

  #end(): void {
    this.#isOver = true;
    writeStored('sessionStorage', 'teaser', this.#chat, 'over');
  }
}
