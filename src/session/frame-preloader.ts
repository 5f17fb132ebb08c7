/** A chat frame that is prepared before it is known whose it will be. It knows no visitor, so it may outlive one. */
import type { Timers } from '../core/clock.js';
import { type FrameAssets, type FrameHead, prepareChatFrame, type PreparedFrame } from '../frame/host/chat-frame.js';

export interface FramePreloaderOptions {
  readonly container: HTMLElement;
  /** As configured now. */
  readonly assets: () => FrameAssets;
  readonly timers: Timers;
}

export class FramePreloader {
  readonly #options: FramePreloaderOptions;
  #frame: PreparedFrame | undefined;
  /** What it was prepared with. */
  #key = '';

  constructor(options: FramePreloaderOptions) {
    this.#options = options;
  }

  /** Begins to load the chat's code, unless it has begun. Where a policy of the page forbids it, that is said when the frame is taken. */
  prepare(head: FrameHead): void {
    try {
      this.#frame = this.#ensureCurrent(head);
    } catch {
      this.discard();
    }
  }

  /** The prepared frame, or a new one. Throws where a policy of the page forbids one. */
  claim(head: FrameHead): PreparedFrame {
    const frame = this.#ensureCurrent(head);
    this.#frame = undefined;
    return frame;
  }

  discard(): void {
    this.#frame?.destroy();
    this.#frame = undefined;
  }

  #ensureCurrent(head: FrameHead): PreparedFrame {
    const { container, timers } = this.#options;
    const mountOptions = { assets: this.#options.assets(), head };
    if (this.#frame !== undefined && this.#key === JSON.stringify(mountOptions)) return this.#frame;
    this.discard();
    this.#key = JSON.stringify(mountOptions);
    return prepareChatFrame({ container, timers, ...mountOptions });
  }
}
