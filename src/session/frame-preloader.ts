/** A chat frame that is prepared before it is known whose it will be. It knows no visitor, so it may outlive one. */
import { type FrameAssets, type PreparedFrame, prepareChatFrame } from '../frame/host/chat-frame.js';
import type { Language } from '../locales/language.js';
import type { Timers } from '../core/clock.js';

export interface SpareFrameOptions {
  readonly container: HTMLElement;
  /** As configured now. */
  readonly assets: () => FrameAssets;
  readonly timers: Timers;
}

export class SpareFrame {
  readonly #options: SpareFrameOptions;
  #frame: PreparedFrame | undefined;
  /** What it was prepared with. */
  #contents = '';

  constructor(options: SpareFrameOptions) {
    this.#options = options;
  }

  /** Begins to load the chat's code, unless it has begun. Where a policy of the page forbids it, that is said when the frame is taken. */
  prepare(language: Language): void {
    try {
      this.#frame = this.#upToDate(language);
    } catch {
      this.discard();
    }
  }

  /** The prepared frame, or a new one. Throws where a policy of the page forbids one. */
  take(language: Language): PreparedFrame {
    const frame = this.#upToDate(language);
    this.#frame = undefined;
    return frame;
  }

  discard(): void {
    this.#frame?.destroy();
    this.#frame = undefined;
  }

  #upToDate(language: Language): PreparedFrame {
    const { container, timers } = this.#options;
    const contents = { assets: this.#options.assets(), language };
    if (this.#frame !== undefined && this.#contents === JSON.stringify(contents)) return this.#frame;
    this.discard();
    this.#contents = JSON.stringify(contents);
    return prepareChatFrame({ container, timers, ...contents });
  }
}
