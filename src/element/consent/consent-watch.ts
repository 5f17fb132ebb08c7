/** A visitor takes back in one tab, or of one chat, what they have agreed to: the others of the same key hear of it here. */
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

  /** A page that asks for no consent has no listener of it. */
  hostUpdate(): void {
    if (this.#host.consent === '' && !this.#host.hasAttribute('consent')) return;
    this.#window.addEventListener('storage', this.#handleStorage);
    this.#window.addEventListener('pageshow', this.#handleShow);
  }

  hostDisconnected(): void {
    this.#window.removeEventListener('storage', this.#handleStorage);
    this.#window.removeEventListener('pageshow', this.#handleShow);
  }

  /** All that was stored goes without a key. */
  readonly #handleStorage = ({ key }: StorageEvent): void => {
    if (key === null || key === storageKey('consent', this.#host)) this.#host.requestUpdate();
  };

  /** A page that was left hears of nothing. */
  readonly #handleShow = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) this.#host.requestUpdate();
  };
}
