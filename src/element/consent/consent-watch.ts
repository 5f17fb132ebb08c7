/** Asks again for consent in a chat when the visitor has withdrawn it in another tab, or in another chat with the same key. */
import type { ReactiveController } from 'lit';
import { storageKey, type StorageScope } from '../ui/storage-read.js';

export interface ConsentWatchHost extends StorageScope {
  readonly consent: string;
  hasAttribute(name: string): boolean;
  requestUpdate(): void;
}

export class ConsentWatch implements ReactiveController {
  readonly #host: ConsentWatchHost;
  readonly #window: Window;

  constructor(host: ConsentWatchHost, window: Window) {
    this.#host = host;
    this.#window = window;
  }

  hostConnected(): void {
    this.hostUpdate();
  }

  /** A page without `consent` gets no listener. */
  hostUpdate(): void {
    if (this.#host.consent === '' && !this.#host.hasAttribute('consent')) return;
    this.#window.addEventListener('storage', this.#handleStorage);
    this.#window.addEventListener('pageshow', this.#handleShow);
  }

  hostDisconnected(): void {
    this.#window.removeEventListener('storage', this.#handleStorage);
    this.#window.removeEventListener('pageshow', this.#handleShow);
  }

  /** `localStorage.clear()` fires the event with the key `null`. */
  readonly #handleStorage = ({ key }: StorageEvent): void => {
    if (key === null || key === storageKey('consent', this.#host)) this.#host.requestUpdate();
  };

  /** A page in the back-forward cache gets no `storage` events. */
  readonly #handleShow = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) this.#host.requestUpdate();
  };
}
