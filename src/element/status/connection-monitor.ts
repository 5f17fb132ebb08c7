/** What a visitor should know about the connection: that there is none, or that it is slow. */
import type { SessionStatus } from '../../session/session-state.js';

/** Most chats are there within two seconds; who has waited this long wonders whether anything is going on. */
const SLOW_AFTER_MS = 8_000;

export class ConnectionMonitor {
  readonly #window: Window;
  readonly #onChange: () => void;
  #timer: number | undefined;
  #isSlow = false;

  constructor(window: Window, onChange: () => void) {
    this.#window = window;
    this.#onChange = onChange;
    window.addEventListener('online', onChange);
    window.addEventListener('offline', onChange);
  }

  get isOffline(): boolean {
    return !this.#window.navigator.onLine;
  }

  /** The chat has been starting for longer than usual. */
  get isSlow(): boolean {
    return this.#isSlow;
  }

  update(status: SessionStatus): void {
    if (status !== 'authorizing' && status !== 'loading') return this.#reset();
    this.#timer ??= this.#window.setTimeout(() => {
      this.#isSlow = true;
      this.#onChange();
    }, SLOW_AFTER_MS);
  }

  /** Final. */
  stop(): void {
    this.#reset();
    this.#window.removeEventListener('online', this.#onChange);
    this.#window.removeEventListener('offline', this.#onChange);
  }

  #reset(): void {
    this.#window.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isSlow = false;
  }
}
