/** Allows a number of events per time window; further ones are refused, not queued. */
import { elapsedMs, type Instant } from '../../core/clock.js';

export class SlidingWindow {
  readonly #most: number;
  readonly #windowMs: number;
  #at: readonly Instant[] = [];

  constructor(limit: number, windowMs: number) {
    this.#most = limit;
    this.#windowMs = windowMs;
  }

  /** Counts an event at `now`. Returns `false`, and does not count it, if the window is full. */
  tryAcquire(now: Instant): boolean {
    this.#at = this.#at.filter((at) => elapsedMs(at, now) < this.#windowMs);
    if (this.#at.length >= this.#most) return false;
    this.#at = [...this.#at, now];
    return true;
  }

  reset(): void {
    this.#at = [];
  }
}
