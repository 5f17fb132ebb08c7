/** Divides parsing among animation frames: a whole history, or a long answer, is parsed in several frames, none of which takes long. */
import { nextFrame } from '../../../platform/next-frame.js';

/** Time for parsing in one frame. The piece that is being parsed when it ends takes some 10 ms more, and the result must still be rendered. */
const FRAME_MS = 8;

export interface ParseScheduleOptions {
  /** Returns a time in milliseconds; `performance.now` by default. */
  readonly now?: () => number;
  /** Calls back once, after the next frame. */
  readonly afterFrame?: (callback: () => void) => void;
}

/** In a task of its own: together with the layout of the frame, parsing would keep input waiting for longer. */
const afterNextFrame = (callback: () => void): unknown => nextFrame(() => setTimeout(callback));

export class ParseSchedule {
  readonly #now: () => number;
  readonly #afterFrame: (callback: () => void) => void;
  readonly #waiting = new Set<() => void>();
  /** On the clock of `now`; `undefined` until something asks for time in this frame. */
  #deadlineMs: number | undefined;

  constructor({ now = () => performance.now(), afterFrame = afterNextFrame }: ParseScheduleOptions = {}) {
    this.#now = now;
    this.#afterFrame = afterFrame;
  }

  /** Whether parsing may continue in the current frame. */
  hasTime(): boolean {
    return this.#now() < (this.#deadlineMs ??= this.#begin());
  }

  /**
   * Calls back once, in a later frame. The callback that was added last runs first: in a history it belongs to the newest answer, which is visible.
   * @returns cancels the call
   */
  callLater(callback: () => void): () => void {
    this.#waiting.add(callback);
    this.#deadlineMs ??= this.#begin();
    return () => this.#waiting.delete(callback);
  }

  #begin(): number {
    this.#afterFrame(() => this.#runFrame());
    return this.#now() + FRAME_MS;
  }

  #runFrame(): void {
    this.#deadlineMs = undefined;
    if (this.#waiting.size === 0) return;
    const deadlineMs = (this.#deadlineMs = this.#begin());
    for (const callback of [...this.#waiting].reverse()) {
      if (this.#now() >= deadlineMs) return;
      this.#waiting.delete(callback);
      callback();
    }
  }
}
