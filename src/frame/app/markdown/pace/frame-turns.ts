/** How the answers of a chat share a frame: a history that is shown at once, or a long answer, is parsed in several, none of which is long. */
import { nextFrame } from '../../../platform/next-frame.js';

/** What is parsed in one frame, in milliseconds. The piece that is at it then takes some 10 ms more, and what was parsed has to be rendered. */
const FRAME_MS = 8;

export interface FrameTurnsOptions {
  /** In milliseconds. */
  readonly now?: () => number;
  readonly nextFrame?: typeof nextFrame;
}

export class FrameTurns {
  readonly #now: () => number;
  readonly #nextFrame: typeof nextFrame;
  readonly #waiting = new Set<() => void>();
  /** In the time of `now`; `undefined` while nobody has parsed anything in this frame. */
  #deadlineMs: number | undefined;

  constructor({ now = () => performance.now(), nextFrame: schedule = nextFrame }: FrameTurnsOptions = {}) {
    this.#now = now;
    this.#nextFrame = schedule;
  }

  /** Whether whoever parses may go on in this frame. */
  hasTime(): boolean {
    return this.#now() < (this.#deadlineMs ??= this.#begin());
  }

  /**
   * Calls back in a later frame, once. Who asked last is first: in a history that is the newest, which is in sight.
   * @returns cancels it
   */
  wait(callback: () => void): () => void {
    this.#waiting.add(callback);
    this.#deadlineMs ??= this.#begin();
    return () => this.#waiting.delete(callback);
  }

  #begin(): number {
    this.#nextFrame(() => this.#runFrame());
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
