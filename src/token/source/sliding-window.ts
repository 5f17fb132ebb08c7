/** Allows a number of events per time window; further ones are refused, not queued. */
import { elapsedMs, type Instant } from '../../core/clock.js';

export class SlidingWindow {
  readonly #limit: number;
  readonly #windowMs: number;
  #instants: readonly Instant[] = [];

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Counts an event at `now`. Returns `false`, and does not count it, if the window is full. */
  tryAcquire(now: Instant): boolean {
    this.#instants = this.#instants.filter((at) => elapsedMs(at, now) < this.#windowMs);
    if (this.#instants.length >= this.#limit) return false;
    this.#instants = [...this.#instants, now];
    return true;
  }

  reset(): void {
    this.#instants = [];
  }
}
