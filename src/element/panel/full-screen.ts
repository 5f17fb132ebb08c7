/**
 * On a small screen the open panel fills the screen, in the top layer and modal: the browser then keeps the focus in the panel, including
 * its iframe, and makes the rest of the page inert without changing it.
 */
import type { ReactiveController } from 'lit';
import { followVisualViewport } from './visual-viewport.js';

/** Phones in either orientation, and desktops zoomed in to 400 %. */
const SMALL_SCREEN =
  '(max-width: 480px) and (pointer: coarse), (max-height: 400px) and (pointer: coarse), (max-width: 480px) and (max-height: 400px)';

export interface FullScreenHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
  open: boolean;
  hide(): void;
}

export class FullScreen implements ReactiveController {
  readonly #host: FullScreenHost;
  readonly #window: Window;
  readonly #isSmall: MediaQueryList;
  #unfollow: (() => void) | undefined;
  /** The modal panel, which panel.css selects by `[aria-modal]`: Chromium before 105 does not parse `:modal`, and querying it throws. */
  #modal: HTMLDialogElement | undefined;

  constructor(host: FullScreenHost, window: Window) {
    this.#host = host;
    this.#window = window;
    this.#isSmall = window.matchMedia(SMALL_SCREEN);
  }

  hostConnected(): void {
    this.#isSmall.addEventListener('change', this.#handleChange);
  }

  hostDisconnected(): void {
    this.#isSmall.removeEventListener('change', this.#handleChange);
    // The browser takes a removed dialog out of the top layer.
    this.#setModal(undefined);
    this.#leave();
  }

  /** Whether an open panel fills the screen. */
  get isSmallScreen(): boolean {
    return this.#isSmall.matches;
  }

  /** Makes the panel modal, or not, by the size of the screen. */
  hostUpdated(): void {
    const panel = this.#host.renderRoot.querySelector('dialog');
    if (panel === null) return this.#leave();
    const isModal = this.#modal === panel;
    if (this.#host.open && this.isSmallScreen) {
      if (!isModal) this.#enter(panel);
    } else if (isModal) {
      this.#leave();
      this.#setModal(undefined);
      // The render has removed `open`; without that attribute close() does nothing.
      panel.open = true;
      panel.close();
      panel.open = this.#host.open;
    }
  }

  readonly #handleChange = (): void => this.hostUpdated();

  #enter(panel: HTMLDialogElement): void {
    const { visualViewport } = this.#window;
    const focused = (panel.getRootNode() as Partial<ShadowRoot>).activeElement as HTMLElement | null | undefined;
    panel.open = false;
    panel.showModal();
    this.#setModal(panel);
    // Focus the dialog, not its first control, so that screen readers announce its label.
    (focused && panel.contains(focused) ? focused : panel).focus({ preventScroll: true });
    panel.oncancel = (event) => {
      event.preventDefault();
      this.#host.hide();
    };
    // The second "back" gesture on a phone fires `close` without a cancelable `cancel`.
    panel.onclose = () => {
      if (panel.open) return;
      this.#setModal(undefined);
      this.#host.open = false;
    };
    this.#leave();
    if (visualViewport !== null) this.#unfollow = followVisualViewport(panel, visualViewport);
  }

  #setModal(panel: HTMLDialogElement | undefined): void {
    this.#modal?.removeAttribute('aria-modal');
    panel?.setAttribute('aria-modal', 'true');
    this.#modal = panel;
  }

  #leave(): void {
    this.#unfollow?.();
    this.#unfollow = undefined;
  }
}
