/** Prepares a chat frame before the visitor is known. The frame contains no data of a visitor, so that it can be used for another one. */
import type { Timers } from '../core/clock.js';
import { type FrameAssets, type FrameHead, prepareChatFrame, type PreparedFrame } from '../frame/host/chat-frame.js';

export interface FramePreloaderOptions {
  readonly container: HTMLElement;
  /** Reads the present configuration. */
  readonly assets: () => FrameAssets;
  readonly timers: Timers;
}

export class FramePreloader {
  readonly #options: FramePreloaderOptions;
  #frame: PreparedFrame | undefined;
  /** The mount options of `#frame`, as JSON. */
  #key = '';

  constructor(options: FramePreloaderOptions) {
    this.#options = options;
  }

  /** Starts loading the chat's code unless that has started. If the page's CSP forbids the frame, {@link claim} throws the error. */
  prepare(head: FrameHead): void {
    try {
      this.#frame = this.#ensureCurrent(head);
    } catch {
      // The former frame has already been discarded. `claim()` tries again, and reports the error.
    }
  }

  /** Returns the prepared frame, or a new one. Throws if the page's CSP forbids it. */
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
