/** Lets the visitor of the preview page simulate an outage of the token endpoint. */

const MAX_OUTAGE_SECONDS = 120;

export class Outage {
  #endsAtMs = 0;
  readonly #now: () => number;

  constructor({ now = () => Date.now() }: { now?: () => number } = {}) {
    this.#now = now;
  }

  get isOn(): boolean {
    return this.#now() < this.#endsAtMs;
  }

  /** 0 ends a running outage. Returns whether the duration is allowed. */
  lastFor(seconds: number): boolean {
    if (!Number.isInteger(seconds) || seconds < 0 || seconds > MAX_OUTAGE_SECONDS) return false;
    this.#endsAtMs = this.#now() + seconds * 1000;
    return true;
  }
}
