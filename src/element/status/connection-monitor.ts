/** Tells a visitor that the connection is offline or slow. */
import type { ReactiveController } from 'lit';
import type { SessionStatus } from '../../session/session-state.js';

/** Most chats start within two seconds. After this time, the visitor reads that the chat is still starting. */
const SLOW_AFTER_MS = 8_000;

export interface ConnectionHost {
  readonly status: SessionStatus;
  requestUpdate(): void;
}

export class ConnectionMonitor implements ReactiveController {
  readonly #host: ConnectionHost;
  readonly #window: Window;
  #timer: number | undefined;
  #isSlow = false;

  constructor(host: ConnectionHost, window: Window) {
    this.#host = host;
    this.#window = window;
  }

  get isOffline(): boolean {
    return !this.#window.navigator.onLine;
  }

  /** Whether the chat has been starting for longer than usual. */
  get isSlow(): boolean {
    return this.#isSlow;
  }

  hostConnected(): void {
    this.#window.addEventListener('online', this.#handleChange);
    this.#window.addEventListener('offline', this.#handleChange);
  }

  hostDisconnected(): void {
    this.#reset();
    this.#window.removeEventListener('online', this.#handleChange);
    this.#window.removeEventListener('offline', this.#handleChange);
  }

  hostUpdate(): void {
    const { status } = this.#host;
    if (status !== 'authorizing' && status !== 'loading') return this.#reset();
    this.#timer ??= this.#window.setTimeout(() => {
      this.#isSlow = true;
      this.#handleChange();
    }, SLOW_AFTER_MS);
  }

  readonly #handleChange = (): void => this.#host.requestUpdate();

  #reset(): void {
    this.#window.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isSlow = false;
  }
}
